import CZlib

/// Files that were compressed by gzip (RFC 1952), in one member or several.
enum Gzip {
    static func isCompressed(_ path: [UInt8]) -> Bool { path.withUnsafeBufferPointer { isSuffixed($0) } }

    /// The name of what is inside: `run.csv` of `run.csv.gz`.
    static func withoutSuffix(_ name: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        isSuffixed(name) ? UnsafeBufferPointer(rebasing: name.dropLast(3)) : name
    }

    private static func isSuffixed(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.count > 3 && name.suffix(3).elementsEqual(".gz".utf8)
    }

    /// - Parameter maximumBytes: of the content.
    /// - Returns: the content; the caller's to deallocate.
    static func inflate(
        _ bytes: UnsafeBufferPointer<UInt8>, maximumBytes: Int
    ) throws(FileRefusal) -> UnsafeMutableBufferPointer<UInt8> {
        var stream = z_stream()
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.avail_in = UInt32(clamping: bytes.count)
        // 16 more than the largest window: a gzip header and nothing else.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(clamping: MemoryLayout<z_stream>.size)) == Z_OK else {
            throw FileRefusal(reason: "there is no memory to decompress it")
        }
        defer { inflateEnd(&stream) }
        var content = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(4 * bytes.count, 1 << 12))
        var count = 0
        do throws(FileRefusal) {
            while true {
                if count == content.count { grow(&content) }
                let room = min(content.count - count, Int(UInt32.max))
                stream.next_out = content.baseAddress.map { $0 + count }
                stream.avail_out = UInt32(clamping: room)
                let status = CZlib.inflate(&stream, Z_NO_FLUSH)
                count += room - Int(stream.avail_out)
                guard count <= maximumBytes else {
                    throw FileRefusal(
                        reason: "more than \(maximumBytes) bytes when decompressed; the limit is for one file")
                }
                if status == Z_STREAM_END {
                    guard stream.avail_in > 0 else { break }
                    inflateReset(&stream)
                } else if status != Z_OK || stream.avail_in == 0 && stream.avail_out > 0 {
                    throw FileRefusal(reason: "it is no whole gzip file")
                }
            }
        } catch {
            content.deallocate()
            throw error
        }
        return UnsafeMutableBufferPointer(rebasing: content[..<count])
    }

    private static func grow(_ content: inout UnsafeMutableBufferPointer<UInt8>) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * content.count)
        _ = larger.update(fromContentsOf: content)
        content.deallocate()
        content = larger
    }
}
