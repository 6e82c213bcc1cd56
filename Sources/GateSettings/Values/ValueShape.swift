package import GateJSON

/// What a value of the configuration may be. The reader enforces it, errors say it in words, and
/// `chimera-gate.schema.json` is made of it.
package indirect enum ValueShape: Sendable, Equatable {
    case integer(ClosedRange<Int>)
    case number(NumberRange)
    case boolean
    case choice([String])
    /// `pattern` must match the whole text; `words` say what it means.
    case text(pattern: String?, words: String)
    /// A single-line text where numbers and booleans count as the text that was written.
    case word(words: String)
    case list(ValueShape)
    case section([Key], allowsEmpty: Bool = true)
    /// Keys by pattern, each pattern with what stands below it.
    case table([Row])
    case either([ValueShape])

    /// What becomes the name of a file or folder.
    static let placePattern = "^[a-z0-9][a-z0-9._-]{0,63}$"

    package struct Key: Sendable, Equatable {
        package let name: String
        package let shape: ValueShape
        /// What it means, in a sentence.
        package let meaning: String
        package var isRequired = false
        /// What holds where it is left out; nil where that is nothing.
        package var initial: JSONValue?
    }

    package struct Row: Sendable, Equatable {
        package let pattern: String
        package let shape: ValueShape
        /// What the keys are.
        package var keys = "metrics"
    }

    package var words: String {
        switch self {
        case .integer(let range):
            range.count == 1
                ? "\(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): range.words
        case .boolean: "true or false"
        case .choice(let names): names.joined(separator: ", ")
        case .text(_, let words), .word(let words): words
        case .list(let item): "a list with at least one item: \(item.words)"
        case .section(let keys, _): "a mapping with the keys \(keys.map(\.name).joined(separator: ", "))"
        case .table(let rows): "a mapping with \(rows.first?.keys ?? "metrics") as keys"
        case .either(let shapes): shapes.map(\.words).joined(separator: "; or ")
        }
    }
}

/// Finite numbers between two bounds.
package struct NumberRange: Sendable, Equatable {
    package var minimum: Double
    package var excludesMinimum = false
    package var maximum: Double?

    func contains(_ value: Double) -> Bool {
        value.isFinite && (excludesMinimum ? value > minimum : value >= minimum) && value <= maximum ?? .infinity
    }

    var words: String {
        let lower = NumberRange.text(minimum)
        if let maximum {
            return excludesMinimum
                ? "a number greater than \(lower), at most \(NumberRange.text(maximum))"
                : "a number from \(lower) to \(NumberRange.text(maximum))"
        }
        return excludesMinimum ? "a number greater than \(lower)" : "a number of at least \(lower)"
    }

    private static func text(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }
}
