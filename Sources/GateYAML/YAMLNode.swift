/// A place in a text. Line and column count from 1, the column in Unicode scalars.
public struct YAMLPlace: Sendable, Equatable {
    public let line: Int
    public let column: Int
}

/// A value as it is written, before anybody asks what it should be.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        /// `isPlain`: without quotes and not a block, so that it may be meant as a number.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        /// In the order of the file; no key stands there twice.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    public let content: Content
    public let place: YAMLPlace

    /// The value of a key of a mapping; nil where this is no mapping or has no such key.
    public subscript(key: String) -> YAMLNode? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs.first { $0.key.text == key }?.value
    }

    /// The keys of a mapping that are texts, in order; nil for everything else.
    public var keys: [String]? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs.compactMap(\.key.text)
    }

    /// The text of a scalar, quoted or not; nil for everything else.
    public var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// The items of a list; nil for everything else.
    public var items: [YAMLNode]? {
        guard case .list(let items) = content else { return nil }
        return items
    }
}
