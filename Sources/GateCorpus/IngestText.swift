import GateCore
import GateVocabulary

/// What `ingest` says of how the data was understood.
public enum IngestText {
    private static let shownFiles = 10

    /// Facts, and what of them is not known, by file, worst first.
    public static func coverage(_ coverage: FactCoverage) -> String {
        let total = coverage.total
        guard total.facts > 0 else { return "Facts: none. No number was found in a place that tells what it is.\n" }
        var text =
            "Facts: \(total.facts) in \(coverage.files.count == 1 ? "1 file" : "\(coverage.files.count) files"); \(share(total.withoutOwner, total)) without owner, "
            + "\(share(total.withoutDimension, total)) without dimension, \(share(total.withoutUnit, total)) without unit\n"
        let rows = coverage.files.prefix(shownFiles).map { file in
            [
                file.path, "\(file.facts)", share(file.withoutOwner, file), share(file.withoutDimension, file),
                share(file.withoutUnit, file), file.format ?? "",
            ]
        }
        text += table([["file", "facts", "no owner", "no dimension", "no unit", "read as"]] + rows, left: [0, 5])
        let more = coverage.files.count - shownFiles
        if more > 0 { text += "  ... and \(more) more, better understood\n" }
        for path in coverage.silent.prefix(shownFiles) { text += "  no facts: \(path)\n" }
        if coverage.silent.count > shownFiles { text += "  no facts: \(coverage.silent.count - shownFiles) more\n" }
        return text
    }

    /// One line for each column or path.
    /// - Parameter format: the tool whose output the file was read as.
    public static func explanation(_ explanation: FactExplanation, of path: String, format: String?) -> String {
        var text = "\(path)\(format.map { ": read as the output of \($0)" } ?? "")\n"
        let rows = explanation.lines.map { line in
            [
                line.place, "\(line.count)", kind(line), line.unit ?? "-", line.example,
                line.owner.isEmpty ? "-" : line.owner.joined(separator: ", "),
            ]
        }
        text += table(
            [["place", "facts", "what", "unit", "first", "owner of the first"]] + rows, left: [0, 2, 3, 4, 5])
        return text
    }

    /// `p95 time`, `key`
    private static func kind(_ line: FactExplanation.Line) -> String {
        guard line.kind == .number else { return line.kind.rawValue }
        let dimension = line.dimension == .unknown ? "unknown" : line.dimension.rawValue
        return line.statistic == .raw ? dimension : "\(line.statistic.name) \(dimension)"
    }

    private static func share(_ part: Int, _ file: FactCoverage.File) -> String {
        "\((200 * part + file.facts) / (2 * file.facts))%"
    }

    private static func table(_ rows: [[String]], left: Set<Int>) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                let blanks = String(repeating: " ", count: max(0, widths[index] - cell.count))
                return left.contains(index) ? cell + blanks : blanks + cell
            }
            var line = "  " + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
