internal import GateCore
internal import Glibc

/// Reads one value of the configuration.
package struct ValueReader<Value: Sendable>: Sendable {
    package let shape: ValueShape
    /// Reports what is wrong under the key that it is given and returns nil then.
    package let read: @Sendable (ConfigurationNode, _ key: String, inout [ConfigurationProblem]) -> Value?

    init(
        _ shape: ValueShape,
        reading read: @escaping @Sendable (ConfigurationNode, _ key: String, inout [ConfigurationProblem]) -> Value?
    ) {
        self.shape = shape
        self.read = read
    }

    /// For values that are right or wrong as a whole.
    init(_ shape: ValueShape, _ value: @escaping @Sendable (ConfigurationNode) throws(Refusal) -> Value?) {
        self.init(shape) { node, key, problems in
            let refusal: Refusal
            do throws(Refusal) {
                if let value = try value(node) { return value }
                refusal = Refusal(node, allowed: shape)
            } catch { refusal = error }
            problems.append(ConfigurationProblem(origin: node.origin, key: key, message: refusal.message))
            return nil
        }
    }
}

/// Why a value is not taken, in words.
package struct Refusal: Error {
    package let message: String

    package init(_ message: String) { self.message = message }

    /// `found '0'; allowed: a whole number from 1 to 10000`
    init(_ node: ConfigurationNode, allowed shape: ValueShape) {
        var message = "found \(node.found); allowed: \(shape.words)"
        if case .choice(let names) = shape, let text = node.text, let near = nearest(to: text, among: names) {
            message += " (did you mean '\(near)'?)"
        }
        self.init(message)
    }
}

/// Whether a pattern matches the whole text. Patterns are those of the JSON Schema and therefore anchored and simple. All
/// that look at nothing ahead are POSIX's too, which costs a start of the program a hundredth of the time that it takes to
/// compile them for Swift's Regex.
package func matches(_ text: String, _ pattern: String) -> Bool {
    guard text.utf8.count <= 4096, !text.utf8.contains(0) else { return false }
    guard !pattern.contains("(?") else {
        guard let regex = try? Regex(pattern) else { return false }
        return text.wholeMatch(of: regex.matchingSemantics(.unicodeScalar)) != nil
    }
    var compiled = regex_t()
    // The one class that the two write in different ways.
    let posix = pattern.replacing(#"\s"#, with: "[:space:]")
    guard regcomp(&compiled, posix, REG_EXTENDED | REG_NOSUB) == 0 else { return false }
    defer { regfree(&compiled) }
    return regexec(&compiled, text, 0, nil, 0) == 0
}
