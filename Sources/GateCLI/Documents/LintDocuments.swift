import GateReports

/// `lint --explain-binding --format json`.
struct LintBindingsDocument: Encodable {
    struct Report: Encodable {
        /// As the user named it.
        let file: String
        let claims: [LintedBinding]
    }

    let schema = "lint-bindings"
    let version = 1
    let reports: [Report]

    init(_ linted: [LintedReport]) {
        reports = linted.map { report in
            Report(
                file: report.path,
                claims: report.bindings.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
    }
}
