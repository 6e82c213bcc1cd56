public import GateCore

/// Which column of a plain file is which metric, in which unit, and which way is better.
public struct ColumnDeclaration: Sendable, Equatable {
    public let metric: DeclaredMetric
    /// A header, or a path of keys with points (`stats.mean`).
    public let column: String
    let unit: ImportedUnit

    /// Reads `time=elapsed:ms:lower`.
    public init(_ text: String) throws(ImportError) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2 else { throw .declaration(text, detail: "there is no column") }
        // A column may have colons of its own.
        let parts = sides[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, let word = parts.last else {
            throw .declaration(text, detail: "unit or direction is missing")
        }
        guard let direction = Direction(rawValue: word) else {
            throw .declaration(text, detail: "'\(word)' is no direction: lower, higher or neutral")
        }
        let written = parts[parts.count - 2]
        guard let unit = ImportedUnit(written) else {
            throw .declaration(text, detail: "'\(written)' is no unit of a metric")
        }
        guard let metric = DeclaredMetric(sides[0], unit.unit, direction) else {
            throw .declaration(text, detail: "'\(sides[0])' is no name: lower-case letters, digits, '.', '_' and '-'")
        }
        self.metric = metric
        self.unit = unit
        column = parts.dropLast(2).joined(separator: ":")
    }
}

extension [ColumnDeclaration] {
    /// Throws where a name is declared twice.
    public func checked() throws(ImportError) -> [ColumnDeclaration] {
        for (index, one) in enumerated() {
            for other in self[..<index] where other.metric.name == one.metric.name {
                throw .twoMeanings(
                    one.metric.name, first: "\(other.column) (\(other.metric.id))",
                    second: "\(one.column) (\(one.metric.id))")
            }
        }
        return self
    }
}
