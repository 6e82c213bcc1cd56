import Glibc

/// Reads files that may be anything: only regular ones, only up to a size, no symbolic link.
public enum RegularFile {
    /// The content of a file.
    ///
    /// - Parameter limit: bytes; a larger file is refused before it is read.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        // Without O_NONBLOCK, opening a FIFO would wait for its writer for ever.
        let file = try Descriptor(opening: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, "read")
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw FileError(errno: errno, "read", path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(
                .unsuitable, "read", path: path, reason: "it is not a regular file", remedy: "Name a regular file.")
        }
        return try Descriptor.content(of: file.number, path: path, expected: Int(status.st_size), limit: limit)
    }
}
