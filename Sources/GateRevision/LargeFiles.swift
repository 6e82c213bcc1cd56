internal import GateDigest
internal import GateProcess
internal import Glibc

/// Where the files of Git LFS pointers may lie: in git's own store of them, and in trees where they were checked out. What is
/// found counts by its digest alone, so that no place need be trusted.
struct LargeFiles {
    /// Absolute paths of trees of the repository, from its root.
    let trees: [String]
    /// Git's folder, in which Git LFS keeps what it has fetched; nil where git names none.
    private let store: String?

    init(of repository: Repository, trees: [String]) {
        self.trees = trees
        let result = try? Repository.git(
            ["rev-parse", "--path-format=absolute", "--git-common-dir"], in: repository.root)
        store = result.flatMap { result in
            guard result.status.isSuccess else { return nil }
            let folder = String(decoding: result.output, as: UTF8.self).split(separator: "\n").first
            return folder.map { "\($0)/lfs/objects" }
        }
    }

    /// The file itself; nil where it is nowhere.
    ///
    /// - Parameter path: from the root of the repository.
    func content(of pointer: LargeFilePointer, at path: String) -> [UInt8]? {
        let digits = pointer.sha256
        let stored = store.map { "\($0)/\(digits.prefix(2))/\(digits.dropFirst(2).prefix(2))/\(digits)" }
        let places = [stored].compactMap(\.self) + trees.map { "\($0)/\(path)" }
        return places.lazy.compactMap { read($0, size: pointer.size) }.first(where: pointer.names)
    }

    /// Nil for anything but a regular file of that size.
    private func read(_ path: String, size: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == size else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: size)
        var done = 0
        while done < size {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: done), size - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            done += count
        }
        return bytes
    }
}
