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
        guard status.st_size <= limit else { throw tooLarge(path, limit: limit) }
        let bytes = try content(of: file, path: path, expected: Int(status.st_size), limit: limit)
        guard bytes.count <= limit else { throw tooLarge(path, limit: limit) }
        return bytes
    }

    /// Reads to the end, and one byte beyond the limit at most: the file may grow while it is read.
    private static func content(
        of file: borrowing Descriptor, path: String, expected: Int, limit: Int
    ) throws(FileError) -> [UInt8] {
        let descriptor = file.number
        var bytes: [UInt8] = []
        bytes.reserveCapacity(expected + 1)
        var failure: CInt = 0
        while bytes.count <= limit {
            let wanted = min(limit + 1 - bytes.count, max(expected + 1 - bytes.count, 1 << 16))
            let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                let result = Glibc.read(descriptor, buffer.baseAddress, wanted)
                failure = result < 0 ? errno : 0
                count = max(0, result)
            }
            if failure == EINTR { continue }
            guard failure == 0 else { throw FileError(errno: failure, "read", path: path) }
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }

    private static func tooLarge(_ path: String, limit: Int) -> FileError {
        FileError(
            .unsuitable, "read", path: path, reason: "it is larger than \(limit) bytes",
            remedy: "No file of this kind is that large: check that it is the right one.")
    }
}
