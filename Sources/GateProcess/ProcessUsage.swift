internal import Glibc

/// What a program used until its end, with the processes that it started and waited for.
public struct ProcessUsage: Sendable, Equatable {
    /// User and system time.
    public let cpuSeconds: Double
    /// The largest resident memory of any one of them.
    public let peakBytes: Int

    init(_ usage: rusage) {
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        // Linux counts in KiB.
        peakBytes = Int(clamping: usage.ru_maxrss) * 1024
    }
}
