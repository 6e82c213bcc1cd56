import Glibc

/// Waits until something holds that another thread or process brings about.
///
/// - Parameter seconds: long enough for a busy machine; only a test that fails waits for so long.
/// - Returns: false where it never held.
public func eventually(within seconds: Double = 120, _ condition: () -> Bool) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let end = now.tv_sec + Int(seconds.rounded(.up))
    while !condition() {
        clock_gettime(CLOCK_MONOTONIC, &now)
        guard now.tv_sec < end else { return false }
        usleep(1000)
    }
    return true
}
