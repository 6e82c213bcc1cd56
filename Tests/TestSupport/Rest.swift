import Foundation
import Glibc

/// Lets other tests go on for a while. Task.sleep goes by CLOCK_BOOTTIME, which libfaketime shifts: under it, it never ends.
public func rest(milliseconds: Int) async {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread {
            usleep(UInt32(clamping: milliseconds * 1000))
            continuation.resume()
        }
    }
}
