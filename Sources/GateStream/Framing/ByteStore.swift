/// Bytes that are kept until the rest of them comes: grows by doubling and is used again and again.
struct ByteStore: ~Copyable {
    private var storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private(set) var count = 0

    deinit { storage.deallocate() }

    var isEmpty: Bool { count == 0 }

    /// Valid until the next change.
    var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: storage.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
    }

    mutating func append(_ source: UnsafeRawPointer, count added: Int) {
        guard added > 0 else { return }
        if count + added > storage.count { grow(to: count + added) }
        storage.baseAddress?.advanced(by: count).copyMemory(from: source, byteCount: added)
        count += added
    }

    mutating func append(_ byte: UInt8) {
        withUnsafePointer(to: byte) { append(UnsafeRawPointer($0), count: 1) }
    }

    mutating func removeAll() { count = 0 }

    private mutating func grow(to least: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(least, 2 * storage.count, 256), alignment: 1)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
        storage.deallocate()
        storage = larger
    }
}
