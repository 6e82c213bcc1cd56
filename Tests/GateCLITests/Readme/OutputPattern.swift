/// What a command is expected to print: a line `...` stands for any number of lines, `…` in a line for any text.
struct OutputPattern {
    let lines: [String]

    func matches(_ output: [String]) -> Bool {
        Self.matches(lines[...], output[...], isWildcard: { $0 == "..." }, areEqual: Self.lineMatches)
    }

    private static func lineMatches(_ pattern: String, _ line: String) -> Bool {
        matches(Array(pattern)[...], Array(line)[...], isWildcard: { $0 == "…" }, areEqual: ==)
    }

    /// Matching with one wildcard: after a mismatch, the latest wildcard takes one element more.
    private static func matches<Element>(
        _ pattern: ArraySlice<Element>, _ input: ArraySlice<Element>, isWildcard: (Element) -> Bool,
        areEqual: (Element, Element) -> Bool
    ) -> Bool {
        var (pattern, input) = (pattern, input)
        var retry: (pattern: ArraySlice<Element>, input: ArraySlice<Element>)?
        while true {
            if let next = pattern.first, isWildcard(next) {
                pattern = pattern.dropFirst()
                retry = (pattern, input)
            } else if let next = pattern.first, let element = input.first, areEqual(next, element) {
                pattern = pattern.dropFirst()
                input = input.dropFirst()
            } else if pattern.isEmpty && input.isEmpty {
                return true
            } else if let (after, from) = retry, !from.isEmpty {
                retry = (after, from.dropFirst())
                (pattern, input) = (after, from.dropFirst())
            } else {
                return false
            }
        }
    }
}
