/// The standard normal distribution.
public enum NormalDistribution {
    /// Probability of a value above z.
    public static func upperTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }
}
