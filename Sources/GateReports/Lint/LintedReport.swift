public import GateCore

/// What a claim was bound to and why, or why not.
public struct LintedBinding: Codable, Sendable, Equatable {
    /// Counted from 1.
    public let line: Int
    /// In Unicode code points, counted from 1.
    public let column: Int
    /// As the report writes it.
    public let claim: String
    /// `grounded`, `derivable`, `contradicted`, `misattributed`, `unsupported`, `unverifiable`
    public let verdict: String
    /// The words, the metric and the fact that it was bound to; empty for none.
    public let binding: String
    /// The fact with its file and place, or the computation; empty for none.
    public let evidence: String

    public init(line: Int, column: Int, claim: String, verdict: String, binding: String, evidence: String) {
        self.line = line
        self.column = column
        self.claim = claim
        self.verdict = verdict
        self.binding = binding
        self.evidence = evidence
    }
}

/// A report that was judged by itself, with what is needed to tell of it.
public struct LintedReport: Sendable {
    /// As the user named it.
    public let path: String
    /// The report as it is, for showing the lines that are meant.
    public let text: String
    public let assessment: ReportAssessment
    /// What each claim was bound to, where that was asked for.
    public let bindings: [LintedBinding]
    /// What was not checked and why, one sentence each.
    public let notes: [String]

    public init(
        path: String, text: String, assessment: ReportAssessment, bindings: [LintedBinding] = [], notes: [String] = []
    ) {
        self.path = path
        self.text = text
        self.assessment = assessment
        self.bindings = bindings
        self.notes = notes
    }

    /// The file's name without its extension.
    public var reportID: String { LintedReport.reportID(ofPath: path) }

    public static func reportID(ofPath path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let point = name.lastIndex(of: "."), point != name.startIndex else { return name }
        return String(name[..<point])
    }

    /// The same report with the findings that are at least that severe.
    public func showing(_ least: Severity) -> LintedReport {
        var shown = assessment
        shown.findings.removeAll { $0.severity < least }
        return LintedReport(path: path, text: text, assessment: shown, bindings: bindings, notes: notes)
    }

    func count(of severity: Severity) -> Int { assessment.findings.count { $0.severity == severity } }
}

extension Finding {
    /// What the finding says and what it rests on, on one line.
    var explained: String { evidence.isEmpty ? message : "\(message) [\(evidence)]" }
}
