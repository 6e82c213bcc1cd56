/// The chi-squared distribution, by the series of the incomplete gamma function.
package enum ChiSquared {
    /// Probability of a value below x, 0 ≤ x; exact to 1e-12 where x is not far above its degrees.
    ///
    /// The series of Abramowitz and Stegun 6.5.29, each term from the one before.
    package static func lowerTail(_ x: Double, degrees: Double) -> Double {
        guard x > 0 else { return 0 }
        let (shape, half) = (degrees / 2, x / 2)
        var term = 1 / shape
        var sum = term
        var step = shape
        while term > sum * 1e-16 {
            step += 1
            term *= half / step
            sum += term
        }
        return min(1, sum * exp(shape * log(half) - half - lgamma(shape)))
    }

    /// The value below which a share p lies, 0 < p < 1; to 1e-12 of itself, by bisection of its logarithm.
    package static func quantile(_ p: Double, degrees: Double) -> Double {
        var (low, high) = (-200.0, log(degrees + 60 * (1 + degrees.squareRoot())))
        while high - low > 1e-13 * max(1, abs(low)) {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if lowerTail(exp(middle), degrees: degrees) < p { low = middle } else { high = middle }
        }
        return exp((low + high) / 2)
    }
}
