internal import GateCore
internal import GateVocabulary

/// What rows are called, and what tells them apart.
extension Relation {
    /// It has rows from before something, and from after it.
    var hasBeforeAndAfter: Bool {
        let names = ["before", "after"].map { text in Set(labels.filter { $0.text.lowercased() == text }.map(\.name)) }
        return !names[0].isDisjoint(with: names[1])
    }

    /// The names that two rows have other labels of; with -1 where they are of two files.
    func names(apart one: Row, _ other: Row) -> Set<Int> {
        var names: Set<Int> = one.file == other.file ? [] : [-1]
        for (labels, others) in [(one.labels, other.labels), (other.labels, one.labels)] {
            for label in labels where self.labels[label].kind != .file && !others.contains(label) {
                names.insert(self.labels[label].name)
            }
        }
        return names
    }

    /// They stand in the same place of their files, which are of one form: the result files of runs.
    func areAlike(_ entries: [Int]) -> Bool {
        func place(_ entry: Int) -> [String?] {
            let source = self.entries[entry].source
            return [source.pointer, source.column, source.line.map(String.init)]
        }
        guard let first = entries.first.map(place), first[0] ?? first[1] != nil else { return false }
        return entries.allSatisfy { place($0) == first }
    }

    /// Which row it is, for a reader.
    func describe(_ entry: Int) -> String {
        let entry = entries[entry]
        return "\(entry.source.shown) = \(shown(entry.value))\(columns[entry.column].unit.map { " \($0.name)" } ?? "")"
    }

    /// The names of a row, without what all rows of its file share.
    func name(ofRow row: Int) -> String {
        let own = rows[row].labels.map { labels[$0] }.filter { $0.kind != .file && $0.kind != .path }
        let names = own.isEmpty ? rows[row].labels.map { labels[$0] } : own
        return names.map { $0.number == nil ? $0.text : "\(labelNames[$0.name]) \($0.text)" }.joined(separator: ", ")
    }
}

extension FactSource {
    /// `reports/a.csv:3, ttft_s`, `reports/b.json /results/0/ttft_s`
    var shown: String {
        if let pointer { return "\(file) \(pointer)" }
        return file + (line.map { ":\($0)" } ?? "") + (column.map { ", \($0)" } ?? "")
    }
}

/// A number for people: without noise behind its seventh digit.
func shown(_ number: Double) -> String { DisplayFormat.significant(number, digits: 7) }
