/// p-values adjusted for having made several tests at once, in the order in which they were given.
public enum Multiplicity {
    /// Controls the probability of any false rejection, however the tests depend on each other (Holm, "A simple
    /// sequentially rejective multiple test procedure", 1979).
    public static func holm(_ p: [Double]) -> [Double] {
        var adjusted = p
        var largest = 0.0
        for (rank, index) in ascending(p).enumerated() {
            largest = max(largest, min(1, p[index] * Double(p.count - rank)))
            adjusted[index] = largest
        }
        return adjusted
    }

    /// Controls the expected share of false rejections among all, for tests that are independent or depend on each other
    /// positively (Benjamini and Hochberg, "Controlling the false discovery rate", 1995).
    public static func benjaminiHochberg(_ p: [Double]) -> [Double] {
        var adjusted = p
        var smallest = 1.0
        for (rank, index) in ascending(p).enumerated().reversed() {
            smallest = min(smallest, p[index] * Double(p.count) / Double(rank + 1))
            adjusted[index] = smallest
        }
        return adjusted
    }

    private static func ascending(_ p: [Double]) -> [Int] { p.indices.sorted { (p[$0], $0) < (p[$1], $1) } }
}
