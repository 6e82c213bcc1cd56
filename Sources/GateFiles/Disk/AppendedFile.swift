import Glibc

/// Adds to the end of a file that somebody else keeps.
public enum AppendedFile {
    /// - Parameter text: of what the file holds already, in bytes.
    public static func append(to path: String, _ text: (_ present: Int) throws -> String) throws {
        // Nobody may be waited for: a pipe without a reader is refused.
        let file = try Descriptor(opening: path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, mode: 0o666, "write")
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw FileError(errno: errno, "write", path: path) }
        let bytes = Array(try text(max(0, Int(status.st_size))).utf8)
        try DiskSeal.change { () throws(FileError) in
            var done = 0
            while done < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    Glibc.write(file.number, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw FileError(errno: count < 0 ? errno : EIO, "write", path: path) }
                done += count
            }
        }
    }
}
