public import GateCore
import Glibc

/// The moments at which the requests of an open loop arrive, in nanoseconds after its begin; the first at 0. They are
/// fixed before anything is measured, so that a slow server cannot thin its own load out.
public struct ArrivalTimes: Sequence, IteratorProtocol, Sendable {
    private let meanGapNs: Double
    private let pattern: ArrivalPattern
    private var random: SplitMix64
    private var count = 0
    private var sumOfGaps = 0.0

    public init(_ openLoop: OpenLoop) {
        meanGapNs = 1e9 / openLoop.rate
        pattern = openLoop.arrivals
        random = SplitMix64(seed: UInt64(bitPattern: Int64(openLoop.seed)))
    }

    public mutating func next() -> Int64? {
        defer { count += 1 }
        guard count > 0 else { return 0 }
        switch pattern {
        // A product, not a sum: errors of rounding must not grow with the count.
        case .constant: return bounded(Double(count) * meanGapNs)
        case .poisson:
            // Inversion of the exponential distribution; 1 - u is never 0.
            sumOfGaps += -log(1 - random.nextUnit()) * meanGapNs
            return bounded(sumOfGaps)
        }
    }

    /// A century is later than anybody measures.
    private func bounded(_ nanoseconds: Double) -> Int64 { Int64(clamping: Swift.min(nanoseconds, 3e18)) }
}
