import GateCore
import Glibc

/// CLOCK_MONOTONIC in nanoseconds, and sleeping until a moment of it without accumulating error.
enum MonotonicClock {
    static func now() -> Nanoseconds {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Nanoseconds(Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// By what is left, again until nothing is: no sleep is trusted to last as long as it was asked to. libfaketime ends one
    /// until a moment at once.
    static func sleep(until deadline: Nanoseconds) {
        while true {
            let left = (deadline - now()).count
            guard left > 0 else { return }
            var time = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
            nanosleep(&time, nil)
        }
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
