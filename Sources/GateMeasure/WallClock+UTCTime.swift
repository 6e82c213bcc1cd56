package import GateClock
package import GateCore

extension WallClock {
    /// In whole seconds, as sessions name it.
    package static var time: UTCTime { UTCTime(unixSeconds: now() / 1_000_000_000) }
}
