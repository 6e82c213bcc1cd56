import CZlib

/// Why bytes could not be decompressed.
package enum InflateError: Error, Sendable, Equatable {
    case noMemory
    /// They are not of the format.
    case damaged
}

/// Undoes the compression of bytes that come in pieces, member after member.
package struct Inflater: ~Copyable {
    /// What the bytes were compressed by.
    package enum Format: Sendable {
        /// RFC 1952.
        case gzip
        /// RFC 1952 or RFC 1950, by their first bytes: what HTTP calls `gzip` and `deflate`.
        case gzipOrZlib

        /// Bits of the largest window, and what zlib wants added to them for the format.
        fileprivate var windowBits: Int32 {
            switch self {
            case .gzip: 15 + 16
            case .gzipOrZlib: 15 + 32
            }
        }
    }

    /// zlib points back at it, so that it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether what was decompressed last ends a member, and with that may end all.
    package private(set) var isAtEnd = false

    package init(_ format: Format) throws(InflateError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = inflateInit2_(
            stream, format.windowBits, ZLIB_VERSION, Int32(clamping: MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw .noMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Decompresses as much as there is room for, up to the end of a member.
    ///
    /// - Parameter input: what was used is taken off its beginning.
    /// - Returns: the bytes that were written to the output.
    package mutating func inflate(
        _ input: inout UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(InflateError) -> Int {
        if isAtEnd {
            guard !input.isEmpty else { return 0 }
            inflateReset(stream)
            isAtEnd = false
        }
        let offered = min(input.count, Int(clamping: UInt32.max))
        let room = min(output.count, Int(clamping: UInt32.max))
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(clamping: offered)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(clamping: room)
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        let used = offered - Int(clamping: stream.pointee.avail_in)
        input = UnsafeRawBufferPointer(rebasing: input.dropFirst(used))
        // Z_BUF_ERROR says that nothing could be done without more input.
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw .damaged }
        isAtEnd = status == Z_STREAM_END
        return room - Int(clamping: stream.pointee.avail_out)
    }
}
