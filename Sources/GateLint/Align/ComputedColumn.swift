internal import GateCore
internal import GateVocabulary

/// A column of a report's table that is computed from two others of it: a difference, a change in percent, a ratio, a sum.
///
/// Which computation it is, is told by the cells: where one gives all of them but a single one, that one is wrong, whatever
/// the data is. Rows that the computation cannot be done for say nothing.
struct ComputedColumn {
    enum Computation: CaseIterable {
        case difference, percentChange, percentLess, ratio, percentOf, sum

        /// Nil where it is not defined. `slack` is what the operands' own rounding can make of it.
        func value(_ a: Quantity, _ b: Quantity) -> (value: Double, slack: Double)? {
            let (x, y) = (a.value, b.value)
            let (ex, ey) = (a.halfStep, b.halfStep)
            let ratioSlack = y == 0 ? 0 : (ex + abs(x / y) * ey) / abs(y)
            switch self {
            case .difference: return (y - x, ex + ey)
            case .sum: return (x + y, ex + ey)
            case .ratio: return y == 0 ? nil : (x / y, ratioSlack)
            case .percentOf: return y == 0 ? nil : (100 * x / y, 100 * ratioSlack)
            case .percentChange: return y == 0 ? nil : (100 * (x - y) / abs(y), 100 * ratioSlack)
            case .percentLess: return y == 0 ? nil : (100 * (y - x) / abs(y), 100 * ratioSlack)
            }
        }

        var text: String {
            switch self {
            case .difference: "the difference of"
            case .sum: "the sum of"
            case .ratio: "the ratio of"
            case .percentOf: "the percentage of"
            case .percentChange: "the change in percent between"
            case .percentLess: "the saving in percent between"
            }
        }

        /// Whether a number is written as what it gives.
        func fits(_ quantity: Quantity) -> Bool {
            switch self {
            case .percentChange, .percentLess, .percentOf: quantity.isPercent || quantity.unit == nil
            case .ratio: !quantity.isPercent
            case .difference, .sum: !quantity.isFactor && !quantity.isPercent
            }
        }
    }

    struct Wrong {
        let figure: Figure
        /// What the two others of its row give.
        let value: Double
        private let computation: Computation
        private let operands: [Double]

        fileprivate init(_ figure: Figure, _ value: Double, _ computation: Computation, _ operands: [Double]) {
            (self.figure, self.value, self.computation, self.operands) = (figure, value, computation, operands)
        }

        /// The computation in words, with the numbers.
        var text: String { "\(computation.text) \(operands.map(shown).joined(separator: " and "))" }
    }

    /// Of fewer rows nothing can be told.
    static let fewestRows = 3

    /// How likely it may be that a computation fits by accident.
    private static let chance = 0.05

    /// - Parameter rows: numbers by column; a shorter row has none behind its end.
    static func wrong(in rows: [[Figure?]]) -> [Wrong] {
        let width = rows.map(\.count).max() ?? 0
        guard rows.count >= fewestRows, rows.count <= GridAlignment.mostRows, (3...GridAlignment.mostColumns) ~= width
        else { return [] }
        return (0..<width).compactMap { target in
            let figures = rows.compactMap { target < $0.count ? $0[target] : nil }
            let computations = Computation.allCases.filter { computation in
                figures.allSatisfy { computation.fits($0.quantity) }
            }
            let chance = chance / Double(max(1, computations.count * (width - 1) * (width - 2)))
            var found: Wrong?
            for first in 0..<width where first != target {
                for second in 0..<width where second != target && second != first {
                    for computation in computations {
                        let trial = Trial(computation, rows, target, first, second)
                        guard trial.isUnlikely(chance) else { continue }
                        // One that holds throughout is what it is.
                        if trial.odd.isEmpty { return nil }
                        found = found ?? trial.odd[0]
                    }
                }
            }
            return found
        }
    }

    /// One computation, done for all rows.
    private struct Trial {
        private(set) var odd: [Wrong] = []
        private var right = 0
        private var accident = 1.0

        init(_ computation: Computation, _ rows: [[Figure?]], _ target: Int, _ first: Int, _ second: Int) {
            for row in rows where max(target, first, second) < row.count {
                guard let figure = row[target], let a = row[first], let b = row[second],
                    let (value, slack) = computation.value(a.signed, b.signed)
                else { continue }
                // Without a sign it says how much.
                let said = figure.sign == nil ? abs(value) : figure.sign == .minus ? -value : value
                if figure.quantity.prints(said, slack: slack) || figure.sign == nil && figure.quantity.prints(value) {
                    right += 1
                    accident *= min(1, 2 * (figure.quantity.halfStep + slack) / max(abs(value), .leastNormalMagnitude))
                } else {
                    odd.append(Wrong(figure, value, computation, [a.quantity.value, b.quantity.value]))
                }
                guard odd.count < 2 else { break }
            }
        }

        func isUnlikely(_ chance: Double) -> Bool { odd.count < 2 && right > 1 && accident <= chance }
    }
}
