import GateJSON
import GateVocabulary

/// Rows of statistics whose first column has no name:
///
///                   min  mean[+/-sd] median   max
///     Connect:        0    0   0.2      0       10
struct StatisticRows {
    typealias Text = UnsafeBufferPointer<UInt8>

    /// Of the numbers.
    let names: [String]
    /// By the index of the line: the name, then the numbers.
    private(set) var rows: [(index: Int, cells: [Text])] = []

    private static let longestHeader = 200

    /// The rows below a header; nil where the line is none.
    /// - Parameter texts: the lines without blanks around them.
    init?(_ texts: [Text], header: Int) {
        let text = texts[header]
        guard header + 1 < texts.count, text.count <= StatisticRows.longestHeader,
            !text.contains(where: { isDigit($0) || ":=|,".utf8.contains($0) })
        else { return nil }
        // `mean[+/-sd]` is two of them.
        let parts = text.split { isBlank($0) || $0 == ascii("[") || $0 == ascii("]") }
        guard parts.count > 1 else { return nil }
        names = parts.map { String(decoding: $0, as: UTF8.self) }
        var index = header + 1
        while index < texts.count, let cells = StatisticRows.cells(in: texts[index], names.count) {
            rows.append((index, cells))
            index += 1
        }
        guard !rows.isEmpty,
            names.allSatisfy({ name in
                let metric = MetricName(name)
                return metric.isBare && metric.statistic != .raw
            })
        else { return nil }
    }

    private static func cells(in text: Text, _ count: Int) -> [Text]? {
        guard let first = text.first, (first | 0x20) &- 0x61 < 26 else { return nil }
        let words = NoteFields.words(text)
        guard words.count > count else { return nil }
        let numbers = words.suffix(count).map { NoteFields.part(text, $0) }
        guard numbers.allSatisfy({ WrittenNumber(cell: $0) != nil }) else { return nil }
        let name = NoteFields.part(text, 0..<words[words.count - count - 1].upperBound)
        return [name.last == ascii(":") ? Text(rebasing: name.dropLast()) : name] + numbers
    }
}
