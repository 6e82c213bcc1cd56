import GateCore

/// A report as it was written, with what was found marked in place; the evidence shows beside it by hovering, by the
/// keyboard, and for readers that speak.
struct MarkedReport {
    let report: PageInput.Report
    /// Longer reports are cut, and that is said.
    static let mostLines = 2000
    private static let longestLine = 2000

    var node: HTMLNode {
        let lines = report.text.checkedLines
        let shown = lines.prefix(MarkedReport.mostLines).map { $0.prefix(MarkedReport.longestLine) }
        let byLine = Dictionary(grouping: report.findings.enumerated()) { $1.place.line }
        let rows = shown.enumerated().map { index, line in
            row(index + 1, Array(line), (byLine[index + 1] ?? []).map { ($0.offset, $0.element) })
        }
        let rest = lines.count - shown.count
        return .tag(
            "details", report.findings.contains { $0.severity == .error } ? ["open": ""] : [:],
            [
                .tag("summary", summary),
                .wide("Report of run \(report.run)", class: "report wide", rows),
            ] + (rest > 0 ? [.tag("p", "\(rest) more lines are in \(report.file).")] : []))
    }

    private var summary: String {
        let errors = report.findings.count { $0.severity == .error }
        let warnings = report.findings.count { $0.severity == .warning }
        return "run \(report.run), \(report.file): \(DisplayFormat.count(errors, "error")),"
            + " \(DisplayFormat.count(warnings, "warning"))"
    }

    private func row(_ number: Int, _ line: [Unicode.Scalar], _ found: [(index: Int, finding: Finding)]) -> HTMLNode {
        .tag(
            "div", class: "line", [:],
            [
                .tag("span", class: "number", ["aria-hidden": "true"], [.text("\(number)")]),
                .tag("span", class: "text", [:], marked(line, found)),
            ])
    }

    private func marked(_ scalars: [Unicode.Scalar], _ found: [(index: Int, finding: Finding)]) -> [HTMLNode] {
        var nodes: [HTMLNode] = []
        var position = 0
        func text(_ range: Range<Int>) -> HTMLNode {
            .text(String(String.UnicodeScalarView(scalars[range.clamped(to: 0..<scalars.count)])))
        }
        for (index, finding) in found.sorted(by: { $0.finding.place < $1.finding.place }) {
            let start = min(max(finding.place.columnStart - 1, position), scalars.count)
            let end = min(max(finding.place.columnEnd - 1, start), scalars.count)
            if start > position { nodes.append(text(position..<start)) }
            nodes.append(mark(finding, index, content: text(start..<end)))
            position = max(position, end)
        }
        return nodes + [text(position..<max(position, scalars.count))]
    }

    private func mark(_ finding: Finding, _ index: Int, content: HTMLNode) -> HTMLNode {
        let id = "finding-\(report.run)-\(index)"
        let evidence = finding.explained
        return .tag(
            "span", class: "found \(finding.severity.rawValue)", ["tabindex": "0", "aria-describedby": id],
            [
                .tag("mark", [:], [content]), .tag("sup", finding.rule.rawValue),
                .tag(
                    "span", class: "note", ["id": id, "role": "tooltip"],
                    [
                        .text(
                            "\(finding.severity.rawValue) \(finding.rule.rawValue): \(VisibleText.line(evidence, limit: 600))"
                        )
                    ]),
            ])
    }
}
