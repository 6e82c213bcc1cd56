internal import GateCore
internal import GateVocabulary

/// Of what a value may be the largest or the smallest: of its column, of its file, of all that share all of its names but
/// one, of what else its row has of the same statistic.
///
/// A sentence seldom says which of these it means; where it holds in one of them, it is right.
struct Population {
    /// The data with what its values come to.
    let relation: Relation
    /// Entries from here on are computed.
    let computed: Int
    let entities: [Reading.Entity]

    private static let mostEntries = 2048
    private static let fewest = 2

    enum Place { case most, least, between }

    /// The place of a value among others, and the entries of the least and of the largest of them.
    struct Standing {
        let place: Place
        let members: [Int]
        let least: Int
        let most: Int
    }

    /// The places that a value has in all that it may be one of, without those in which all are alike; first those that are
    /// meant where nothing else is said.
    func standings(of entry: Int) -> (plain: [Standing], all: [Standing]) {
        let (plain, wide, narrow) = columns(entry)
        let first = plain.compactMap { standing(of: entry, $0) }
        let second = (wide + [row(entry)]).compactMap { standing(of: entry, $0) }
        let third = narrow.compactMap { standing(of: entry, $0) }
        return (first.isEmpty ? second : first, first + second + third)
    }

    private func standing(of entry: Int, _ members: [Int]) -> Standing? {
        let ordered = members.sorted { relation.entries[$0].value < relation.entries[$1].value }
        guard ordered.count >= Population.fewest, let least = ordered.first, let most = ordered.last,
            relation.entries[least].value < relation.entries[most].value
        else { return nil }
        let value = relation.entries[entry].value
        let place: Place =
            value == relation.entries[most].value ? .most : value == relation.entries[least].value ? .least : .between
        return Standing(place: place, members: members, least: least, most: most)
    }

    /// Values of the same column: those of its file and those of all that is named, then all, then those of some names.
    private func columns(_ entry: Int) -> (plain: [[Int]], wide: [[Int]], narrow: [[Int]]) {
        let own = relation.entries[entry]
        let column = relation.columns[own.column].entries
        guard column.count <= Population.mostEntries else { return ([], [], []) }
        let labels = names(own.row)
        if entry >= computed {
            let kinds = Set(labels.map { relation.labels[$0].name })
            let alike = column.filter {
                $0 >= computed && relation.rows[relation.entries[$0].row].file == relation.rows[own.row].file
                    && Set(names(relation.entries[$0].row).map { relation.labels[$0].name }) == kinds
            }
            return ([alike], [], [])
        }
        let path = path(own.row)
        let all = column.filter {
            $0 < computed && path == self.path(relation.entries[$0].row)
                && ($0 == entry || !relation.isTotal(relation.entries[$0].row))
        }
        func isOfFile(_ other: Int) -> Bool {
            relation.rows[relation.entries[other].row].file == relation.rows[own.row].file
        }
        let ofFile = all.filter(isOfFile)
        // `/payment/avg_ms` beside `/delivery/avg_ms`
        let besides = column.filter { $0 < computed && isOfFile($0) && names(relation.entries[$0].row) == labels }
        let conditions = entities.filter { contains($0.rows, own.row) }
        let held = all.filter { other in conditions.allSatisfy { contains($0.rows, relation.entries[other].row) } }
        let single = conditions.map { condition in all.filter { contains(condition.rows, relation.entries[$0].row) } }
        let axes = labels.map { label in
            let name = relation.labels[label].name
            let others = labels.filter { relation.labels[$0].name != name }
            return all.filter { other in
                names(relation.entries[other].row).filter { relation.labels[$0].name != name } == others
            }
        }
        // Numbers of a row may go along with its name: how many questions a category has.
        let texts = labels.filter { relation.labels[$0].kind == .text }
        let named = texts.map { label in
            let others = texts.filter { relation.labels[$0].name != relation.labels[label].name }
            return all.filter { other in
                let row = relation.rows[relation.entries[other].row]
                return isOfFile(other) && others.allSatisfy(row.labels.contains)
            }
        }
        return ([ofFile, held], [all, besides], single + axes + named)
    }

    /// Values of the same statistic in the same unit beside it: `read_ms` and `write_ms`.
    private func row(_ entry: Int) -> [Int] {
        let own = relation.entries[entry]
        let column = relation.columns[own.column]
        return relation.rows[own.row].entries.filter {
            let other = relation.columns[relation.entries[$0].column]
            return other.statistic == column.statistic && other.unit == column.unit
                && other.dimension == column.dimension && (column.unit != nil || other.isFraction == column.isFraction)
        }
    }

    private func names(_ row: Int) -> [Int] {
        relation.rows[row].labels.filter { [.text, .key].contains(relation.labels[$0].kind) }.sorted()
    }

    private func path(_ row: Int) -> [Int] {
        relation.rows[row].labels.filter { relation.labels[$0].kind == .path }.sorted()
    }
}
