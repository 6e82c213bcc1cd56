/// How long content lay in the kernel before it was read, in nanoseconds, over the reads of one call that had content.
public struct ReadLag: Sendable, Equatable {
    public private(set) var reads = 0
    public private(set) var longestNs: Int64 = 0
    /// Counts of lags by the number of their bits.
    private var counts = SIMD32<UInt32>.zero

    public init() {}

    mutating func add(_ nanoseconds: Int64) {
        reads += 1
        longestNs = max(longestNs, nanoseconds)
        counts[ReadLag.bits(of: nanoseconds)] &+= 1
    }

    /// 99 of 100 reads were not later than this, which is at most twice their true percentile.
    public var percentile99Ns: Int64 {
        var left = reads - reads / 100
        for bits in 0..<counts.scalarCount {
            left -= Int(counts[bits])
            if left <= 0 { return min(longestNs, (1 << Int64(bits)) - 1) }
        }
        return longestNs
    }

    private static func bits(of nanoseconds: Int64) -> Int {
        min(31, Int64.bitWidth - max(0, nanoseconds).leadingZeroBitCount)
    }
}
