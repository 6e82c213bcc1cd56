import Glibc

/// An open file, closed with its owner.
struct Descriptor: ~Copyable {
    let number: CInt

    /// - Parameter action: what the caller is about to do, for the error.
    init(opening path: String, _ flags: CInt, mode: mode_t = 0, _ action: String) throws(FileError) {
        var number: CInt
        repeat { number = open(path, flags | O_CLOEXEC, mode) } while number < 0 && errno == EINTR
        guard number >= 0 else { throw FileError(errno: errno, action, path: path) }
        self.number = number
    }

    deinit { close(number) }
}

extension Descriptor {
    /// Reads to the end, and one byte beyond the limit at most: what is read may grow meanwhile.
    ///
    /// - Parameters:
    ///   - path: of what is read, for errors.
    ///   - expected: how many bytes that probably is.
    static func content(
        of number: CInt, path: String, expected: Int = 0, limit: Int
    ) throws(FileError) -> [UInt8] {
        guard expected <= limit else { throw tooLarge(path, limit: limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(expected + 1)
        var failure: CInt = 0
        while bytes.count <= limit {
            let wanted = min(limit + 1 - bytes.count, max(expected + 1 - bytes.count, 1 << 16))
            let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                let result = read(number, buffer.baseAddress, wanted)
                failure = result < 0 ? errno : 0
                count = max(0, result)
            }
            if failure == EINTR { continue }
            guard failure == 0 else { throw FileError(errno: failure, "read", path: path) }
            if piece.isEmpty { return bytes }
            bytes += piece
        }
        throw tooLarge(path, limit: limit)
    }

    static func write(_ bytes: [UInt8], to number: CInt, path: String) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(number, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileError(errno: count < 0 ? errno : EIO, "write", path: path) }
            done += count
        }
    }

    private static func tooLarge(_ path: String, limit: Int) -> FileError {
        FileError(
            .unsuitable, "read", path: path, reason: "it is larger than \(limit) bytes",
            remedy: "No file of this kind is that large: check that it is the right one.")
    }
}
