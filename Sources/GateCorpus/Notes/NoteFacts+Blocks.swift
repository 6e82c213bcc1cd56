import GateJSON

/// Lines that only those around them tell how to read.
extension NoteFacts {
    /// Finds rows of statistics, and lines that begin with their values.
    mutating func readBlocks() {
        let texts = lines.map { $0.isTaken ? Text(start: nil, count: 0) : $0.text }
        var index = 0
        while index < lines.count {
            if let table = StatisticRows(texts, header: index) {
                take(table, header: index)
                index += table.rows.count + 1
            } else if let run = ValueRun(texts, from: index), let last = run.lines.last {
                if run.isRegular { take(run) }
                index = last.index + 1
            } else {
                index += 1
            }
        }
    }

    private mutating func take(_ table: StatisticRows, header: Int) {
        lines[header].read = nil
        lines[header].row = Row(header: [""] + table.names, indent: lines[header].indent)
        for (index, cells) in table.rows {
            lines[index].read = nil
            lines[index].row = Row(cells: cells)
        }
    }

    private mutating func take(_ run: ValueRun) {
        // Numbers end below each other, and begin where they may.
        let indent = run.lines.map { lines[$0.index].indent }.min() ?? 0
        for (index, line) in run.lines {
            guard !run.metrics.isEmpty else {
                lines[index].read = NoteLine(line.pairs, isWhole: !line.hasRemark)
                lines[index].indent = indent
                continue
            }
            lines[index].read = nil
            lines[index].row = Row(cells: [line.name] + line.values)
        }
        guard !run.metrics.isEmpty, let first = run.lines.first?.index else { return }
        lines[first].row?.header = [""] + run.metrics
        lines[first].row?.indent = indent
    }
}
