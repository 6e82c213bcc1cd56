import GateCore
import GateCorpus
import GateJSON

/// Plain CSV, JSON and JSON Lines: a row is a measurement, and what its columns mean is declared.
enum PlainRows {
    /// A cell by its column, and where it stands.
    private struct Row {
        let place: String
        /// Nil where the row has no such column.
        let cell: (String) -> JSONValue?
    }

    static func results(_ bytes: [UInt8], file: String, _ options: ImportOptions) throws(ImportError) -> ToolResults {
        let isJSON = isJSON(bytes)
        let rows = isJSON ? try jsonRows(bytes, file) : try tableRows(bytes, file)
        guard !rows.isEmpty else { throw .noResults(file: file, tool: isJSON ? "JSON" : "CSV") }
        var subjects: [String] = []
        var values: [String: [[Double]]] = [:]
        for row in rows {
            let subject =
                try options.subjectColumn.map { column throws(ImportError) in
                    try self.subject(row, column, file)
                } ?? "rows"
            if values[subject] == nil {
                subjects.append(subject)
                values[subject] = options.columns.map { _ in [] }
            }
            for (index, column) in options.columns.enumerated() {
                values[subject]?[index].append(try number(row, column, file))
            }
        }
        let series = subjects.flatMap { subject in
            zip(options.columns, values[subject] ?? []).map { ToolResults.Series(subject, $0.metric, $1) }
        }
        return ToolResults(tool: isJSON ? "JSON" : "CSV", series: series)
    }

    private static func number(_ row: Row, _ column: ColumnDeclaration, _ file: String) throws(ImportError) -> Double {
        let place = "\(row.place), '\(column.column)'"
        guard let cell = row.cell(column.column) else {
            throw .missing(file: file, place: "'\(column.column)' (\(row.place))")
        }
        let written = cell.double ?? cell.string.flatMap { DecimalText.double($0) }
        guard let written, written.isFinite else {
            let found = cell.string.map { $0.isEmpty ? "an empty cell" : "'\($0)'" } ?? cell.text
            throw .notANumber(file: file, place: place, found: found == "null" ? "null or NaN" : found)
        }
        return try column.unit.checked(written, file: file, place: place)
    }

    private static func subject(_ row: Row, _ column: String, _ file: String) throws(ImportError) -> String {
        guard let cell = row.cell(column) else {
            throw .missing(file: file, place: "'\(column)' (\(row.place))")
        }
        return cell.string ?? cell.text
    }

    // MARK: - Files

    /// Whether it begins as JSON's objects and arrays do.
    static func isJSON(_ bytes: [UInt8]) -> Bool {
        bytes.first { $0 > 0x20 && $0 < 0x80 }.map { $0 == 0x7B || $0 == 0x5B } ?? false
    }

    private static func tableRows(_ bytes: [UInt8], _ file: String) throws(ImportError) -> [Row] {
        do throws(SeparatedTable.Refusal) {
            let table = try SeparatedTable(bytes)
            return table.rows.map { row in
                Row(place: "line \(row.line)") { column in
                    table.header.firstIndex(of: column).map { .string(row.cells[$0]) }
                }
            }
        } catch {
            throw .malformed(file: file, detail: error.reason)
        }
    }

    /// An array of objects, one object, or an object a line.
    private static func jsonRows(_ bytes: [UInt8], _ file: String) throws(ImportError) -> [Row] {
        do throws(ImportError) {
            let document = try ResultNode(bytes, file: file)
            return document.value.array == nil ? [row(document)] : document.elements.map(row)
        } catch {
            let lines = bytes.split(separator: 0x0A).filter { $0.contains { $0 > 0x20 } }
            guard lines.count > 1 else { throw error }
            var rows: [Row] = []
            for (index, line) in lines.enumerated() {
                guard let node = try? ResultNode(Array(line), file: file) else { throw error }
                rows.append(row(node, place: "object \(index + 1)"))
            }
            return rows
        }
    }

    private static func row(_ node: ResultNode) -> Row { row(node, place: "'\(node.place)'") }

    private static func row(_ node: ResultNode, place: String) -> Row {
        Row(place: place) { column in
            node.value[column]
                ?? column.split(separator: ".").reduce(node.value as JSONValue?) { $0?[String($1)] }
        }
    }
}
