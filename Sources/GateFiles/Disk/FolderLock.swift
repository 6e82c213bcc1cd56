import Glibc

/// The right to write into a folder, held until its owner is gone. The folder itself is locked, so that no lock file
/// is left in it.
public final class FolderLock: Sendable {
    private let folder: Descriptor

    /// Fails at once where another process holds the lock. File systems without locks (some network ones) are not
    /// locked: every write is atomic, so the last one wins as a whole.
    public init(_ path: String) throws(FileError) {
        folder = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY, "lock")
        var result: CInt
        repeat { result = flock(folder.number, LOCK_EX | LOCK_NB) } while result != 0 && errno == EINTR
        if result != 0, errno == EWOULDBLOCK {
            throw FileError(
                .inputOutput, "lock", path: path, reason: "another chimera-gate is writing into it",
                remedy: "Wait until it has finished, or choose another folder.")
        }
    }
}
