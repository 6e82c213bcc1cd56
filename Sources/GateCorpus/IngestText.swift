import GateCore
import GateVocabulary

/// What `ingest` says of how the data was understood.
public enum IngestText {
    private static let shownFiles = 10

    /// Facts, and what of them is not known, by file, worst first.
    public static func coverage(_ coverage: FactCoverage) -> String {
        let total = coverage.total
        guard total.facts > 0 else {
            return "Facts: none. No number was found in a place that tells what it is.\n" + silent(coverage)
        }
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
        return text + silent(coverage)
    }

    private static func silent(_ coverage: FactCoverage) -> String {
        var text = coverage.silent.prefix(shownFiles).map { "  no facts: \($0)\n" }.joined()
        if coverage.silent.count > shownFiles { text += "  no facts: \(coverage.silent.count - shownFiles) more\n" }
        return text
    }

    /// Why a file that was read gave no facts.
    /// - Parameter mentions: how many numbers, dates and versions stand in it.
    public static func noFacts(of path: String, mentions: Int) -> String {
        guard mentions > 0 else { return "\(path) was read: no number stands in it.\n" }
        let known = mentions == 1 ? "1 number is" : "\(mentions) numbers are"
        return "\(path) was read, and has no facts: \(known) known, but nothing tells of what.\n"
            + "A number is a fact where it stands in a table, or in a line that is a name with its value; lines that "
            + "begin with their values need others of the same form.\n"
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
        return line.statistic == .raw || line.statistic.name == dimension
            ? dimension : "\(line.statistic.name) \(dimension)"
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
