public import GateVocabulary

/// What facts of one column or of one kind of place share: all but owner, row, array indices and the number itself.
public struct FactName: Hashable, Sendable {
    /// How the place of a fact is told.
    public enum Place: Hashable, Sendable {
        /// No more than the file.
        case file
        case line
        /// The line, and the column by its header.
        case column(String)
        /// A JSON pointer: its text in pieces, an array index between each two.
        case pointer([String])
    }

    public let metric: String
    /// The metric's name ends in the last array index of the pointer: `confidence[3]`.
    public let isIndexed: Bool
    public let statistic: Statistic
    public let dimension: Dimension
    public let unit: String?
    public let kind: FactValue.Kind
    public let place: Place

    public init(
        metric: String, isIndexed: Bool = false, statistic: Statistic, dimension: Dimension, unit: String?,
        kind: FactValue.Kind = .number, place: Place
    ) {
        self.metric = metric
        self.isIndexed = isIndexed
        self.statistic = statistic
        self.dimension = dimension
        self.unit = unit
        self.kind = kind
        self.place = place
    }

    /// Array indices that a fact of this name needs.
    var indices: Int { if case .pointer(let pieces) = place { pieces.count - 1 } else { 0 } }
}
