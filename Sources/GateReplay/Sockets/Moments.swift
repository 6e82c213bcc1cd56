import GateClock
import GateCore

extension MonotonicClock {
    /// Now.
    static var moment: Nanoseconds { Nanoseconds(now()) }

    static func sleep(until deadline: Nanoseconds) { sleep(until: deadline.count) }
}

extension WallClock {
    /// Now.
    static var moment: Nanoseconds { Nanoseconds(now()) }
}
