internal import GateCore
internal import GateVocabulary

/// What rows are called, and what tells them apart.
extension Relation {
    /// Rows with any of the labels, sorted.
    func rows(withAny labels: [Int]) -> [Int] {
        guard labels.count > 1 else { return labels.first.map { self.labels[$0].rows } ?? [] }
        return Array(Set(labels.flatMap { self.labels[$0].rows })).sorted()
    }

    func label(ofName name: String, row: Int) -> Label? {
        rows[row].labels.lazy.map { labels[$0] }.first { labelNames[$0.name] == name }
    }

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
            // Samples are alike where their lists are.
            let pointer = source.pointer.map {
                isSample(entry) ? String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex)) : $0
            }
            return [pointer, source.column, source.line.map(String.init)]
        }
        guard let first = entries.first.map(place), first[0] ?? first[1] != nil else { return false }
        return entries.allSatisfy { place($0) == first }
    }

    /// One number of a list.
    func isSample(_ entry: Int) -> Bool {
        let entry = entries[entry]
        return entry.source.pointer != nil
            && rows[entry.row].labels.contains { labelNames[labels[$0].name] == SampleLists.key }
    }

    /// Columns without those of samples, where there are others: what is said of a list is said of what it comes to.
    func withoutSamples(_ columns: [Int]) -> [Int] {
        let plain = columns.filter { column in
            self.columns[column].entries.first.map { !isSample($0) } ?? true
        }
        return plain.isEmpty ? columns.filter { self.columns[$0].statistic == .raw } : plain
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

    /// Nothing but the number of the run tells the two rows apart.
    func areRuns(_ one: Int, _ other: Int) -> Bool {
        let names = names(apart: rows[one], rows[other])
        return !names.isEmpty && names.allSatisfy { $0 >= 0 && !Lexicon.cases.isDisjoint(with: nameTerms[$0]) }
    }

    /// Fewer rows are as many as anything.
    static let leastCount = 50

    /// Of tables, below the header: a row without a number is one, too.
    func lines() -> [Int] {
        var last = Array(repeating: 1, count: files.count)
        for entry in entries { last[rows[entry.row].file] = max(last[rows[entry.row].file], entry.source.line ?? 1) }
        return last.map { $0 - 1 }
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
func shown(_ number: Double) -> String {
    DisplayFormat.significant(number, digits: 7)
}
