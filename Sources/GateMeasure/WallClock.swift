package import GateCore
import Glibc

/// The wall clock in whole seconds: when something was measured, and nothing that is measured.
package enum WallClock {
    package static func now() -> UTCTime { UTCTime(unixSeconds: Int64(time(nil))) }
}
