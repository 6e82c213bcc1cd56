internal import Glibc
internal import Synchronization

/// Keeps the files as they are once the program is being stopped: what an interrupted workload would still write, cut
/// calls among it, never reaches the disk.
public enum DiskSeal {
    /// The thread that alone may still write; 0 while every thread may.
    private static let owner = Mutex<UInt>(0)

    /// Waits for the write that is under way; from then on every other thread that wants to write waits for ever.
    public static func close() { owner.withLock { $0 = UInt(pthread_self()) } }

    /// Makes one change of the disk, with no seal set within it.
    static func change<Result: Sendable, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let result = try owner.withLock { owner throws(Failure) -> Result? in
            guard owner == 0 || owner == UInt(pthread_self()) else { return nil }
            return try body()
        }
        while true {
            if let result { return result }
            pause()
        }
    }
}
