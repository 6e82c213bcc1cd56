/// Which clock a call's arrivals were stamped by.
public enum ArrivalClock: String, Codable, Sendable, CaseIterable {
    /// The time at which the kernel received the bytes, whenever they were read.
    case kernelReceive = "kernel_receive"
    /// The monotonic clock when the bytes were read.
    case monotonicRead = "monotonic_read"
}

/// Whether the gaps between arrivals are the server's, or partly the instrument's own.
///
/// An arrival that came in one read with the one before makes one gap of nothing and one of double length. Of the gaps
/// in their order so many at each end are not known, and a quantile is known where they are at most half of what it
/// leaves above itself: with one arrival in a hundred coalesced the median and the 90th percentile are those of the
/// server, the 99th percentile is not.
public struct InterTokenTrust: Sendable, Equatable {
    /// Of the 99th percentile, and of the maximum: what makes a call's or a window's figures `degraded`.
    public static let largestCoalescedShare = 0.005
    /// A stamp that is exact to less than this share of a gap moves no judgement.
    public static let largestUncertainty = 0.01

    /// Coalesced arrivals over gaps; 0...1.
    public let coalescedShare: Double
    /// False where the stamps are too inexact for gaps as short as these.
    public let isExact: Bool
    /// False where there is no gap.
    public let hasGaps: Bool

    /// - Parameters:
    ///   - arrivals: pieces of all channels.
    ///   - coalesced: those that came in the same read as the piece before.
    ///   - uncertaintyNs: how exact a stamp is, nanoseconds.
    ///   - medianGapNs: nil where there are fewer than two arrivals.
    public init(arrivals: Int, coalesced: Int, uncertaintyNs: Double, medianGapNs: Double?) {
        hasGaps = arrivals > 1 && medianGapNs != nil
        coalescedShare = arrivals > 1 ? Double(coalesced) / Double(arrivals - 1) : 0
        // Where most gaps are nothing there is nothing to compare the clock with; coalescing says it then.
        isExact = (medianGapNs ?? 0) <= 0 || uncertaintyNs <= (medianGapNs ?? 0) * InterTokenTrust.largestUncertainty
    }

    public init(timing: StreamTiming, medianGapNs: Double?) {
        self.init(
            arrivals: timing.arrivals, coalesced: timing.coalesced,
            uncertaintyNs: Double(timing.clockUncertaintyNs?.count ?? 0), medianGapNs: medianGapNs)
    }

    /// The largest share of coalesced arrivals with which this quantile (0...1) is the server's.
    public static func largestCoalescedShare(for quantile: Double) -> Double {
        max(largestCoalescedShare, (1 - quantile) / 2)
    }

    /// Whether this quantile of the gaps is the server's; the maximum is 1.
    public func knows(_ quantile: Double) -> Bool {
        isExact && coalescedShare <= InterTokenTrust.largestCoalescedShare(for: quantile) + 1e-9
    }

    /// True where not every inter-token figure is known.
    public var isDegraded: Bool { hasGaps && !knows(1) }
}

extension MetricID {
    /// The quantile that an inter-token metric is, 1 for the maximum; nil for every other metric.
    public var interTokenQuantile: Double? {
        switch rawValue {
        case "itl.p50": 0.5
        case "itl.p90": 0.9
        case "itl.p99": 0.99
        case "itl.max": 1
        default: nil
        }
    }
}
