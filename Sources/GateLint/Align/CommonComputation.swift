internal import GateCore
internal import GateVocabulary

/// Numbers of a table's row or column that single values of the data come to in one and the same way: `| Mean time (s) | 287 |
/// 288 | 474 |` below the names of three agents, of each of which the data has 96 times.
///
/// Names tell which values a number is of; the numbers together tell what is made of these. Where one way gives all but a
/// single one, that one is wrong.
struct CommonComputation {
    enum Way: CaseIterable {
        case mean, median, sum, least, most

        var statistic: Statistic {
            switch self {
            case .mean: .mean
            case .median: .median
            case .sum: .total
            case .least: .min
            case .most: .max
            }
        }

        var text: String {
            switch self {
            case .mean: "the mean"
            case .median: "the median"
            case .sum: "the sum"
            case .least: "the least"
            case .most: "the largest"
            }
        }

        /// A sum may be told in thousands or millions, which its name says.
        var scales: [Double] { self == .sum ? [1, 1e3, 1e6, 1e9] : [1] }

        /// - Parameter sorted: at least one.
        func value(_ sorted: [Double]) -> Double {
            let sum = sorted.reduce(0, +)
            return switch self {
            case .mean: sum / Double(sorted.count)
            case .median: OrderStatistics.median(sorted) ?? .nan
            case .sum: sum
            case .least: sorted[0]
            case .most: sorted[sorted.count - 1]
            }
        }
    }

    struct Found {
        let figure: Figure
        let isPrinted: Bool
        /// What the values come to, as the number would be written.
        let value: Double
        /// `the mean of 96 values of wall_s`
        let text: String
    }

    private struct Member {
        let figure: Figure
        let column: Int
        let entries: [Int]
        /// Sorted.
        let values: [Double]
    }

    let values: ValueJudge
    private var relation: Relation { values.relation }

    /// Of fewer numbers nothing can be told.
    static let fewest = 3
    /// How likely it may be that a way fits by accident.
    private static let chance = 0.01

    /// - Parameter line: the numbers of a row, or of a column.
    /// - Returns: nothing where no way gives all of them but one.
    func find(_ line: [Figure]) -> [Found] {
        guard (CommonComputation.fewest...GridAlignment.mostRows) ~= line.count else { return [] }
        let members = line.compactMap(member)
        guard members.count >= CommonComputation.fewest, Set(members.map(\.column)).count == 1,
            Set(members.flatMap(\.entries)).count == members.reduce(0, { $0 + $1.entries.count })
        else { return [] }
        let named = Set(members.flatMap(\.figure.namedStatistics))
        let ways = Way.allCases.filter { named.isEmpty || named.contains($0.statistic) }
        let trials = ways.reduce(0) { $0 + $1.scales.count }
        var almost: [Found] = []
        for way in ways {
            for scale in way.scales {
                let found = members.map { trial($0, way, scale) }
                let odd = found.count { !$0.isPrinted }
                guard odd < 2, isNoAccident(found, trials) else { continue }
                if odd == 0 { return found }
                if almost.isEmpty { almost = found }
            }
        }
        return almost
    }

    /// The single values of one column that a number's names leave; nil where they are not known for sure.
    private func member(_ figure: Figure) -> Member? {
        guard figure.mayBeValue, !figure.isRelative, figure.extreme == nil, figure.hedge == .exact else { return nil }
        let candidates = values.candidates(figure)
        let columns = Set(candidates.all.map { relation.entries[$0].column })
        guard candidates.isMetricNamed, candidates.selection.isNamed, !candidates.selection.isDoubtful,
            columns.count == 1, let column = columns.first,
            [.raw, .count].contains(relation.columns[column].statistic),
            candidates.all.count < ValueJudge.mostCandidates
        else { return nil }
        let entries = candidates.all.filter { !relation.isTotal(relation.entries[$0].row) }
        guard entries.count > 1 else { return nil }
        return Member(
            figure: figure, column: column, entries: entries,
            values: entries.map { relation.entries[$0].value }.sorted())
    }

    private func trial(_ member: Member, _ way: Way, _ scale: Double) -> Found {
        let value = way.value(member.values)
        let column = relation.columns[member.column]
        let isPrinted =
            scale == 1
            ? Matching.prints(member.figure, value, column)
            : member.figure.unit == nil && member.figure.quantity.prints(value / scale)
        return Found(
            figure: member.figure, isPrinted: isPrinted, value: value / scale,
            text: "\(way.text) of \(member.values.count) values of \(column.name)")
    }

    private func isNoAccident(_ found: [Found], _ trials: Int) -> Bool {
        let printed = found.filter(\.isPrinted)
        let accident = printed.reduce(1.0) { product, found in
            product * min(1, 2 * found.figure.quantity.halfStep / max(abs(found.figure.quantity.value), 1e-300))
        }
        return printed.count > 1 && accident <= CommonComputation.chance / Double(trials)
    }
}
