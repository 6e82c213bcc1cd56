import GateInflate

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
        var content = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(4 * bytes.count, 1 << 12))
        var count = 0
        do {
            var inflater = try Inflater(.gzip)
            var input = UnsafeRawBufferPointer(bytes)
            while true {
                if count == content.count { grow(&content) }
                let room = UnsafeMutableRawBufferPointer(
                    UnsafeMutableBufferPointer(rebasing: content[count...]))
                let written = try inflater.inflate(&input, into: room)
                count += written
                guard count <= maximumBytes else {
                    throw FileRefusal(
                        reason: "more than \(maximumBytes) bytes when decompressed; the limit is for one file")
                }
                if inflater.isAtEnd {
                    guard input.count > 0 else { break }
                } else if input.isEmpty, written < room.count {
                    throw InflateError.damaged
                }
            }
        } catch {
            content.deallocate()
            switch error {
            case let refusal as FileRefusal: throw refusal
            case InflateError.noMemory: throw FileRefusal(reason: "there is no memory to decompress it")
            default: throw FileRefusal(reason: "it is no whole gzip file")
            }
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
