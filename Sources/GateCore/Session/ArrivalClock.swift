/// Which clock a call's arrivals were stamped by.
public enum ArrivalClock: String, Codable, Sendable, CaseIterable {
    /// The time at which the kernel received the bytes, whenever they were read.
    case kernelReceive = "kernel_receive"
    /// The monotonic clock when the bytes were read.
    case monotonicRead = "monotonic_read"
}

/// Whether the gaps between arrivals are the server's, or partly the instrument's own.
public enum InterTokenTrust {
    /// Each coalesced arrival makes one gap of nothing and one of double length: at most half of the gaps that a
    /// 99th percentile leaves above itself may be such.
    public static let largestCoalescedShare = 0.005
    /// A stamp that is exact to less than this share of a gap moves no judgement.
    public static let largestUncertainty = 0.01

    /// - Parameters:
    ///   - arrivals: pieces of content.
    ///   - coalesced: those that came in the same read as the piece before.
    ///   - uncertaintyNs: how exact a stamp is, nanoseconds.
    ///   - medianGapNs: nil where there are fewer than two arrivals.
    /// - Returns: true where inter-token figures must not be judged.
    public static func isDegraded(arrivals: Int, coalesced: Int, uncertaintyNs: Int64, medianGapNs: Double?) -> Bool {
        guard arrivals > 1, let medianGapNs else { return false }
        return Double(coalesced) > Double(arrivals - 1) * largestCoalescedShare
            || Double(uncertaintyNs) > medianGapNs * largestUncertainty
    }
}
