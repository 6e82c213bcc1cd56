import GateHTTP
import GateInflate

/// Takes chunks and compression off the body of an answer, so that it can be read.
struct BodyDecoding: ~Copyable {
    /// Why a body cannot be read.
    struct Failure: Error { let reason: String }

    private static let room = 64 << 10

    private var chunks: ChunkedBody?
    private var inflater: Inflater?
    private var output: UnsafeMutableRawBufferPointer?

    /// Codings of bodies that are read.
    static let readable: Set<String> = ["gzip", "x-gzip", "deflate", "identity"]

    /// - Parameter coding: what `Content-Encoding` says, in lower case; empty for nothing.
    init(isChunked: Bool, coding: String) throws(Failure) {
        chunks = isChunked ? ChunkedBody() : nil
        guard !coding.isEmpty, coding != "identity" else { return }
        guard BodyDecoding.readable.contains(coding) else {
            throw Failure(reason: "the answer is compressed by '\(coding.prefix(40))', which is not read")
        }
        do { inflater = try Inflater(.gzipOrZlib) } catch {
            throw Failure(reason: "there is no memory to read the answer")
        }
        output = .allocate(byteCount: BodyDecoding.room, alignment: 1)
    }

    deinit { output?.deallocate() }

    /// Hands over what the bytes hold, in stretches that are valid within the call only.
    mutating func decode(
        _ bytes: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(Failure) {
        guard chunks != nil else { return try inflate(bytes, take) }
        var rest = bytes
        while let stretch = try nextStretch(&rest) { try inflate(stretch, take) }
    }

    private mutating func nextStretch(
        _ rest: inout UnsafeRawBufferPointer
    ) throws(Failure) -> UnsafeRawBufferPointer? {
        do { return try chunks?.next(&rest) } catch { throw Failure(reason: "the answer's chunks are malformed") }
    }

    private mutating func inflate(
        _ bytes: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(Failure) {
        guard let output else { return take(bytes) }
        var input = bytes
        while true {
            let count: Int
            do { count = try inflater?.inflate(&input, into: output) ?? 0 } catch {
                throw Failure(reason: "the answer is compressed, and damaged")
            }
            if count > 0 { take(UnsafeRawBufferPointer(rebasing: output[..<count])) }
            if input.isEmpty, count < output.count { return }
        }
    }
}
