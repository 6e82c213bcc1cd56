import Glibc

/// Writes files so that a reader, a crash or a full disk sees the old file or the new one, never a part.
public enum AtomicFile {
    /// Names of unfinished files begin with this.
    static let temporaryPrefix = ".chimera-gate-"
    static let temporarySuffix = ".tmp"

    /// What a write that was killed left behind, or one that is under way.
    static func isTemporary(_ name: String) -> Bool {
        name.hasPrefix(temporaryPrefix) && name.hasSuffix(temporarySuffix)
    }

    /// Removes what killed writes left in a folder. A living process, be it of another machine or container, holds a
    /// lock on its file; where the file system has no locks, nothing is removed.
    static func removeAbandoned(in folder: String) {
        for name in (try? Folder.names(in: folder)) ?? [] where isTemporary(name) {
            let path = "\(folder)/\(name)"
            guard PathKind.of(path) == .file,
                let file = try? Descriptor(opening: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, "remove"),
                flock(file.number, LOCK_EX | LOCK_NB) == 0
            else { continue }
            unlink(path)
        }
    }

    /// Writes beside the file, flushes to the disk, then takes the file's place. On any failure what was there is
    /// unchanged. Only a regular file is replaced.
    ///
    /// - Parameter readsBack: what reached the disk is compared with what was to be written before it takes the place.
    public static func write(_ bytes: [UInt8], to path: String, readsBack: Bool = false) throws(FileError) {
        try replace(path) { descriptor throws(FileError) in
            try Descriptor.write(bytes, to: descriptor, path: path)
            if readsBack { try compare(descriptor, with: bytes, path: path) }
        }
    }

    private static func compare(_ descriptor: CInt, with bytes: [UInt8], path: String) throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError(errno: errno, "write", path: path) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var done = 0
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(errno: errno, "write", path: path) }
            guard count > 0 else { break }
            guard done + count <= bytes.count, bytes[done..<(done + count)] == buffer[..<count] else { break }
            done += count
        }
        guard done < bytes.count else { return }
        throw FileError(
            .inputOutput, "write", path: path, reason: "what was written does not read back as it is",
            remedy: "Look after the disk and try again; what was there before is unchanged.")
    }

    /// As above, as UTF-8.
    public static func write(_ text: String, to path: String) throws(FileError) {
        try write(Array(text.utf8), to: path)
    }

    /// - Parameter fill: writes the content into the open file.
    static func replace(_ path: String, _ fill: (CInt) throws(FileError) -> Void) throws(FileError) {
        try DiskSeal.change { () throws(FileError) in try replaceUnsealed(path, fill) }
    }

    private static func replaceUnsealed(
        _ path: String, _ fill: (CInt) throws(FileError) -> Void
    ) throws(FileError) {
        switch PathKind.of(path) {
        case .nothing, .file: break
        case .folder, .other:
            throw FileError(
                .cannotCreate, "write", path: path, reason: "something that is not a regular file has this name",
                remedy: "Remove it or choose another name; folders and symbolic links are never replaced.")
        }
        let folder = Folder.parent(of: path)
        removeAbandoned(in: folder)
        let random = UInt64.random(in: 0...UInt64.max)
        let temporary = "\(folder)/\(temporaryPrefix)\(getpid())-\(String(random, radix: 16))\(temporarySuffix)"
        var isDone = false
        defer { if !isDone { unlink(temporary) } }
        do throws(FileError) {
            let file = try Descriptor(
                opening: temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o666, "write")
            // As long as it is locked, nobody takes it for one that was left behind.
            flock(file.number, LOCK_EX)
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
