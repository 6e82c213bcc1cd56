extension ValueReader where Value == Int {
    /// Decimal digits only: `010`, `0x10` and `1_000` mean different numbers to different readers of YAML.
    static func integer(_ range: ClosedRange<Int>) -> ValueReader {
        ValueReader(.integer(range)) { node in
            guard let text = node.plainText, matches(text, "^-?(0|[1-9][0-9]*)$"), let value = Int(text),
                range.contains(value)
            else { return nil }
            return value
        }
    }
}

extension ValueReader where Value == Bool {
    /// `true` or `false` and nothing else: YAML's older words for them mean texts to newer readers.
    static var boolean: ValueReader {
        ValueReader(.boolean) { node in
            node.plainText.flatMap { Bool($0) }
        }
    }
}

extension ValueReader where Value == Double {
    /// A decimal number as JSON has it.
    static func number(_ range: NumberRange) -> ValueReader {
        ValueReader(.number(range)) { node in
            guard let text = node.plainText, matches(text, #"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$"#),
                let value = Double(text), range.contains(value)
            else { return nil }
            return value
        }
    }
}

extension ValueReader where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the names of an enumeration.
    static func choice() -> ValueReader {
        ValueReader(.choice(Value.allCases.map(\.rawValue))) { node in
            node.text.flatMap(Value.init(rawValue:))
        }
    }
}

extension ValueReader where Value == String {
    /// A text that matches the pattern, with at least one character that is not blank.
    static func text(
        pattern: String? = nil, words: String, isMultiline: Bool = false, longest: Int = 4096
    ) -> ValueReader {
        ValueReader(.text(pattern: pattern, words: words)) { (node) throws(Refusal) in
            guard let text = node.text else { return nil }
            guard node.plainText == nil || !hasAnotherType(text) else {
                throw Refusal("found \(node.found), which is not a text in every YAML; put it in quotes if it is meant")
            }
            guard pattern.map({ matches(text, $0) }) ?? true else { return nil }
            return try checked(text, isMultiline: isMultiline, longest: longest)
        }
    }

    /// A text as it was written, also where it looks like a number: the argument of a command.
    static func word(words: String) -> ValueReader {
        ValueReader(.word(words: words)) { (node) throws(Refusal) in
            guard let text = node.text else { return nil }
            return text.isEmpty ? text : try checked(text, isMultiline: true, longest: 65_536)
        }
    }

    private static func checked(_ text: String, isMultiline: Bool, longest: Int) throws(Refusal) -> String {
        guard text.utf8.count <= longest else { throw Refusal("longer than \(longest) bytes") }
        for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control {
            guard isMultiline, scalar == "\n" || scalar == "\t" else {
                throw Refusal("found the control character \(scalar.escaped(asASCII: true)) in it; leave it out")
            }
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Refusal("found an empty text; leave the key out")
        }
        return text
    }

    /// Whether YAML 1.1 or 1.2 would take the plain scalar for a boolean or a number.
    private static func hasAnotherType(_ text: String) -> Bool {
        if ["yes", "no", "on", "off", "true", "false"].contains(text.lowercased()) { return true }
        guard let first = text.first, first.isNumber || "+-.".contains(first) else { return false }
        return matches(text, #"^[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$"#)
            || matches(text, #"^[-+]?0[xob][0-9a-fA-F_]+$"#)
            || matches(text, #"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$"#)
            || matches(text, #"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$"#)
    }
}

extension ValueReader {
    /// The same value, refused where the check finds a reason.
    func checked(_ reason: @escaping @Sendable (Value) -> String?) -> ValueReader {
        ValueReader(shape) { node, key, problems in
            guard let value = read(node, key, &problems) else { return nil }
            guard let message = reason(value) else { return value }
            problems.append(ConfigurationProblem(origin: node.origin, key: key, message: message))
            return nil
        }
    }

    /// A list of at least one such value.
    func list() -> ValueReader<[Value]> {
        ValueReader<[Value]>(.list(shape)) { node, key, problems in
            guard case .list(let items) = node.content, !items.isEmpty else {
                let refusal = Refusal(node, allowed: .list(shape))
                problems.append(ConfigurationProblem(origin: node.origin, key: key, message: refusal.message))
                return nil
            }
            let values = items.enumerated().map { read($1, "\(key)[\($0)]", &problems) }
            return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
        }
    }
}
