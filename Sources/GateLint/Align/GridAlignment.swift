internal import GateCore
internal import GateVocabulary

/// Where the numbers of a table or of parallel items stand in the data, by the numbers themselves.
///
/// The cells of one column of a report have something in common in the data (a metric, a model, a file), those of a row
/// something else; together the two fix one value. What most cells of a column share is taken for what the column is of,
/// and what a row is of is told by its other cells. So a table is bound although its headers are words that the data does
/// not have, and a single wrong cell stands out against all that bear it out.
struct GridAlignment {
    struct Cell {
        let figure: Figure
        /// Values of the data that it prints.
        var candidates: [Int] = []
    }

    struct Row {
        var cells: [Cell?]
        /// Those of the data that its names leave, for certain; nil where it has none.
        var rows: [Int]?
        /// On which they say what the row is of.
        var axes: Set<Coordinates.Axis> = []
    }

    /// Which value a number has to be.
    struct Expected {
        let figure: Figure
        let entries: [Int]
        /// The one that it says.
        var printed: Int?
        /// Too few cells of the column tell what it is of to know it better than the words that name it.
        var isWeak = false
        var isPrinted: Bool { printed != nil }
    }

    let coordinates: Coordinates
    let values: ValueJudge
    private var relation: Relation { coordinates.relation }

    /// Of data that is computed there is so much that only what all cells share tells anything.
    private let isComputed: Bool

    init(_ coordinates: Coordinates, isComputed: Bool = false) {
        self.coordinates = coordinates
        self.isComputed = isComputed
        values = ValueJudge(coordinates.relation)
    }

    /// Of so many rows a table is looked at.
    static let mostRows = 200
    static let mostColumns = 16
    /// This share of a column's cells bears out what it is of.
    private static let share = 2.0 / 3
    private static let tableShare = 0.8
    /// A number that stands in the data more often tells nothing.
    static let mostCandidates = 64
    /// Of two swapped cells together; fewer digits stand anywhere.
    private static let fewestDigits = 4
    private static let fewestRows = 3
    /// In so many columns of the data a column of the report is looked for.
    private static let mostPlaces = 4

    /// - Parameter besides: columns that are bound already.
    /// - Returns: what the cells have to be, and the columns of which that is known.
    func align(_ rows: [Row], besides: Set<Int> = []) -> (expected: [Expected], columns: Set<Int>) {
        guard rows.count > 1, rows.count <= GridAlignment.mostRows,
            let width = rows.map(\.cells.count).max(), width > 0, width <= GridAlignment.mostColumns,
            besides.count < width
        else { return ([], []) }
        var rows = rows
        for row in rows.indices {
            for column in rows[row].cells.indices {
                guard let figure = rows[row].cells[column]?.figure else { continue }
                rows[row].cells[column]?.candidates = values.search.entries(
                    figure, limit: GridAlignment.mostCandidates
                ).filter { !isCoarse(figure, $0) }
            }
        }
        // What nearly all cells share narrows what those of a column do.
        let shared = profiles(rows.flatMap(\.cells), share: GridAlignment.tableShare).first ?? [:]
        let profiles = (0..<width).map { column in
            self.profiles(rows.map { column < $0.cells.count ? $0.cells[column] : nil }, share: GridAlignment.share)
                .map { $0.merging(shared) { own, all in own.isDisjoint(with: all) ? own : own.intersection(all) } }
        }
        let expected = rows.flatMap { row in
            let cells = row.cells.indices.filter { !besides.contains($0) }.compactMap { column in
                row.cells[column].flatMap { self.expected($0, row, column, profiles) }.map { expected in
                    var expected = expected
                    expected.isWeak = rows.count < GridAlignment.fewestRows
                    return expected
                }
            }
            // Where no cell is what its row's name makes of it, rather the name was misread.
            return cells.count > 1 && !cells.contains(where: \.isPrinted) ? [] : cells
        }
        let swapped = rows.flatMap { self.swapped($0, profiles) }
        // One value is not that of several rows: what tells them apart was not read.
        let repeated = Dictionary(grouping: expected, by: \.entries).filter { $0.value.count > 1 }
        let own = expected.filter { $0.isPrinted || repeated[$0.entries] == nil }
        return (swapped + own, Set(profiles.indices.filter { !profiles[$0].isEmpty }))
    }

