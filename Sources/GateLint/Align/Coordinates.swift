internal import GateCore
internal import GateVocabulary

/// What fixes a value of the data: its column, the metric and the statistic of that, its file, and each of its row's labels.
///
/// Each is a coordinate of an axis; two values of a column share that axis' coordinate, two of a row all labels.
struct Coordinates {
    /// `column`, `metric`, `statistic`, `file`, then one axis for each name of labels.
    typealias Axis = Int
    static let column: Axis = 0
    static let metric: Axis = 1
    static let statistic: Axis = 2
    static let file: Axis = 3
    static func axis(ofLabelName name: Int) -> Axis { 4 + name }

    struct Coordinate: Hashable, Comparable {
        let axis: Axis
        let value: Int

        static func < (left: Coordinate, right: Coordinate) -> Bool {
            (left.axis, left.value) < (right.axis, right.value)
        }
    }

    let relation: Relation
    private let metrics: [Int]
    private let statistics: [Int]
    private let elementAxis: Axis
    /// The element of an array that a row stands in, where its names do not tell that from the others.
    private let elementOfRow: [Int?]
    private let rowsOfElement: [[Int]]
    private let rowsOfFile: [[Int]]
    private let ownerOfRow: [Int]
    private let rowsOfOwner: [[Int]]

    init(_ relation: Relation) {
        self.relation = relation
        var metricIDs: [[String]: Int] = [:]
        var statisticIDs: [Statistic: Int] = [:]
        metrics = relation.columns.map { column in
            metricIDs[column.terms, default: metricIDs.count].keep(in: &metricIDs, column.terms)
        }
        statistics = relation.columns.map { column in
            statisticIDs[column.statistic, default: statisticIDs.count].keep(in: &statisticIDs, column.statistic)
        }
        var rows = Array(repeating: [Int](), count: relation.files.count)
        for (index, row) in relation.rows.enumerated() { rows[row.file].append(index) }
        rowsOfFile = rows
        (ownerOfRow, rowsOfOwner) = Coordinates.owners(relation)
        elementAxis = Coordinates.axis(ofLabelName: relation.labelNames.count)
        (elementOfRow, rowsOfElement) = Coordinates.elements(relation, rowsOfOwner)
    }

    /// `/benchmarks/1`: files of one format have the same in one place.
    private static func elements(_ relation: Relation, _ owners: [[Int]]) -> (ofRow: [Int?], rows: [[Int]]) {
        var ids: [Substring: Int] = [:]
        var rows: [[Int]] = []
        var ofRow: [Int?] = Array(repeating: nil, count: relation.rows.count)
        for owner in owners {
            let places = owner.map { relation.rows[$0].entries.first.flatMap { place(relation.entries[$0].source) } }
            guard Set(places).count > 1, !places.contains(nil) else { continue }
            for (row, place) in zip(owner, places) {
                guard let place else { continue }
                let id = ids[place] ?? rows.count
                if id == rows.count {
                    ids[place] = id
                    rows.append([])
                }
                ofRow[row] = id
                rows[id].append(row)
            }
        }
        return (ofRow, rows.map { $0.sorted() })
    }

    /// As far as the first index of a pointer.
    private static func place(_ source: FactSource) -> Substring? {
        guard let pointer = source.pointer else { return nil }
        var end = pointer.startIndex
        for step in pointer.split(separator: "/") {
            end = step.endIndex
            if step.utf8.allSatisfy({ $0 &- 0x30 < 10 }) { return pointer[..<end] }
        }
        return nil
    }

    /// Rows of one file with the same names are of one owner; a row without names is its own.
    private static func owners(_ relation: Relation) -> (ofRow: [Int], rows: [[Int]]) {
        struct Owner: Hashable {
            let file: Int
            let labels: [Int]
            let row: Int?
        }
        var ids: [Owner: Int] = [:]
        var rows: [[Int]] = []
        let ofRow = relation.rows.enumerated().map { index, row in
            let labels = row.labels.filter { [.text, .key].contains(relation.labels[$0].kind) }
            let owner = Owner(file: row.file, labels: labels, row: labels.isEmpty ? index : nil)
            let id = ids[owner] ?? rows.count
            if id == rows.count {
                ids[owner] = id
                rows.append([])
            }
            rows[id].append(index)
            return id
        }
        return (ofRow, rows)
    }

    func owner(ofRow row: Int) -> Int { ownerOfRow[row] }
    func rows(ofOwner owner: Int) -> [Int] { rowsOfOwner[owner] }

    func of(_ index: Int) -> [Coordinate] {
        let entry = relation.entries[index]
        let row = relation.rows[entry.row]
        var result = [
            Coordinate(axis: Coordinates.column, value: entry.column),
            Coordinate(axis: Coordinates.metric, value: metrics[entry.column]),
            Coordinate(axis: Coordinates.statistic, value: statistics[entry.column]),
            Coordinate(axis: Coordinates.file, value: row.file),
        ]
        for label in row.labels {
            result.append(
                Coordinate(axis: Coordinates.axis(ofLabelName: relation.labels[label].name), value: label))
        }
        if let element = elementOfRow[entry.row] {
            result.append(Coordinate(axis: elementAxis, value: element))
        }
        return result
    }

    /// What values must have: one of the coordinates on each axis that is named.
    typealias Profile = [Axis: Set<Int>]

    func satisfies(_ entry: Int, _ profile: Profile) -> Bool {
        let coordinates = of(entry)
        return profile.allSatisfy { axis, values in
            coordinates.contains { $0.axis == axis && values.contains($0.value) }
        }
    }

    /// More rows than these are looked through for none.
    private static let mostRows = 4096

    /// All values with a profile, sorted; none where these are too many to be looked through.
    /// - Parameter named: the rows that they may be of; by default all.
    func entries(_ profile: Profile, in named: [Int]? = nil) -> [Int] {
        var rows = named
        for (axis, values) in profile.sorted(by: { $0.key < $1.key }) where axis >= 4 {
            let own =
                axis == elementAxis
                ? values.flatMap { rowsOfElement[$0] }.sorted() : relation.rows(withAny: values.sorted())
            rows = rows.map { intersection($0, own) } ?? own
        }
        if let files = profile[Coordinates.file] {
            let own = files.count == 1 ? rowsOfFile[files.first ?? 0] : files.flatMap { rowsOfFile[$0] }.sorted()
            rows = rows.map { rows in rows.filter { files.contains(relation.rows[$0].file) } } ?? own
        }
        guard let rows, rows.count <= Coordinates.mostRows else { return [] }
        let (columns, metrics, statistics) = (
            profile[Coordinates.column], profile[Coordinates.metric], profile[Coordinates.statistic]
        )
        var result: [Int] = []
        for row in rows {
            for entry in relation.rows[row].entries {
                let column = relation.entries[entry].column
                if columns?.contains(column) ?? true, metrics?.contains(self.metrics[column]) ?? true,
                    statistics?.contains(self.statistics[column]) ?? true
                {
                    result.append(entry)
                }
            }
        }
        return result
    }
}

extension Int {
    /// Numbers keys in the order in which they come.
    fileprivate func keep<Key: Hashable>(in ids: inout [Key: Int], _ key: Key) -> Int {
        ids[key] = self
        return self
    }
}
