enum HodgesLehmann {
    static func estimate(_ x: [Double]) -> Double? {
        guard !x.isEmpty else { return nil }
        var w: [Double] = []
        for i in x.indices { for j in i..<x.count { w.append((x[i] + x[j]) / 2) } }
        return OrderStatistics.median(w)
    }
}
enum StudentT {
    static func betacf(_ a: Double, _ b: Double, _ x: Double) -> Double {
        var c = 1.0, d = 1 - (a + b) * x / (a + 1)
        if abs(d) < 1e-300 { d = 1e-300 }
        d = 1 / d
        var h = d
        for m in 1..<500 {
            let m = Double(m)
            var aa = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 + aa * d; if abs(d) < 1e-300 { d = 1e-300 }
            c = 1 + aa / c; if abs(c) < 1e-300 { c = 1e-300 }
            d = 1 / d; h *= d * c
            aa = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 + aa * d; if abs(d) < 1e-300 { d = 1e-300 }
            c = 1 + aa / c; if abs(c) < 1e-300 { c = 1e-300 }
            d = 1 / d
            let del = d * c
            h *= del
            if abs(del - 1) < 1e-15 { break }
        }
        return h
    }
    static func ib(_ a: Double, _ b: Double, _ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let bt = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
        return x < (a + 1) / (a + b + 2) ? bt * betacf(a, b, x) / a : 1 - bt * betacf(b, a, 1 - x) / b
    }
    static func upperTail(_ t: Double, degrees df: Double) -> Double {
        if t == .infinity { return 0 }
        if t == -.infinity { return 1 }
        let p = 0.5 * ib(df / 2, 0.5, df / (df + t * t))
        return t >= 0 ? p : 1 - p
    }
    /// By Newton's method on the logarithm of the upper tail over the logarithm of t, which is concave: it converges from
    /// anywhere.
    static func quantile(_ p: Double, degrees: Double) -> Double {
        if p < 0.5 { return -quantile(1 - p, degrees: degrees) }
        guard p > 0.5 else { return 0 }
        let target = log(1 - p)
        let constant = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - 0.5 * log(degrees * .pi)
        var u = 0.7
        for _ in 0..<50 {
            let t = exp(u)
            let tail = upperTail(t, degrees: degrees)
            let density = exp(constant - (degrees + 1) / 2 * log1p(t * t / degrees))
            let step = (log(tail) - target) * tail / (density * t)
            u += step
            if abs(step) < 1e-13 { break }
        }
        return exp(u)
    }
}
enum SignTest {
    static func p(atLeast k: Int, of n: Int) -> Double {
        var s = 0.0, c = 1.0
        for i in 0...n { if i >= k { s += c }; c = c * Double(n - i) / Double(i + 1) }
        return s / pow(2, Double(n))
    }
}
enum Multiplicity {
    static func holm(_ p: [Double]) -> [Double] {
        var out = p, run = 0.0
        for (r, i) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
            run = max(run, min(1, p[i] * Double(p.count - r))); out[i] = run
        }
        return out
    }
}
enum SignFlipTest {
    static func adjustedP(_ c: [[Double]]) -> [Double] {
        let n = c[0].count
        let norm = c.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let w = zip(c, norm).map { c, n in c.map { n > 0 ? $0 / n : 0 } }
        let T = w.map { $0.reduce(0, +) }
        var count = [Int](repeating: 0, count: c.count)
        var rng: UInt64 = 12345
        let total = n <= 12 ? 1 << n : 9999
        for i in 0..<total {
            var bits = UInt64(i)
            if n > 12 { rng = rng &* 6364136223846793005 &+ 1442695040888963407; bits = rng >> 20 }
            var m = -Double.infinity
            for k in w { var s = 0.0; for t in 0..<n { s += bits >> UInt64(t) & 1 == 0 ? k[t] : -k[t] }; m = max(m, s) }
            for k in T.indices where m >= T[k] - 1e-12 { count[k] += 1 }
        }
        return count.map { n <= 12 ? Double($0) / Double(total) : Double($0 + 1) / Double(total + 1) }
    }
}

func log(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x > 0 ? .infinity : .nan }
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.4142135623730951 {
        significand /= 2
        exponent += 1
    }
    return exponent * 0.6931471805599453 + log1p(significand - 1)
}
func log1p(_ x: Double) -> Double {
    guard abs(x) < 0.5 else { return log(1 + x) }
    let z = x / (2 + x)
    var sum = 0.0
    var k = 61.0
    while k >= 1 {
        sum = sum * z * z + 1 / k
        k -= 2
    }
    return 2 * z * sum
}
func expm1(_ x: Double) -> Double {
    guard abs(x) < 0.35 else { return exp(x) - 1 }
    var sum = 0.0
    var k = 20.0
    while k >= 1 {
        sum = (sum + 1) * x / k
        k -= 1
    }
    return sum
}
func exp(_ x: Double) -> Double {
    guard x < 709.7 else { return x.isNaN ? x : .infinity }
    guard x > -745 else { return 0 }
    let k = (x / 0.6931471805599453).rounded()
    let rest = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10
    return Double(sign: .plus, exponent: Int(k), significand: 1) * (1 + expm1(rest))
}
func lgamma(_ x: Double) -> Double {
    let c = [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ]
    let y = x - 1
    var a = c[0]
    for i in 1..<9 { a += c[i] / (y + Double(i)) }
    let t = y + 7.5
    return 0.9189385332046727 + (y + 0.5) * log(t) - t + log(a)
}
func pow(_ x: Double, _ n: Double) -> Double { exp(n * log(x)) }
