import Foundation
import GateCore

/// Random numbers whose sequence is fixed by a seed.
struct Random {
    private var bits: SplitMix64

    /// - Parameter stream: of the same seed, sequences of different streams do not overlap.
    init(seed: UInt64, stream: UInt64) {
        // Neighbouring seeds of SplitMix64 give sequences that overlap; its output does not.
        var mixer = SplitMix64(seed: seed &+ stream &* 0xD1B5_4A32_D192_ED03)
        bits = SplitMix64(seed: mixer.next())
    }

    /// In 0 ..< 1.
    mutating func unit() -> Double { bits.nextUnit() }

    mutating func coin() -> Bool { bits.next() >> 63 == 1 }

    mutating func index(below count: Int) -> Int { Int(clamping: unit() * Double(count)) }

    /// Standard normal (Box and Muller, "A note on the generation of random normal deviates", 1958).
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * .pi * unit())
    }

    /// Standard normal, each pair with the same correlation, which is in 0 ... 1.
    mutating func normals(_ count: Int, correlation: Double) -> [Double] {
        let common = correlation.squareRoot() * normal()
        let own = (1 - correlation).squareRoot()
        return (0..<count).map { _ in common + own * normal() }
    }

    /// Student's t of three degrees of freedom.
    mutating func student3() -> Double {
        let squares = (0..<3).reduce(0.0) { sum, _ in
            let normal = normal()
            return sum + normal * normal
        }
        return normal() / (squares / 3).squareRoot()
    }

    /// Poisson by multiplication (Knuth, "The Art of Computer Programming" 2, 3.4.1), for small means.
    mutating func poisson(_ mean: Double) -> Double {
        let limit = exp(-mean)
        var (product, count) = (unit(), 0.0)
        while product > limit {
            product *= unit()
            count += 1
        }
        return count
    }
}
