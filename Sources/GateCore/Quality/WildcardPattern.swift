/// A text in which `*` stands for anything, letter case aside.
public struct WildcardPattern: Sendable, Equatable {
    private let parts: [String]

    public init(_ pattern: String) {
        parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether the pattern covers the whole text. Linear in the text for each part of the pattern.
    public func matches(_ text: String) -> Bool {
        let text = text.lowercased()
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == parts.first }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.count >= last.count && rest.hasSuffix(last)
    }
}
