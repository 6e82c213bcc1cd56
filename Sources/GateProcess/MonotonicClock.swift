internal import Glibc

/// The clock of every measurement: it never steps and does not count suspended time.
enum MonotonicClock {
    /// Nanoseconds of CLOCK_MONOTONIC.
    static func nowNs() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Lets the calling thread rest, for at most `milliseconds`; a signal may end it earlier.
    static func rest(milliseconds: Int) {
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        nanosleep(&time, nil)
    }
}
