internal import GateCore
internal import GateVocabulary

/// What one step over the numbers around a figure, or over values of what the sentence names, gives.
struct Derivations {
    /// A value with its words.
    struct Operand {
        let value: Double
        let dimension: Dimension
        /// Of the data: only values of one column are set against each other.
        let column: Int?
        /// Made only where it is shown.
        let text: () -> String
        /// What it may be off for its own rounding, as a share of it.
        var rounding = 0.0
        /// `1.32 million` is far from its last digit.
        var isScaled = false
    }

    /// What the words behind a number say of it: `12 % more`, `8 % later`, `3.1x as much`.
    enum Change {
        case none, more, less, other

        init(behind words: some Sequence<String>) {
            self = .none
            for word in words where self == .none {
                switch Lexicon.comparisons[word] {
                case .more: self = .more
                case .less: self = .less
                case nil: if Lexicon.directions[word] != nil { self = .other }
                default: self = .other
                }
            }
        }
    }

    private static let mostOperands = 48

    /// - Returns: the computation; nil where none gives the number.
    ///
    /// - Parameter change: the words behind the number that say what is changed, and which way.
    static func explain(_ figure: Figure, _ change: Change, printed: [Operand], data: [Operand]) -> String? {
        let ways = printed.count <= mostOperands ? pairs(printed, figure, change, isPrinted: true) : nil
        return ways ?? printed.lazy.compactMap { inverse($0, figure) }.first
            ?? pairs(Array(data.prefix(mostOperands)), figure, change, isPrinted: false) ?? sum(printed, figure)
    }

    private static func pairs(_ operands: [Operand], _ figure: Figure, _ change: Change, isPrinted: Bool) -> String? {
        for (index, first) in operands.enumerated() {
            for second in operands[..<index] {
                guard isPrinted || first.column == second.column else { continue }
                for (a, b) in [(first, second), (second, first)] {
                    if let text = step(a, b, figure, change, isPrinted: isPrinted) { return text }
                }
            }
        }
        return nil
    }

    private static func step(
        _ a: Operand, _ b: Operand, _ figure: Figure, _ change: Change, isPrinted: Bool
    ) -> String? {
        let quantity = figure.quantity
        // A rate is as exact as what it is of.
        let isRate = figure.unit?.dimension == .rate && b.dimension == .time && a.dimension != .time
        let rounding = [a, b].reduce(0) { $0 + ($1.isScaled || isRate ? $1.rounding : 0) }
        func says(_ value: Double) -> Bool {
            value.isFinite && quantity.prints(value, slack: figure.slack + 1.01 * rounding * abs(value))
        }
        if quantity.isPercent || quantity.isFactor || figure.unit?.name == "%" {
            return relative(a, b, figure, change, says)
        }
        let factor = figure.unit?.factor ?? 1
        if isPrinted, let unit = figure.unit, unit.dimension == a.dimension, unit.dimension != .count,
            says(a.value / factor)
        {
            return "\(a.text()), converted"
        }
        let isSame =
            a.dimension == b.dimension
            && (figure.unit == nil || figure.unit?.dimension == a.dimension || a.dimension == .unknown)
        // Of so many values of the data some pair comes to any number: only what is said to follow does.
        let mayFollow = isPrinted || figure.isDerived || figure.isCell || figure.sign != nil
        if mayFollow, isSame, says(abs(a.value - b.value) / factor) || says((a.value - b.value) / factor) {
            return "\(a.text()) − \(b.text())"
        }
        if isPrinted, isSame, says((a.value + b.value) / factor) { return "\(a.text()) + \(b.text())" }
        guard quantity.digits >= 2 || a.dimension != b.dimension else { return nil }
        if b.value != 0, isPrinted || mayFollow && figure.unit == nil,
            says(a.value / b.value / factor) || says(a.value / b.value)
        {
            return "\(a.text()) / \(b.text())"
        }
        if isPrinted, says(a.value * b.value / factor) || says(a.value * b.value) { return "\(a.text()) × \(b.text())" }
        return nil
    }

    /// `691,000 keys per second, one every 1.45 µs`
    private static func inverse(_ operand: Operand, _ figure: Figure) -> String? {
        let dimensions = [operand.dimension, figure.unit?.dimension]
        guard dimensions == [.rate, .time] || dimensions == [.time, .rate], operand.value != 0, let unit = figure.unit
        else { return nil }
        let value = 1 / operand.value / unit.factor
        return figure.quantity.prints(value, slack: figure.slack + 1.01 * operand.rounding * abs(value))
            ? "1 / \(operand.text())" : nil
    }

    private static func relative(
        _ a: Operand, _ b: Operand, _ figure: Figure, _ change: Change, _ says: (Double) -> Bool
    ) -> String? {
        guard b.value != 0 else { return nil }
        let isFactor = figure.quantity.isFactor
        let scale = isFactor ? 1.0 : 100
        let added = scale * (a.value - b.value) / abs(b.value)
        // `3.1x as much` is no 3.1 on top.
        if a.dimension == b.dimension, !isFactor || change != .none {
            let isAdded =
                switch change {
                case .more: added > 0 && says(added)
                case .less: added < 0 && (says(-added) || says(added))
                case .none, .other: says(abs(added)) || says(added)
                }
            if isAdded { return "(\(a.text()) − \(b.text())) / \(b.text())" }
        }
        // `54 % later` is what one has more, not what it is of the other.
        if isFactor || change == .none, says(scale * a.value / b.value) { return "\(a.text()) / \(b.text())" }
        if !isFactor, change == .none, says(scale * (1 - a.value / b.value)) { return "1 − \(a.text()) / \(b.text())" }
        return nil
    }

    private static func sum(_ operands: [Operand], _ figure: Figure) -> String? {
        guard operands.count > 2, operands.count <= mostOperands, !figure.quantity.isPercent else { return nil }
        let sum = operands.reduce(0) { $0 + $1.value } / (figure.unit?.factor ?? 1)
        return figure.quantity.prints(sum) ? operands.map { $0.text() }.joined(separator: " + ") : nil
    }
}
