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
            try Descriptor.write(bytes, to: file.number, path: path)
        }
    }
}
