import Glibc

/// Reads what a person names to be read: a file, a link to one, a pipe (`<(…)`, `/dev/stdin`), or `-` for standard input.
/// What lies in a folder that others may have filled is read by ``RegularFile``.
public enum NamedInput {
    /// The whole content.
    ///
    /// - Parameter limit: bytes; more are refused.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        if path == "-" { return try Descriptor.content(of: STDIN_FILENO, path: "standard input", limit: limit) }
        // Without O_NONBLOCK, opening a FIFO would wait for its writer for ever.
        let file = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK | O_NOCTTY, "read")
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw FileError(errno: errno, "read", path: path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFIFO, S_IFSOCK: _ = fcntl(file.number, F_SETFL, O_RDONLY)
        case S_IFDIR:
            throw FileError(
                .unsuitable, "read", path: path, reason: "it is a folder", remedy: "Name a file in it.")
        default:
            throw FileError(
                .unsuitable, "read", path: path, reason: "it is neither a file nor a pipe",
                remedy: "Name a regular file.")
        }
        return try Descriptor.content(of: file.number, path: path, limit: limit)
    }
}
