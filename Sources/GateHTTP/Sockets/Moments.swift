package import GateClock
package import GateCore

extension MonotonicClock {
    /// Now.
    package static var moment: Nanoseconds { Nanoseconds(now()) }

    /// Sleeps until a moment of this clock.
    package static func sleep(until deadline: Nanoseconds) { sleep(until: deadline.count) }
}

extension WallClock {
    /// Now.
    package static var moment: Nanoseconds { Nanoseconds(now()) }
}
