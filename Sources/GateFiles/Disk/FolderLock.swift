import Glibc

/// The right to write into a folder, held until its owner is gone. The folder itself is locked, so that no lock file
/// is left in it.
public final class FolderLock: Sendable {
    private let folder: Descriptor

    /// A child that is being started has our descriptors until it is its own program: a lock that was let go is held for so
    /// long.
    private static let attempts = 40
    private static let pauseMicroseconds: UInt32 = 5_000

    /// Fails where another process holds the lock for longer than a fifth of a second. File systems without locks (some
    /// network ones) are not locked: every write is atomic, so the last one wins as a whole.
    public init(_ path: String) throws(FileError) {
        folder = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY, "lock")
        for attempt in 1...FolderLock.attempts {
            var result: CInt
            repeat { result = flock(folder.number, LOCK_EX | LOCK_NB) } while result != 0 && errno == EINTR
            guard result != 0, errno == EWOULDBLOCK else { return }
            guard attempt == FolderLock.attempts else {
                usleep(FolderLock.pauseMicroseconds)
                continue
            }
            throw FileError(
                .inputOutput, "lock", path: path, reason: "another chimera-gate is writing into it",
                remedy: "Wait until it has finished, or choose another folder.")
        }
    }
}
