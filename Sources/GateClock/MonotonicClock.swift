internal import Glibc

/// CLOCK_MONOTONIC in whole nanoseconds: the clock of every stamp, of every wait and of the replay server. It never steps
/// and does not count suspended time.
public enum MonotonicClock {
    /// Nanoseconds since an arbitrary moment that stays the same while the machine runs.
    public static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Lets the calling thread rest, for at most `milliseconds`; a signal may end it earlier.
    public static func rest(milliseconds: Int) {
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        nanosleep(&time, nil)
    }

    /// Lets the calling thread sleep until a moment of the clock, without accumulating error; at once where it has passed.
    ///
    /// By what is left, again until nothing is: no sleep is trusted to last as long as it was asked to. libfaketime ends
    /// one until a moment at once.
    ///
    /// - Parameter deadline: nanoseconds.
    public static func sleep(until deadline: Int64) {
        while true {
            let left = deadline - now()
            guard left > 0 else { return }
            var time = timespec(
                tv_sec: Int(clamping: left / 1_000_000_000), tv_nsec: Int(clamping: left % 1_000_000_000))
            nanosleep(&time, nil)
        }
    }
}

/// CLOCK_REALTIME: when something was, as calendars count, and nothing that is measured.
public enum WallClock {
    /// Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
    public static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