    /// `8` of a rate of 7.6: a small whole number says nothing of values between.
    private func isCoarse(_ figure: Figure, _ entry: Int) -> Bool {
        let value = relation.entries[entry].value
        return figure.quantity.isWhole && figure.quantity.digits < 3 && figure.quantity.scale == 1
            && !figure.quantity.isPercent && abs(value) < 100 && value.rounded() != value
    }

    /// What the cells of a column have in common, the best first; none where too few are found in the data.
    ///
    /// Where the data says the same in two places, each by itself may be what the column is of: both together share nothing.
    private func profiles(_ cells: [Cell?], share: Double) -> [Coordinates.Profile] {
        // A number that stands there twice bears out nothing twice.
        var seen: Set<[Int]> = []
        let cells = cells.compactMap(\.self).filter { $0.candidates.isEmpty || seen.insert($0.candidates).inserted }
        let least = max(2, Int(clamping: (share * Double(cells.count)).rounded(.up)))
        guard cells.count >= least else { return [] }
        let candidates = cells.map(\.candidates)
        let single = columns(candidates, least).map { column in
            shared(candidates.map { $0.filter { relation.entries[$0].column == column } }, least)
        }
        let found = ([shared(candidates, least)] + single).filter { $0.hits >= least && $0.distinct >= least }
        guard let most = found.map(\.hits).max() else { return [] }
        var different: [Coordinates.Profile] = []
        for one in found where one.hits == most && !different.contains(one.profile) { different.append(one.profile) }
        return different
    }

    /// Columns of the data in which enough cells stand, the fullest first.
    private func columns(_ candidates: [[Int]], _ least: Int) -> [Int] {
        guard !isComputed else { return [] }
        var support: [Int: Int] = [:]
        for entries in candidates {
            for column in Set(entries.map { relation.entries[$0].column }) { support[column, default: 0] += 1 }
        }
        return support.filter { $0.value >= least }.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(
            GridAlignment.mostPlaces
        ).map(\.key)
    }

    /// On each axis what most cells share, with how many of them then have all of it.
    private func shared(_ candidates: [[Int]], _ least: Int) -> (
        profile: Coordinates.Profile, hits: Int, distinct: Int
    ) {
        var support: [Coordinates.Coordinate: Int] = [:]
        for entries in candidates {
            for coordinate in Set(entries.flatMap(coordinates.of)) { support[coordinate, default: 0] += 1 }
        }
        var profile: Coordinates.Profile = [:]
        for (axis, members) in Dictionary(grouping: support.filter { $0.value >= least }, by: \.key.axis) {
            let most = members.map(\.value).max()
            profile[axis] = Set(members.filter { $0.value == most }.map(\.key.value))
        }
        guard !profile.isEmpty else { return (profile, 0, 0) }
        let hits = candidates.map { $0.filter { coordinates.satisfies($0, profile) } }
        // One value that rounds to two numbers is one.
        return (profile, hits.count { !$0.isEmpty }, Set(hits.joined()).count)
    }

    private func expected(
        _ cell: Cell, _ row: Row, _ column: Int, _ profiles: [[Coordinates.Profile]]
    ) -> Expected? {
        guard cell.figure.hedge == .exact else { return nil }
        let found = profiles[column].compactMap { expected(cell, row, column, own: $0, profiles) }
        return found.first(where: \.isPrinted) ?? found.first
    }

