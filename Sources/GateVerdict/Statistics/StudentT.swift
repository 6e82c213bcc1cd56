import GateCore

/// Student's t distribution, by the regularised incomplete beta function; exact to 1e-9 up to a million degrees.
package enum StudentT {
    /// Probability of a value above t.
    ///
    /// - Parameter degrees: greater than 0, not necessarily whole.
    package static func upperTail(_ t: Double, degrees: Double) -> Double {
        if t.isNaN { return .nan }
        if t.isInfinite { return t > 0 ? 0 : 1 }
        let tail = 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t))
        return t >= 0 ? tail : 1 - tail
    }

    /// The value below which a share p lies, 0 < p < 1.
    ///
    /// By Newton's method on the logarithm of the upper tail over the logarithm of t, which is concave: it converges from
    /// anywhere.
    package static func quantile(_ p: Double, degrees: Double) -> Double {
        if p < 0.5 { return -quantile(1 - p, degrees: degrees) }
        guard p > 0.5 else { return 0 }
        let target = log(1 - p)
        let constant = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - 0.5 * log(degrees * .pi)
        var logT = 0.7
        for _ in 0..<50 {
            let t = exp(logT)
            let tail = upperTail(t, degrees: degrees)
            let density = exp(constant - (degrees + 1) / 2 * log1p(t * t / degrees))
            let step = (log(tail) - target) * tail / (density * t)
            logT += step
            if abs(step) < 1e-13 { break }
        }
        return exp(logT)
    }

    /// I_x(a, b), 0 ≤ x ≤ 1.
    static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        return x < (a + 1) / (a + b + 2)
            ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b
    }

    /// The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), evaluated by the modified
    /// method of Lentz (Thompson and Barnett 1986).
    private static func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        func awayFromZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
        var c = 1.0
        var d = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
        var fraction = d
        for step in 1..<1000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / awayFromZero(1 + even * d)
            c = awayFromZero(1 + even / c)
            fraction *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / awayFromZero(1 + odd * d)
            c = awayFromZero(1 + odd / c)
            fraction *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return fraction
    }
}
