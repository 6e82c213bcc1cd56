import GateCore
import GateVerdict

/// What `check` prints: the judged checks in columns, then why it ended so and what to do.
public struct ConsoleTable: Reporter {
    /// Columns of the terminal; nil where the output is not a terminal: nothing is wrapped.
    public let width: Int?
    /// Whether to colour verdicts; the caller knows the terminal and NO_COLOR.
    public let isColoured: Bool

    public init(width: Int? = nil, isColoured: Bool = false) {
        self.width = width
        self.isColoured = isColoured
    }

    public func render(_ input: ReportInput) throws -> String {
        let judgement = input.judgement
        let figures = input.measured.filter { $0.outcome == .new }
        let rows = (judgement.verdicts.filter { $0.outcome.isJudged } + figures).map(Row.init)
        var lines: [String] = []
        if !rows.isEmpty { lines += table(rows) + [""] }
        lines += conclusion(of: judgement, measuredBy: input.session.origin)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The verdict in one sentence.
    public static func headline(of input: ReportInput) -> String { Conclusion(input.judgement).headline }

    private struct Row {
        let outcome: Outcome
        let cells: [String]

        init(_ verdict: Verdict) {
            outcome = verdict.outcome
            cells = [
                verdict.check.stage.rawValue, verdict.name, verdict.median(verdict.baseline),
                verdict.median(verdict.observed), verdict.judgedChangeWords ?? "–", verdict.demanded,
                verdict.outcome.words,
            ].map { ConsoleText.line($0, limit: 60) }
        }
    }

    private static let header = ["stage", "metric", "baseline", "observed", "change", "allowed", "verdict"]
    private static let rightAligned = 2...5

    private func table(_ rows: [Row]) -> [String] {
        let header = ConsoleTable.header
        let widths = header.indices.map { column in
            rows.map { $0.cells[column].count }.reduce(header[column].count, max)
        }
        if let width, widths.reduce(0, +) + 2 * (widths.count - 1) > width { return stacked(rows) }
        let body = rows.map { row in line(row.cells, widths, colour: row.outcome.tone.colour) }
        return [line(header, widths, colour: nil)] + body
    }

    private func line(_ cells: [String], _ widths: [Int], colour: ConsoleText.Colour?) -> String {
        let last = cells.count - 1
        return cells.enumerated().map { column, cell in
            if column == last { return ConsoleText.coloured(cell, colour, isOn: isColoured) }
            return ConsoleText.cell(cell, widths[column], isRight: ConsoleTable.rightAligned.contains(column))
        }.joined(separator: "  ")
    }

    /// For a terminal that is too narrow for columns: a few short lines for each check.
    private func stacked(_ rows: [Row]) -> [String] {
        rows.flatMap { row -> [String] in
            let cells = row.cells
            let name = ConsoleText.wrapped("\(cells[0])/\(cells[1])", columns: width)
            let figures = "\(cells[2]) -> \(cells[3]), \(cells[4]), allowed \(cells[5])"
            let colour = row.outcome.tone.colour ?? .dim
            return name + ConsoleText.wrapped(figures, columns: width, prefix: "  ")
                + ["  " + ConsoleText.coloured(cells[6], colour, isOn: isColoured)]
        }
    }

    private func conclusion(of judgement: Judgement, measuredBy origin: Origin) -> [String] {
        let conclusion = Conclusion(judgement)
        let colour = judgement.overall.tone.colour
        var lines = ConsoleText.wrapped(conclusion.headline, columns: width)
            .map { ConsoleText.coloured($0, colour, isOn: isColoured) }
        if let basis = conclusion.basis { lines += ConsoleText.wrapped(basis, columns: width) }
        if origin.server == nil {
            let line = ConsoleText.line("The figures are \(origin.words.what) \(origin.words.value).")
            lines += ConsoleText.wrapped(line, columns: width)
        }
        if let line = conclusion.asked {
            lines += ConsoleText.wrapped(ConsoleText.line(line, limit: 1000), columns: width)
        }
        let causes =
            judgement.failures.map(\.message)
            + (conclusion.reasons + conclusion.notices).map { "\($0.outcome.words): \($0.explanation)" }
            + (judgement.quality.map(ConsoleTable.qualityCauses) ?? [])
        lines += list(causes)
        if let line = conclusion.unseen {
            lines += ConsoleText.wrapped(ConsoleText.line(line, limit: 1000), columns: width)
        }
        lines += (judgement.causes ?? []).flatMap {
            ConsoleText.wrapped("=> \($0.stage): \($0.words)", columns: width)
        }
        if let line = conclusion.armDifferences {
            lines += ConsoleText.wrapped(ConsoleText.line(line, limit: 1000), columns: width)
        }
        if let line = judgement.quality?.overview { lines += ConsoleText.wrapped(line, columns: width) }
        if !judgement.warnings.isEmpty {
            lines += list(judgement.warnings.map { "warning: \($0.message). \($0.remedy)" })
        }
        if !conclusion.nextSteps.isEmpty { lines += ["What to do:"] + list(conclusion.nextSteps) }
        return lines
    }

    /// What blocks with the findings behind it, and in one line what could not be decided.
    private static func qualityCauses(_ quality: QualityJudgement) -> [String] {
        var causes: [String] = []
        if !quality.blocking.isEmpty {
            causes += quality.blocking.map { "\($0.outcome.words): \($0.explanation)" }
            causes += quality.worst.filter { $0.finding.severity == .error }.prefix(mostFindings).map {
                "\(quality.place(of: $0)): \($0.finding.rule.rawValue) \($0.finding.message)"
            }
        }
        if (quality.newWarnings ?? 0) > 0 {
            causes += quality.worst.filter { $0.finding.severity == .warning }.prefix(mostFindings).map {
                "\(quality.place(of: $0)): warning: \($0.finding.rule.rawValue) \($0.finding.message)"
            }
        }
        let undecided = quality.lines.filter { $0.outcome == .inconclusive }.map(\.name)
        if !undecided.isEmpty {
            causes.append("too few reports to tell: quality/\(undecided.joined(separator: ", quality/"))")
        }
        return causes
    }

    private static let mostFindings = 5
    private static let longestList = 20

    private func list(_ items: [String]) -> [String] {
        let shown = items.prefix(ConsoleTable.longestList).flatMap { item in
            ConsoleText.wrapped(ConsoleText.line(item), columns: width, prefix: "- ")
        }
        let rest = items.count - ConsoleTable.longestList
        return rest > 0 ? shown + ["- and \(rest) more in verdict.json"] : shown
    }
}
