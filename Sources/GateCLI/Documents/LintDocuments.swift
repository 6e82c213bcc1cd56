import GateReports

/// What the claims of reports were bound to: `lint --explain-binding --format json`.
struct LintBindingsDocument: Encodable {
    /// A report.
    struct Report: Encodable {
        /// As the user named it.
        let file: String
        /// In the order of the text.
        let claims: [LintedBinding]
    }

    let schema = "lint-bindings"
    let version = 1
    /// In the order of the call.
    let reports: [Report]

    init(_ linted: [LintedReport]) {
        reports = linted.map { report in
            Report(
                file: report.path,
                claims: report.bindings.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
    }
}
