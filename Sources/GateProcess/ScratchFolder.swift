internal import Glibc
internal import Synchronization

/// A temporary folder that only this user can enter, removed with its owner, on signals, and at the latest by the next
/// call: a lock says whether its process still lives, which no process number could.
public final class ScratchFolder: Sendable {
    /// Where files may be put. Absolute where TMPDIR is, without a slash at its end.
    public var path: String { "\(root)/files" }

    private let root: String
    private let lock: Int32
    /// Folders elsewhere that go with each of them.
    private static let living = Mutex<[String: [String]]>([:])
    private static let prefix = "chimera-gate-"
    /// What tells ours from a folder that somebody else gave such a name.
    private static let lockName = ".chimera-gate-lock"

    /// Makes a folder in TMPDIR, or /tmp, and removes those that dead processes left there.
    ///
    /// - Throws: the folder that cannot be written to, and why.
    public init() throws(ProcessError) {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        ScratchFolder.removeAbandoned(in: base)
        while true {
            var template = Array("\(base)/\(ScratchFolder.prefix)XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else {
                throw .outputNotWritable(path: base, reason: SystemError.text(errno))
            }
            let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // Another call may take it for an abandoned one until it is locked.
            if let lock = try ScratchFolder.locked(made) {
                root = made
                self.lock = lock
                break
            }
        }
        ScratchFolder.living.withLock { $0[root] = [] }
        guard mkdir(path, 0o700) == 0 else {
            throw .outputNotWritable(path: path, reason: SystemError.text(errno))
        }
    }

    deinit {
        ScratchFolder.remove(root)
        ScratchFolder.living.withLock { $0.removeValue(forKey: root) }?.forEach(ScratchFolder.remove)
        close(lock)
    }

    /// Has a folder elsewhere that is this process's own removed with this one, where a signal ends the program, too.
    public func takesAlong(_ folder: String) {
        ScratchFolder.living.withLock { $0[root]?.append(folder) }
    }

    /// Removes those of this process.
    static func removeAll() {
        living.withLock { living in
            for (folder, others) in living {
                remove(folder)
                others.forEach(remove)
            }
        }
    }

    /// nil where it was removed in the meantime.
    private static func locked(_ folder: String) throws(ProcessError) -> Int32? {
        let file = "\(folder)/\(lockName)"
        let descriptor = open(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = errno
            if reason == ENOENT { return nil }
            rmdir(folder)
            throw .outputNotWritable(path: file, reason: SystemError.text(reason))
        }
        flock(descriptor, LOCK_EX)
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_nlink > 0 { return descriptor }
        close(descriptor)
        return nil
    }

    private static func removeAbandoned(in base: String) {
        for name in names(in: base) where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
            let folder = "\(base)/\(name)"
            var status = stat()
            guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
                continue
            }
            let descriptor = open("\(folder)/\(lockName)", O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else {
                if errno == ENOENT, isOfEarlierVersion(folder, status) { remove(folder) }
                continue
            }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { remove(folder) }
            close(descriptor)
        }
    }

    /// Versions before the lock left folders without one. Theirs had no file that others may read, and no call of theirs
    /// took a day.
    private static func isOfEarlierVersion(_ folder: String, _ status: stat) -> Bool {
        status.st_mode & 0o7777 == 0o700 && time(nil) - status.st_mtim.tv_sec > 24 * 3600
            && holdsPrivateFilesOnly(folder)
    }

    private static func holdsPrivateFilesOnly(_ folder: String) -> Bool {
        names(in: folder).allSatisfy { name in
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0, status.st_uid == geteuid() else { return false }
            switch (status.st_mode & S_IFMT, status.st_mode & 0o7777) {
            case (S_IFDIR, 0o700): return holdsPrivateFilesOnly(path)
            case (S_IFREG, 0o600): return true
            default: return false
            }
        }
    }

    /// Everything below is ours: nobody else can enter the folder, and links are removed, not followed. The lock goes
    /// last, so that what is left by an interrupted removal is still known for ours.
    private static func remove(_ folder: String) {
        let names = names(in: folder)
        for name in names.filter({ $0 != lockName }) + names.filter({ $0 == lockName }) {
            if unlink("\(folder)/\(name)") != 0 { remove("\(folder)/\(name)") }
        }
        rmdir(folder)
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            names.append(String(cString: name))
        }
        return names.filter { $0 != "." && $0 != ".." }
    }
}
