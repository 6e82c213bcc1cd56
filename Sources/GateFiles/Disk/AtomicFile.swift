import Glibc

/// Writes files so that a reader, a crash or a full disk sees the old file or the new one, never a part.
public enum AtomicFile {
    /// Names of unfinished files begin with this.
    static let temporaryPrefix = ".chimera-gate-"

    /// Writes beside the file, flushes to the disk, then takes the file's place. On any failure what was there is
    /// unchanged. Only a regular file is replaced.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try replace(path) { descriptor throws(FileError) in
            var done = 0
            while done < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw FileError(errno: errno, "write", path: path)
                }
                done += count
            }
        }
    }

    /// As above, as UTF-8.
    public static func write(_ text: String, to path: String) throws(FileError) {
        try write(Array(text.utf8), to: path)
    }

    /// - Parameter fill: writes the content into the open file.
    static func replace(_ path: String, _ fill: (CInt) throws(FileError) -> Void) throws(FileError) {
        switch PathKind.of(path) {
        case .nothing, .file: break
        case .folder, .other:
            throw FileError(
                .cannotCreate, "write", path: path, reason: "something that is not a regular file has this name",
                remedy: "Remove it or choose another name; folders and symbolic links are never replaced.")
        }
        let folder = Folder.parent(of: path)
        let random = UInt64.random(in: 0...UInt64.max)
        let temporary = "\(folder)/\(temporaryPrefix)\(getpid())-\(String(random, radix: 16)).tmp"
        var isDone = false
        defer { if !isDone { unlink(temporary) } }
        do throws(FileError) {
            let file = try Descriptor(
                opening: temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o666, "write")
            try fill(file.number)
            guard fsync(file.number) == 0 else { throw FileError(errno: errno, "write", path: path) }
        } catch {
            throw FileError(error.kind, "write", path: path, reason: error.reason, remedy: error.remedy)
        }
        guard rename(temporary, path) == 0 else { throw FileError(errno: errno, "write", path: path) }
        isDone = true
        try Folder.flush(folder)
    }
}
