internal import GateCore
import Glibc

/// Lets a server that is busy or still loading come to itself before the next try.
func pause(seconds: Double) {
    let nanoseconds = max(0, Nanoseconds(seconds: seconds).count)
    var left = timespec(
        tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    var remaining = timespec()
    while nanosleep(&left, &remaining) != 0 && errno == EINTR { left = remaining }
}
