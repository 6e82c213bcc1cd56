/// What a program wrote: all of it, or its beginning and its end where it wrote more than is kept.
public struct CappedOutput: Sendable, Equatable {
    private let limit: Int
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var rewritten: [UInt8]?
    /// Bytes that it wrote.
    public private(set) var count = 0

    /// - Parameter limit: bytes that are kept.
    public init(limit: Int) { self.limit = limit }

    mutating func append(_ bytes: [UInt8]) {
        count += bytes.count
        let room = max(0, limit / 2 - head.count)
        head += bytes.prefix(room)
        tail += bytes.dropFirst(room)
        // Twice as much is gathered before it is cut, so that no byte is moved often.
        if tail.count > limit { tail.removeFirst(tail.count - limit / 2) }
    }

    /// What is kept, with a line in between where something was left out.
    public var bytes: [UInt8] {
        if let rewritten { return rewritten }
        let end = tail.suffix(limit / 2)
        let missing = count - head.count - end.count
        return missing == 0 ? head + end : head + Array("\n[\(missing) bytes left out]\n".utf8) + end
    }

    /// The same with what is kept changed.
    public func rewritten(by change: ([UInt8]) -> [UInt8]) -> CappedOutput {
        var output = self
        output.rewritten = change(bytes)
        return output
    }

    /// The last lines, at most ten, without control characters.
    public var lastLines: [String] { LastLines.of(bytes.suffix(4096)) }
}
