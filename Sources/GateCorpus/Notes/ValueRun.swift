import GateJSON
import GateVocabulary

/// Lines below each other that begin with their values.
struct ValueRun {
    typealias Text = UnsafeBufferPointer<UInt8>

    /// By the index of the line.
    private(set) var lines: [(index: Int, line: ValueFirst)] = []
    /// What the values are of, one for each, where the heading says it: then the names are those of rows.
    private(set) var metrics: [String] = []
    /// They are what a tool counted, and no list or part of a text.
    private(set) var isRegular = false

    private static let longestHeading = 100
    /// Of lines that begin with the seconds since 1970: in 2001.
    private static let firstTime = 1e9

    /// The run that begins at a line; nil where it has another form.
    /// - Parameter texts: the lines without blanks around them.
    init?(_ texts: [Text], from start: Int) {
        guard let first = ValueFirst(texts[start]) else { return nil }
        lines.append((start, first))
        var index = start + 1
        while index < texts.count {
            let text = texts[index]
            if let line = ValueFirst(text), line.values.count == first.values.count {
                lines.append((index, line))
            } else if !text.isEmpty, !text.starts(with: "<not ".utf8) {
                break
            }
            index += 1
        }
        readHeading(texts)
        if metrics.isEmpty { lines = [lines[0]] + lines.dropFirst().prefix(while: \.line.isPlain) }
        isRegular =
            lines.count > 1 && (!metrics.isEmpty || lines[0].line.isPlain) && !isCounted && !isBelowHeader(texts)
    }

    /// Numbers that count the lines, or the time.
    private var isCounted: Bool {
        let numbers = lines.map { WrittenNumber(remarked: $0.line.values[0])?.value ?? 0 }
        let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
        return numbers[0] >= ValueRun.firstTime && steps.allSatisfy { $0 >= 0 }
            || numbers[0] <= 1 && steps.allSatisfy { $0 == 1 }
    }

    /// Names of columns stand right above: a table.
    private func isBelowHeader(_ texts: [Text]) -> Bool {
        guard lines[0].index > 0 else { return false }
        var cells = PlainCells()
        cells.readColumns(texts[lines[0].index])
        let width = cells.count
        cells.readColumns(texts[lines[0].index - 1])
        return width > 1 && cells.count == width && (0..<width).allSatisfy { WrittenNumber(cell: cells[$0]) == nil }
    }

    /// `statement latencies in milliseconds and failures:`
    private mutating func readHeading(_ texts: [Text]) {
        let above = texts[..<lines[0].index].lastIndex { !$0.isEmpty } ?? -1
        guard above >= 0, texts[above].last == ascii(":") || above + 1 == lines[0].index,
            texts[above].count <= ValueRun.longestHeading
        else { return }
        let heading = texts[above].last == ascii(":") ? Text(rebasing: texts[above].dropLast()) : texts[above]
        let count = lines[0].line.values.count
        let parts = count == 1 ? [heading] : NoteFields.parts(heading, at: " and ")
        let names = parts.map { String(decoding: $0, as: UTF8.self) }
        guard names.count == count, let metric = names.first.map({ MetricName($0) }), metric.isMeasured,
            !metric.isBare, metric.statistic == .raw,
            lines.allSatisfy({ fits($0.line.values[0], metric.quantity) })
        else { return }
        metrics = names
    }

    private func fits(_ value: Text, _ quantity: Quantity) -> Bool {
        let own = WrittenNumber(remarked: value)?.quantity
        return own.map { $0.dimension == quantity.dimension } ?? (quantity.unit != nil)
    }
}
