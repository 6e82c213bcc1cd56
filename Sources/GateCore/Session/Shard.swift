/// One of several calls that share the workloads of a configuration: `2/4`.
public struct Shard: Codable, Sendable, Equatable {
    /// Which of them, 1 to 1000.
    public let index: Int
    /// How many shards there are, 1 to 1000.
    public let count: Int

    /// Nil for what is no part of a whole.
    public init?(index: Int, count: Int) {
        guard (1...1000).contains(count), (1...count).contains(index) else { return nil }
        self.index = index
        self.count = count
    }

    /// Nil for anything but `INDEX/COUNT`.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
        self.init(index: index, count: count)
    }

    /// Of names in an order that all shards know, each ``count``th: every one is in exactly one shard.
    public func share<Element>(of elements: [Element]) -> [Element] {
        stride(from: index - 1, to: elements.count, by: count).map { elements[$0] }
    }
}

extension Shard: CustomStringConvertible {
    public var description: String { "\(index)/\(count)" }
}
