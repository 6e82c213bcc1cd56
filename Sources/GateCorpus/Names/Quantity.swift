import GateCore
import GateVocabulary

/// What a number counts and in which unit, as a name or a written unit tells.
struct Quantity: Hashable {
    let dimension: Dimension
    let unit: String?

    static let unknown = Quantity(dimension: .unknown, unit: nil)
    static let count = Quantity(dimension: .count, unit: nil)

    /// A unit as written behind a number, beside it or in a row of units: `ms`, `tok/s`, `%`, `GB`.
    init?(unit written: String) {
        guard let unit = MeasuredUnit(written) else { return nil }
        self.init(unit)
    }

    init(_ unit: MeasuredUnit) { self.init(dimension: unit.dimension, unit: unit.name) }

    init(_ reading: NameReading) { self.init(dimension: reading.dimension, unit: reading.unit?.name) }

    var perSecond: Quantity? { unit.flatMap { Quantity(unit: $0 + "/s") } }

    /// Its numbers can be told in the other unit.
    func isComparable(with other: Quantity) -> Bool {
        guard let unit, let other = other.unit, let own = MeasuredUnit(unit), let unit = MeasuredUnit(other) else {
            return false
        }
        return own.isComparable(with: unit)
    }

    private init(dimension: Dimension, unit: String?) {
        self.dimension = dimension
        self.unit = unit
    }
}
