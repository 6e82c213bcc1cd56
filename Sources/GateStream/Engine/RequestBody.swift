/// The bytes of a request, encoded once and sent as often as wanted without a copy.
public final class RequestBody: Sendable {
    /// Written only before `init` returns.
    nonisolated(unsafe) private let storage: UnsafeMutableRawBufferPointer

    public init(_ bytes: [UInt8]) {
        // One byte more, because an empty body needs an address too.
        storage = .allocate(byteCount: bytes.count + 1, alignment: 1)
        storage.copyBytes(from: bytes)
        storage[bytes.count] = 0
    }

    deinit { storage.deallocate() }

    /// What makes a prompt unique: numbers of eight digits, the same count of tokens for all of them.
    public static let uniqueNumbers: ClosedRange<UInt32> = 10_000_000...99_999_999

    public var count: Int { storage.count - 1 }

    /// Valid as long as the body lives.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }
}