    private func expected(
        _ cell: Cell, _ row: Row, _ column: Int, own: Coordinates.Profile, _ profiles: [[Coordinates.Profile]]
    ) -> Expected? {
        var common: Set<Int>?
        var (witnesses, neighbours) = (0, 0)
        var isDistinct = false
        for (other, neighbour) in row.cells.enumerated() where other != column {
            guard let neighbour, case let entries = beside(neighbour, profiles[other], own), !entries.isEmpty else {
                continue
            }
            let both = common.map { $0.intersection(entries) } ?? entries
            guard !both.isEmpty else { return nil }
            common = both
            (witnesses, neighbours) = (witnesses + 1, neighbours + 1)
            if neighbour.figure.quantity.significant >= 3, neighbour.candidates.count <= 2 { isDistinct = true }
        }
        if let rows = row.rows {
            let named = Set(coordinates.entries(own.filter { !row.axes.contains($0.key) }, in: rows))
            if !named.isEmpty {
                let both = common.map { $0.intersection(named) } ?? named
                guard !both.isEmpty else { return nil }
                common = both
                // Its name alone says what the row is.
                witnesses += 2
            }
        }
        guard var common, witnesses > 1 || isDistinct else { return nil }
        if let metric = metric(of: row, besides: column, own, profiles) {
            let alike = common.filter { self.metric(of: $0) == metric }
            if !alike.isEmpty { common = alike }
        }
        let named = common.filter { entry in
            cell.figure.namedStatistics.contains(relation.columns[relation.entries[entry].column].statistic)
        }
        let entries = (named.isEmpty ? common : named).sorted()
        let printed = entries.first { values.prints(cell.figure, $0) }
        let isPrinted = printed != nil
        // A median over one name is none over two, whatever the neighbours share with those; but another metric than that
        // of all neighbours is not theirs.
        if !isPrinted, let rows = row.rows,
            case let named = own.filter({ $0.key <= Coordinates.statistic }),
            cell.candidates.contains(where: {
                contains(rows, relation.entries[$0].row) && coordinates.satisfies($0, named) && !contradicts($0, own)
                    && (neighbours < 2 || isComputed || entries.map(metric).contains(metric(of: $0)))
            })
        {
            return nil
        }
        guard isPrinted || isOneValue(entries) && !isNothing(entries, beside: cell) && !isOfOwner(cell, entries) else {
            return nil
        }
        if !isPrinted, entries.contains(where: { isTwice(cell.figure, $0) }) || isOfRow(cell, entries, row, column) {
            return nil
        }
        guard entries.allSatisfy({ Matching.fits(cell.figure.unit, relation.columns[relation.entries[$0].column]) })
        else { return nil }
        return Expected(figure: cell.figure, entries: entries, printed: printed)
    }

    /// Its header names another one than the neighbours have, and that one has this value of the metric.
    private func isOfOwner(_ cell: Cell, _ entries: [Int]) -> Bool {
        let owners = cell.figure.entities.filter { $0.certainty <= .inherited && $0.mention.isWhole }.map(
            \.mention.rows)
        func isOwn(_ entry: Int) -> Bool { owners.allSatisfy { contains($0, relation.entries[entry].row) } }
        return !owners.isEmpty && !entries.contains(where: isOwn)
            && cell.candidates.contains { isOwn($0) && entries.map(metric).contains(metric(of: $0)) }
    }

    /// `ARC (acc_norm) | 62.6 | 61.0` among rows of `acc`: its row is of another metric, as a neighbour bears out.
    private func isOfRow(_ cell: Cell, _ entries: [Int], _ row: Row, _ column: Int) -> Bool {
        let owners = Set(entries.map { coordinates.owner(ofRow: relation.entries[$0].row) })
        let others = cell.candidates.filter { owners.contains(coordinates.owner(ofRow: relation.entries[$0].row)) }
        let metrics = Set(others.map(metric)).subtracting(entries.map(metric))
        return !metrics.isEmpty
            && row.cells.indices.contains { other in
                other != column
                    && row.cells[other]?.candidates.contains { hit in
                        metrics.contains(metric(of: hit))
                            && !owners.contains(coordinates.owner(ofRow: relation.entries[hit].row))
                            && row.rows.map { contains($0, relation.entries[hit].row) } ?? true
                    } ?? false
            }
    }

    private struct Metric: Hashable {
        let terms: [String]
        let statistic: Statistic
    }

    private func metric(of entry: Int) -> Metric {
        let column = relation.columns[relation.entries[entry].column]
        return Metric(terms: column.terms, statistic: column.statistic)
    }

    /// The one metric that all precise numbers of a row are of, where its columns are of none in particular.
    private func metric(
        of row: Row, besides column: Int, _ own: Coordinates.Profile, _ profiles: [[Coordinates.Profile]]
    ) -> Metric? {
        let isOpen = { (profile: Coordinates.Profile) in
            profile[Coordinates.column] == nil && profile[Coordinates.metric] == nil
        }
        guard isOpen(own) else { return nil }
        let votes = row.cells.indices.compactMap { other -> Set<Metric>? in
            guard other != column, let cell = row.cells[other], cell.figure.quantity.significant >= 3,
                let profile = profiles[other].first, isOpen(profile)
            else { return nil }
            let hits = cell.candidates.filter { entry in
                coordinates.satisfies(entry, profile)
                    && row.rows.map { contains($0, relation.entries[entry].row) } ?? true
            }
            return hits.isEmpty ? nil : Set(hits.map { self.metric(of: $0) })
        }
        let common = votes.dropFirst().reduce(votes.first ?? []) { $0.intersection($1) }
        return votes.count > 1 && common.count == 1 ? common.first : nil
    }

