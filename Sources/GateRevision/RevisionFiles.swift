internal import GateDigest
internal import GateProcess
internal import Glibc

/// Files of a revision in a temporary folder of their own, which is removed with its owner.
///
/// Whoever could push a commit chose the names: files are made anew in a folder that only this user can enter, no
/// symbolic link is ever made, and a name that could lead elsewhere is refused. Contents are git's objects as they are:
/// no filter of the repository's configuration runs.
public final class RevisionFiles {
    /// Absolute, without a slash at its end.
    public var folder: String { scratch.path }
    private let scratch: ScratchFolder
    /// What the revision has and a corpus never reads: symbolic links and names that are not UTF-8; paths below the root.
    public private(set) var leftOut: [String] = []

    /// Takes everything at or below some paths out of git.
    ///
    /// - Parameters:
    ///   - paths: as ``Repository/path(of:)`` names them. A path that the revision does not have is no error.
    ///   - below: a folder of the repository that becomes the temporary folder itself; holds all paths.
    ///   - maxFileBytes: of a larger file only the size is kept, since nobody will read it.
    ///   - trees: folders that stand for the root of the repository, in which a file may lie that the revision has a Git LFS
    ///     pointer of. It is taken where it is the very file that the pointer names.
    public init(
        of revision: Revision, paths: [String], below: String, maxFileBytes: Int, trees: [String] = []
    ) throws(RevisionError) {
        do throws(ProcessError) {
            scratch = try ScratchFolder()
        } catch {
            guard case .outputNotWritable(let path, let reason) = error else {
                throw .notWritten(path: "a temporary folder", reason: "\(error)")
            }
            throw .notWritten(path: path, reason: reason)
        }
        var files: [(path: String, entry: Revision.Entry)] = []
        for path in paths {
            for entry in try revision.entries(below: path) {
                guard let file = try take(entry, of: revision, below: below) else { continue }
                files.append((file, entry))
            }
        }
        try BlobReader(revision: revision, listFile: "\(folder)/.objects").read(files, maxFileBytes: maxFileBytes) {
            file, bytes throws(RevisionError) in
            guard LargeFilePointer.begins(bytes) else { return try write(bytes, to: file) }
            let path = below.isEmpty ? file : "\(below)/\(file)"
            try writeLargeFile(bytes, to: file, path, of: revision, maxFileBytes: maxFileBytes, trees)
        }
        for (path, entry) in files where entry.size > maxFileBytes { try makeHollow(path, size: entry.size) }
        try setTimes(of: files.map(\.path), seconds: revision.committedAt())
    }

    /// The path below the temporary folder; nil for what is left out.
    private func take(
        _ entry: Revision.Entry, of revision: Revision, below: String
    ) throws(RevisionError) -> String? {
        guard let path = entry.path else {
            leftOut.append("a name that is not UTF-8")
            return nil
        }
        switch entry.kind {
        case .symbolicLink:
            leftOut.append(path)
            return nil
        case .submodule: throw revision.inSubmodule(path)
        case .file: break
        }
        let inside = below.isEmpty ? path : String(path.dropFirst(below.count + 1))
        let parts = inside.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0.lowercased() != ".git" }
        guard isSafe, below.isEmpty || path.hasPrefix(below + "/") else {
            throw .unreadable(
                path: path, name: revision.name, reason: "a name that leads out of its folder",
                remedy: "No git makes such a tree: look who pushed it.")
        }
        return inside
    }

    /// What Git LFS commits in place of a file is not the file.
    private func writeLargeFile(
        _ bytes: ArraySlice<UInt8>, to file: String, _ path: String, of revision: Revision, maxFileBytes: Int,
        _ trees: [String]
    ) throws(RevisionError) {
        let pointer = LargeFilePointer(bytes)
        if let pointer, pointer.size > maxFileBytes { return try makeHollow(file, size: pointer.size) }
        let places = LargeFiles(of: revision.repository, trees: [revision.repository.root] + trees)
        guard let content = pointer.flatMap({ places.content(of: $0, at: path) }) else {
            throw .unreadable(
                path: file, name: revision.name,
                reason:
                    "a Git LFS pointer, and the file itself is neither in git's store nor in a tree that is checked out",
                remedy: "Fetch it (git lfs fetch origin \(revision.commit.prefix(12))), or keep the corpus out of LFS.")
        }
        try write(content[...], to: file)
    }

    // MARK: - Writing

    private func write(_ bytes: ArraySlice<UInt8>, to file: String) throws(RevisionError) {
        let descriptor = try make(file)
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .notWritten(path: file, reason: String(cString: strerror(errno))) }
            done += count
        }
    }

    /// A file of that size and no content.
    private func makeHollow(_ file: String, size: Int) throws(RevisionError) {
        let descriptor = try make(file)
        defer { close(descriptor) }
        guard ftruncate(descriptor, size) == 0 else {
            throw .notWritten(path: file, reason: String(cString: strerror(errno)))
        }
    }

    private func make(_ file: String) throws(RevisionError) -> CInt {
        var above = ""
        for part in file.split(separator: "/").dropLast() {
            above += "/\(part)"
            guard mkdir(folder + above, 0o700) == 0 || errno == EEXIST else {
                throw .notWritten(path: file, reason: String(cString: strerror(errno)))
            }
        }
        let descriptor = open("\(folder)/\(file)", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notWritten(path: file, reason: String(cString: strerror(errno))) }
        return descriptor
    }

    /// The times of files are part of the prompts; the moment of the extraction must not be.
    private func setTimes(of files: [String], seconds: Int) {
        var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        for file in files { utimensat(AT_FDCWD, "\(folder)/\(file)", &times, AT_SYMLINK_NOFOLLOW) }
    }
}
