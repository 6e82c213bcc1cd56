import GateCore
import GateJSON
import GateVocabulary

/// Tables of benchstat: a column for each file, below its name the unit, and behind the second one the change.
///
///                    │   old.txt   │              new.txt               │
///                    │   sec/op    │   sec/op     vs base               │
///     Encode/small-8   813.4n ± 1%   578.0n ± 1%  -28.93% (p=0.002 n=6)
struct Benchstat: NoteFormat {
    static let name = "benchstat"

    private struct Column {
        /// Where it stands, in characters.
        let characters: Range<Int>
        let file: String
        /// `sec/op`; empty until its line is read.
        var unit = ""
    }

    private var columns: [Column] = []
    /// What stands above the table: `pkg: example.org/codec`, by the key.
    private var settings: [(key: String, label: Int)] = []

    private static let keys = ["goos", "goarch", "pkg", "cpu"]

    mutating func take(_ text: Text, _ number: Int, _ owner: Int, _ collector: inout FactCollector) -> Bool {
        guard !text.isEmpty, !columns.isEmpty || text.contains(0xE2) else {
            columns = []
            readSetting(text, &collector)
            return false
        }
        let line = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        if line.contains("│") { return takeHeader(line) }
        guard let first = columns.first, !first.unit.isEmpty, let start = line.first, start != " " else {
            columns = []
            return false
        }
        return takeRow(line, number, owner, &collector)
    }

    /// It is a line of its own for everybody else.
    private mutating func readSetting(_ text: Text, _ collector: inout FactCollector) {
        guard let mark = text.firstIndex(of: ascii(":")), mark <= 6,
            let key = Benchstat.keys.first(where: { text[..<mark].elementsEqual($0.utf8) })
        else { return }
        settings.removeAll { $0.key == key }
        let value = trimmed(NoteFields.part(text, mark + 1..<text.count))
        settings.append((key, collector.label(key, text: String(decoding: value, as: UTF8.self))))
    }

    // MARK: - Header

    private mutating func takeHeader(_ line: [Unicode.Scalar]) -> Bool {
        let bars = line.indices.filter { line[$0] == "│" }
        let parts = bars.indices.map { index in
            let end = index + 1 < bars.count ? bars[index + 1] : line.count
            return (bars[index]..<end, Benchstat.text(line[bars[index] + 1..<end]))
        }.filter { !$0.1.isEmpty }
        guard !parts.isEmpty, line[..<bars[0]].allSatisfy({ $0 == " " }) else { return false }
        let units = parts.map { Benchstat.unit(in: $0.1) }
        guard units.count == columns.count, !units.contains(nil) else {
            // What `vs base` stands over goes on to the end of the line.
            columns = parts.map { Column(characters: $0.0, file: $0.1) }
            return true
        }
        for index in columns.indices { columns[index].unit = units[index] ?? "" }
        return true
    }

    /// `sec/op     vs base`
    private static func unit(in text: String) -> String? {
        guard let word = text.split(separator: " ").first, word.contains("/") || text.hasSuffix("vs base") else {
            return nil
        }
        return String(word)
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        let inner = scalars.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        return String(String.UnicodeScalarView(inner))
    }

    // MARK: - Rows

    private func takeRow(
        _ line: [Unicode.Scalar], _ number: Int, _ owner: Int, _ collector: inout FactCollector
    ) -> Bool {
        guard let first = columns.first, line.count > first.characters.lowerBound else { return false }
        let row = Benchstat.text(line[..<first.characters.lowerBound])
        let cells = columns.enumerated().map { index, column in
            let start = min(column.characters.lowerBound, line.count)
            let end = index + 1 < columns.count ? min(column.characters.upperBound, line.count) : line.count
            return Cell(Benchstat.text(line[start..<max(start, end)]))
        }
        guard cells.contains(where: { $0 != nil }) else { return false }
        let outer = settings.reduce(owner) { collector.packer.owner($0, $1.label) }
        let owner = collector.packer.owner(outer, collector.label(row))
        for case (let column, let cell?) in zip(columns, cells) {
            let own = collector.packer.owner(owner, collector.label(column.file))
            append(cell, column.unit, own, number, &collector)
        }
        return true
    }

    private func append(_ cell: Cell, _ unit: String, _ owner: Int, _ line: Int, _ collector: inout FactCollector) {
        let metric = MetricName(unit)
        let (scale, quantity) = Benchstat.quantity(unit, cell.prefix)
        if let value = Double(cell.number) {
            collector.append(
                quantity == nil ? cell.number + cell.prefix : cell.number, value: value * scale,
                metric.measured(as: quantity ?? metric.quantity), owner: owner, line: line)
        }
        if let spread = cell.spread, let value = Double(spread) {
            collector.append(
                spread + "%", value: value, metric.called(.spread).measured(as: .percent), owner: owner, line: line)
        }
        if let change = cell.change, let value = Double(change) {
            collector.append(
                change + "%", value: value, MetricName("\(unit) vs base").measured(as: .percent), owner: owner,
                line: line)
        }
        for (name, text) in cell.test {
            guard let value = Double(text) else { continue }
            collector.append(text, value: value, MetricName(name), owner: owner, line: line)
        }
    }

    /// `n` of `sec/op` is `ns/op`; of what is only counted, a prefix is a factor of the value.
    private static func quantity(_ unit: String, _ prefix: String) -> (scale: Double, Quantity?) {
        if prefix.isEmpty { return (1, nil) }
        let plain = unit.hasPrefix("sec") ? "s" + unit.dropFirst(3) : unit
        if let quantity = Quantity(unit: prefix + plain), quantity.dimension == MetricName(unit).quantity.dimension {
            return (1, quantity)
        }
        return (prefixes[prefix] ?? 1, nil)
    }

    private static let prefixes: [String: Double] = [
        "n": 1e-9, "µ": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "Ki": 1024, "Mi": 1_048_576,
        "Gi": 1_073_741_824, "Ti": 1_099_511_627_776,
    ]

    /// `92.67µ ± 1%  -37.47% (p=0.002 n=6)`
    private struct Cell {
        let number: String
        let prefix: String
        private(set) var spread: String?
        private(set) var change: String?
        /// `p` and `n`
        private(set) var test: [(String, String)] = []

        init?(_ text: String) {
            let words = text.split(separator: " ")
            guard let first = words.first, first.first?.isNumber == true else { return nil }
            number = String(first.prefix { $0.isNumber || $0 == "." })
            prefix = String(first.dropFirst(number.count))
            guard prefix.isEmpty || Benchstat.prefixes[prefix] != nil else { return nil }
            var rest = words.dropFirst()
            if rest.first == "±" {
                spread = rest.dropFirst().first.map { String($0.prefix { $0 != "%" }) }
                rest = rest.dropFirst(2)
            }
            if let word = rest.first, word.hasSuffix("%"), word.hasPrefix("-") || word.hasPrefix("+") {
                change = String(word.dropLast())
            }
            for word in rest {
                let parts = word.split { $0 == "(" || $0 == ")" || $0 == "=" }
                if parts.count == 2, word.contains("=") { test.append((String(parts[0]), String(parts[1]))) }
            }
        }
    }
}

extension Quantity {
    fileprivate static var percent: Quantity { Quantity(unit: "%") ?? .unknown }
}
