import Glibc

// The C library's functions that the statistics need, here and nowhere else in this module.

func log(_ x: Double) -> Double { Glibc.log(x) }
func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
func exp(_ x: Double) -> Double { Glibc.exp(x) }
func expm1(_ x: Double) -> Double { Glibc.expm1(x) }

/// The logarithm of the gamma function for x > 0 (Lanczos, "A precision approximation of the gamma function", 1964, with
/// Godfrey's coefficients for g = 7, n = 9; relative error below 1e-14). Own code: the C library's keeps the sign in a
/// global variable, which is no place for several threads.
func lgamma(_ x: Double) -> Double {
    let coefficients = [
        676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ]
    let y = x - 1
    var sum = 0.99999999999980993
    for (index, coefficient) in coefficients.enumerated() { sum += coefficient / (y + Double(index + 1)) }
    let t = y + 7.5
    return 0.5 * log(2 * .pi) + (y + 0.5) * log(t) - t + log(sum)
}
