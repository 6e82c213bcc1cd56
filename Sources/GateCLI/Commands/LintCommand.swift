import ArgumentParser
import GateClock
import GateCore
import GateFiles
import GateLint
import GateMeasure
import GateReports
import GateSettings
import GateVerdict

struct LintCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, sarif, github }

    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Checks reports against the data that they were written from. No model is asked.",
        discussion: """
            Finds numbers, dates, files and names that the data contradicts or does not have, missing and empty \
            sections, text that was cut off, placeholders, chatter and repetition, each with its line and column. \
            Without --facts and --corpus the facts.json beside each report is read, as 'run' writes it.

            Example:
              chimera-gate lint .chimera-gate/runs/0001/report.md
              chimera-gate lint report.md --facts facts.json --format json
              chimera-gate lint reports/*.md --facts facts/        # facts/<name of the report>.json
              chimera-gate lint report.md --corpus .
              chimera-gate lint reports --format sarif > reports.sarif
              chimera-gate lint --list-rules

            Exit status: 0 no errors; 3 errors; 65 a file that cannot be read.
            """)

    @Argument(help: ArgumentHelp("A report in Markdown; may be repeated.", valueName: "report"))
    var reports: [String] = []
    @Option(
        help: ArgumentHelp(
            "The facts that the reports were written from; in a folder each report has <its name>.json.",
            valueName: "file"))
    var facts: String?
    @Option(help: ArgumentHelp("The folder that holds the corpus roots, in place of facts.", valueName: "dir"))
    var corpus: String?
    @Option(
        help: ArgumentHelp(
            "text: as compilers print; json: an array of findings; markdown: a table; sarif: SARIF 2.1.0 for code scanning;"
                + " github: annotations of a job."))
    var format = Format.text
    @Option(help: "The least severity that is shown (default: warning; info for json and sarif).")
    var severity: Severity?
    @Flag(help: "Prints every rule with an example, and what can be configured.")
    var listRules = false
    @Flag(help: "Prints for each claim what it was bound to and why, or why not, in place of the findings.")
    var explainBinding = false
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var colour: ColourOption
    @OptionGroup var verbosity: VerbosityOptions

    func validate() throws {
        if listRules || explainBinding, ![.text, .json].contains(format) {
            throw ValidationError("--\(listRules ? "list-rules" : "explain-binding") prints text or json")
        }
        if listRules { return }
        if reports.isEmpty { throw ValidationError("name a report, as in 'chimera-gate lint report.md'") }
        if facts != nil, corpus != nil { throw ValidationError("--facts and --corpus exclude each other") }
    }

    func run() throws {
        let draft = try file.load()
        let settings = draft.qualitySettings(fallback: nil)
        if listRules {
            let output = Terminal.standardOutput
            guard format == .json else { return try output.deliver(RuleListing.text(settings)) }
            return try output.deliver(document: RulesDocument(settings))
        }
        let day = WallClock.time.date
        for warning in settings.expiryWarnings(on: day) {
            Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
        }
        let paths = try ReportPaths.expanded(reports)
        let source = try FactsSource(
            facts: facts, corpus: corpus, roots: draft.corpusConfiguration, reports: paths,
            sections: settings.requiredSections ?? [])
        let results = ReportLinting(source: source, settings: settings, day: day, explains: explainBinding)
            .lint(paths)
        let linted = results.compactMap { try? $0.get() }
        if explainBinding {
            try explain(linted)
        } else if !linted.isEmpty {
            try present(linted)
        }
        try fail(results)
        guard !linted.contains(where: { exceedsAllowance($0, settings) }) else {
            throw ExitCode(GateExit.qualityRegression.rawValue)
        }
    }

    /// One line for each claim, in the order of the text.
    private func explain(_ reports: [LintedReport]) throws {
        if format == .json {
            return try Terminal.standardOutput.deliver(document: LintBindingsDocument(reports))
        }
        let lines = reports.flatMap { report in
            report.bindings.sorted { ($0.line, $0.column) < ($1.line, $1.column) }.map { claim in
                "\(report.path):\(claim.line):\(claim.column): \(claim.verdict): '\(claim.claim)'"
                    + (claim.binding.isEmpty ? "" : " bound to \(claim.binding)")
                    + (claim.evidence.isEmpty ? "" : " [\(claim.evidence)]") + "\n"
            }
        }
        try Terminal.standardOutput.deliver(lines: lines.joined())
    }

    private func present(_ reports: [LintedReport]) throws {
        let least = severity ?? ([.json, .sarif].contains(format) ? .info : .warning)
        let shown = reports.map { $0.showing(least) }
        let output = Terminal.standardOutput
        for note in shown.flatMap(\.notes).prefix(5) { Terminal.standardError.note(note) }
        switch format {
        case .text:
            let text = LintText(
                showsSource: output.isTerminal, isColoured: output.showsColours(colour.choice), width: output.width)
            try output.deliver(text.render(shown))
        case .json:
            // An array, as scripts have always read it; each finding has the version.
            let findings = shown.flatMap(\.linted)
            try output.deliver(document: findings)
        case .markdown: try output.deliver(LintMarkdown().render(shown))
        case .sarif:
            let sarif = LintSARIF(
                rules: RuleRegistry.all, folder: WorkingFolder.path, version: ToolVersion.current)
            try output.deliver(sarif.render(shown))
        case .github: try output.deliver(LintAnnotations().render(shown))
        }
    }

    /// Every report that could not be judged is said; the first one decides the status.
    private func fail(_ results: [Result<LintedReport, any Error>]) throws {
        let failures = results.compactMap { result -> CommandFailure? in
            guard case .failure(let error) = result else { return nil }
            return CommandFailure(error)
        }
        guard let first = failures.first else { return }
        for failure in failures.dropLast() { Terminal.standardError.error(failure.message) }
        throw CommandFailure(first.code, failures.last?.message ?? first.message)
    }

    /// Errors that are not allowed by configuration.
    private func exceedsAllowance(_ report: LintedReport, _ settings: QualitySettings) -> Bool {
        let errors = report.assessment.findings.filter { $0.severity == .error }
        return Set(errors.map(\.rule)).contains { rule in
            errors.count { $0.rule == rule } > settings.setting(of: rule).allowance ?? 0
        }
    }
}
