import Glibc

/// The head of a stream in chunks, made into the client's in one go over its bytes: what an ``AnswerHead`` does at leisure
/// lies between the first token's arrival and its departure here.
enum StreamHead {
    /// How long the names of ``AnswerHead/hopByHop`` are, a bit for each length.
    private static let lengths = AnswerHead.hopByHop.reduce(0) { $0 | (1 as UInt64) << $1.utf8.count }

    /// The head for a client of HTTP/1.1 at the beginning of what came, with the length of the server's; nil where it is not
    /// all there, or not so plain that no reader of it could find fault.
    ///
    /// - Parameter connection: what `Connection` says; nil for nothing.
    static func passedOn(_ bytes: UnsafeRawBufferPointer, connection: String?) -> (head: [UInt8], count: Int)? {
        guard begins(bytes, with: "HTTP/1.1 200 ") else { return nil }
        var head: [UInt8] = []
        head.reserveCapacity(bytes.count + 64)
        var (start, isChunked) = (0, false)
        while let end = position(of: 0x0A, in: bytes, from: start) {
            let line = UnsafeRawBufferPointer(rebasing: bytes[start...end])
            if end == start || (end == start + 1 && line[0] == 0x0D) {
                guard isChunked, position(of: 0, in: bytes, from: 0).map({ $0 > end }) != false else { return nil }
                if let connection { head += "Connection: \(connection)\r\n".utf8 }
                head += [0x0D, 0x0A]
                return (head, end + 1)
            }
            guard let isKept = start == 0 ? true : keeps(line, &isChunked) else { return nil }
            if isKept { head += line }
            start = end + 1
        }
        return nil
    }

    /// Whether the client gets a field; nil where it is one for ``AnswerHead``.
    private static func keeps(_ line: UnsafeRawBufferPointer, _ isChunked: inout Bool) -> Bool? {
        guard line[0] > 0x20, let colon = position(of: 0x3A, in: line, from: 0), colon > 0, colon < 64 else {
            return nil
        }
        switch colon {
        case 14 where begins(line, with: "content-length"): return nil
        case 17 where begins(line, with: "transfer-encoding"):
            isChunked = begins(line, with: "transfer-encoding: chunked\r\n")
            return isChunked ? true : nil
        case _ where lengths & (1 as UInt64) << colon == 0: return true
        default:
            guard AnswerHead.hopByHop.contains(String(decoding: line[..<colon], as: UTF8.self).lowercased()) else {
                return true
            }
            let namesNone =
                begins(line, with: "connection: keep-alive\r\n") || begins(line, with: "connection: close\r\n")
            return namesNone || !begins(line, with: "connection:") ? false : nil
        }
    }

    private static func begins(_ bytes: UnsafeRawBufferPointer, with text: StaticString) -> Bool {
        guard let address = bytes.baseAddress, bytes.count >= text.utf8CodeUnitCount else { return false }
        return strncasecmp(address, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    private static func position(of byte: Int32, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let address = bytes.baseAddress, start < bytes.count,
            let found = memchr(address + start, byte, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - address
    }
}
