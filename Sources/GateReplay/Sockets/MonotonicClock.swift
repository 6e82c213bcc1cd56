import GateCore
import Glibc

/// CLOCK_MONOTONIC in nanoseconds, and sleeping until a moment of it without accumulating error.
enum MonotonicClock {
    static func now() -> Nanoseconds {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Nanoseconds(Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func sleep(until deadline: Nanoseconds) {
        var time = timespec(
            tv_sec: Int(deadline.count / 1_000_000_000), tv_nsec: Int(deadline.count % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }
}

/// The wall clock.
enum WallClock {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    static func now() -> Nanoseconds {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Nanoseconds(Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