    /// Zero, where the number is another one of this name: `read` and `write` of a job that only reads.
    private func isNothing(_ entries: [Int], beside cell: Cell) -> Bool {
        entries.allSatisfy { relation.entries[$0].value == 0 }
            && cell.candidates.contains { entries.map(metric).contains(metric(of: $0)) }
    }

    /// The same, or the same in percent.
    private func isOneValue(_ entries: [Int]) -> Bool {
        guard let most = entries.map({ relation.entries[$0].value }).max() else { return false }
        return entries.allSatisfy { entry in
            let (value, column) = (relation.entries[entry].value, relation.columns[relation.entries[entry].column])
            return value == most || column.isFraction && abs(100 * value - most) <= 0.005
        }
    }

    /// Two cells of a row that each say what the other column has there.
    private func swapped(_ row: Row, _ profiles: [[Coordinates.Profile]]) -> [Expected] {
        func hits(_ column: Int, _ profile: Int) -> [Int] {
            (row.cells[column]?.candidates ?? []).filter { entry in
                profiles[profile].contains { coordinates.satisfies(entry, $0) }
            }
        }
        var result: [Expected] = []
        for second in row.cells.indices {
            for first in 0..<second where !profiles[first].isEmpty && !profiles[second].isEmpty {
                guard let one = row.cells[first], let other = row.cells[second], hits(first, first).isEmpty,
                    hits(second, second).isEmpty,
                    one.figure.quantity.significant + other.figure.quantity.significant >= GridAlignment.fewestDigits
                else { continue }
                let (left, right) = (hits(second, first), hits(first, second))
                // The same of two owners, or two of one owner.
                let pairs = left.flatMap { wanted in
                    right.map { (relation.entries[wanted], relation.entries[$0], wanted, $0) }
                }
                guard
                    let (_, _, wanted, there) = pairs.first(where: {
                        $0.0.column == $0.1.column || $0.0.row == $0.1.row
                    })
                else { continue }
                result += [
                    Expected(figure: one.figure, entries: [wanted]), Expected(figure: other.figure, entries: [there]),
                ]
            }
        }
        return result
    }

    /// What a neighbour's value has beside it in the data, by any of what its column may be of.
    private func beside(
        _ neighbour: Cell, _ profiles: [Coordinates.Profile], _ own: Coordinates.Profile
    ) -> Set<Int> {
        var entries: Set<Int> = []
        for profile in profiles {
            let resolved = neighbour.candidates.filter { coordinates.satisfies($0, profile) }
            guard !resolved.isEmpty, resolved.count <= 8 else { continue }
            // Another cell says another value.
            entries.formUnion(resolved.flatMap { entry in partners(of: entry, profile, own).filter { $0 != entry } })
        }
        return entries
    }

    /// It is of another name than the column's, and not of fewer.
    private func contradicts(_ entry: Int, _ own: Coordinates.Profile) -> Bool {
        coordinates.of(entry).contains { coordinate in
            coordinate.axis > Coordinates.statistic
                && own[coordinate.axis].map { !$0.contains(coordinate.value) } ?? false
        }
    }

    /// The row has the value once more, and more precisely: `"display": "280 ms"` beside `284.5`.
    private func isTwice(_ figure: Figure, _ entry: Int) -> Bool {
        let value = relation.entries[entry].value
        return relation.rows[relation.entries[entry].row].entries.contains {
            $0 != entry && values.prints(figure, $0) && abs(relation.entries[$0].value - value) <= 0.05 * abs(value)
        }
    }

    /// The values of one column of the report that stand in the row of a value of another column.
    private func partners(
        of entry: Int, _ profile: Coordinates.Profile, _ own: Coordinates.Profile
    ) -> [Int] {
        var wanted = own
        let hasColumn = [Coordinates.column, Coordinates.metric, Coordinates.statistic].contains { profile[$0] != nil }
        for coordinate in coordinates.of(entry) where profile[coordinate.axis] == nil && own[coordinate.axis] == nil {
            if hasColumn, coordinate.axis <= Coordinates.statistic { continue }
            wanted[coordinate.axis, default: []].insert(coordinate.value)
        }
        return coordinates.entries(wanted)
    }
}
