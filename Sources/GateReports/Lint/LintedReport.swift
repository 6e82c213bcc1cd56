public import GateCore

/// A report that was judged by itself, with what is needed to tell of it.
public struct LintedReport: Sendable {
    /// As the user named it.
    public let path: String
    /// The report as it is, for showing the lines that are meant.
    public let text: String
    public let assessment: ReportAssessment
    /// What was not checked and why, one sentence each.
    public let notes: [String]

    public init(path: String, text: String, assessment: ReportAssessment, notes: [String] = []) {
        self.path = path
        self.text = text
        self.assessment = assessment
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
        return LintedReport(path: path, text: text, assessment: shown, notes: notes)
    }

    func count(of severity: Severity) -> Int { assessment.findings.count { $0.severity == severity } }
}

extension Finding {
    /// What the finding says and what it rests on, on one line.
    var explained: String { evidence.isEmpty ? message : "\(message) [\(evidence)]" }
}
