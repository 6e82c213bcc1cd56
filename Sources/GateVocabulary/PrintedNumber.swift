/// What a number says as it is printed, with the unit and the spread behind it: `3 976.44`, `1,234`, `20.91 B`,
/// `84.10 ± 0.52 tok/s`, `12,5 %`, `1.62s`.
public struct PrintedNumber: Hashable, Sendable {
    /// As printed, times what a letter behind it means: 1e9 of `20.91 B`.
    public let value: Double
    /// Behind it, as it is written; nil where none is.
    public let unit: String?
    /// Behind a ±, in the number's own unit.
    public let spread: PrintedSpread?
    /// How a text writes its numbers.
    public enum Notation: Sendable {
        /// `1,234.5`; a comma before other than three digits is none of a number.
        case point
        /// `1.234,5`
        case comma
    }

    public struct PrintedSpread: Hashable, Sendable {
        public let value: Double
        /// As it is written.
        public let written: String
        /// It is a share of the number: `± 2%` behind something else than percents.
        public let isRelative: Bool
    }

    /// Reads a text that is nothing but a number, perhaps with its unit and its spread.
    public init?(_ text: String, notation: Notation = .point) {
        var scanner = NumberScanner(text, notation)
        guard let number = scanner.read(), scanner.isAtEnd else { return nil }
        self = number
    }

    /// Reads a text that begins with such a number and ends with a remark in brackets, a mark such as ✅, or an arrow.
    public init?(remarked text: String, notation: Notation = .point) {
        var scanner = NumberScanner(text, notation)
        guard let number = scanner.read(), scanner.isAtEnd || scanner.isAtRemark else { return nil }
        self = number
    }

    init(value: Double, unit: String?, spread: PrintedSpread?) {
        self.value = value
        self.unit = unit
        self.spread = spread
    }
}
