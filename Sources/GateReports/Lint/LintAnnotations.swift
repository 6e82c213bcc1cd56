import GateCore

/// Findings as GitHub's annotations, no more of each level than it shows, and how many there are.
public struct LintAnnotations: Sendable {
    public init() {}

    public func render(_ reports: [LintedReport]) -> String {
        let all = reports.flatMap { report in
            report.assessment.findings.map { Annotation($0, file: report.path) }
        }
        let shown = Annotation.capped(all, rest: "are in 'chimera-gate lint' of the same reports")
        return (shown.map(LogCommands.github) + [LintText.total(of: reports), ""]).joined(separator: "\n")
    }
}
