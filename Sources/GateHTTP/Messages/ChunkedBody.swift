/// Takes the framing off a chunked body (RFC 9112, 7.1) that comes in pieces. Extensions and trailers are passed over.
package struct ChunkedBody: Sendable {
    private enum Place: Sendable, Equatable {
        case size
        case extensions
        case data(left: Int)
        case endOfData
        case trailer(isEmpty: Bool)
        case end
    }

    private var place = Place.size
    private var size = 0
    private var digits = 0
    /// Bytes of one line of framing that is no data.
    private var lineBytes = 0

    private static let longestLine = 16 << 10
    private static let largestChunk = 1 << 40

    package init() {}

    /// Whether the last chunk and its trailers have come.
    package var isAtEnd: Bool { place == .end }

    /// Whether a chunk has ended and nothing of the next one has come.
    package var isBetweenChunks: Bool { place == .size && digits == 0 && lineBytes == 0 }

    /// The next stretch of data in the bytes, and nil where there is no more of it.
    ///
    /// - Parameter bytes: what has come; what was used is taken off its beginning. Behind the body's end nothing is.
    package mutating func next(_ bytes: inout UnsafeRawBufferPointer) throws(HTTPProblem) -> UnsafeRawBufferPointer? {
        while let byte = bytes.first, place != .end {
            if case .data(let left) = place {
                let data = UnsafeRawBufferPointer(rebasing: bytes.prefix(left))
                bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(data.count))
                place = data.count == left ? .endOfData : .data(left: left - data.count)
                return data
            }
            bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
            try step(byte)
        }
        return nil
    }

    private mutating func step(_ byte: UInt8) throws(HTTPProblem) {
        lineBytes += 1
        guard lineBytes <= ChunkedBody.longestLine else { throw .malformed("a chunk without an end of its first line") }
        switch place {
        case .size: try stepInSize(byte)
        case .extensions:
            if byte == 0x0A { try endSize() }
        case .endOfData:
            guard byte == 0x0D || byte == 0x0A else { throw .malformed("a chunk is longer than it says") }
            if byte == 0x0A { begin(.size) }
        case .trailer(let isEmpty):
            if byte == 0x0A {
                begin(isEmpty ? .end : .trailer(isEmpty: true))
            } else if byte != 0x0D {
                place = .trailer(isEmpty: false)
            }
        case .data, .end: break
        }
    }

    private mutating func stepInSize(_ byte: UInt8) throws(HTTPProblem) {
        let digit: UInt8
        switch byte {
        case 0x30...0x39: digit = byte - 0x30
        case 0x41...0x46, 0x61...0x66: digit = (byte | 0x20) - 0x57
        case 0x0A: return try endSize()
        case 0x0D, 0x20, 0x09, 0x3B:
            place = .extensions
            return
        default: throw .malformed("a chunk whose size is no hexadecimal number")
        }
        digits += 1
        size = size << 4 | Int(digit)
        guard size <= ChunkedBody.largestChunk else { throw .malformed("a chunk of more than a TiB") }
    }

    private mutating func endSize() throws(HTTPProblem) {
        guard digits > 0 else { throw .malformed("a chunk without a size") }
        begin(size == 0 ? .trailer(isEmpty: true) : .data(left: size))
        (size, digits) = (0, 0)
    }

    private mutating func begin(_ next: Place) {
        place = next
        lineBytes = 0
    }
}
