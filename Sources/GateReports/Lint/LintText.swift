internal import GateCore

/// Findings as compilers print them, so that editors and CI find the place: `report.md:24:3: error: G02 …`.
public struct LintText: Sendable {
    /// Whether the meant line is shown with a mark below it: where a person looks.
    public let showsSource: Bool
    public let isColoured: Bool
    /// Columns of the terminal; what is meant stands in sight.
    public let width: Int

    public init(showsSource: Bool = false, isColoured: Bool = false, width: Int = 100) {
        self.showsSource = showsSource
        self.isColoured = isColoured
        self.width = max(40, width)
    }

    /// Every finding of every report in order, and how many there are.
    public func render(_ reports: [LintedReport]) -> String {
        var text = ""
        for report in reports { text += render(report) }
        return text + LintText.total(of: reports) + "\n"
    }

    private func render(_ report: LintedReport) -> String {
        var text = ""
        let source = showsSource ? SourceExcerpt(report.text, width: width) : nil
        for finding in report.assessment.findings {
            let place = finding.place
            let severity = ConsoleText.coloured(finding.severity.rawValue, finding.severity.colour, isOn: isColoured)
            let path = ConsoleText.line(report.path, limit: 1000)
            let words = ConsoleText.line(finding.message, limit: 600)
            text += "\(path):\(place.line):\(place.columnStart): \(severity): \(finding.rule.rawValue) \(words)"
            let claim = ConsoleText.line(finding.claim, limit: 120)
            let evidence = ConsoleText.line(finding.evidence, limit: 400)
            if let source {
                text += "\n" + source.lines(at: place, colour: finding.severity.colour, isColoured: isColoured)
                if !evidence.isEmpty { text += "\n      = \(evidence)" }
            } else {
                text += " ['\(claim)'" + (evidence.isEmpty ? "" : "; \(evidence)") + "]"
            }
            text += "\n"
        }
        return text
    }

    /// `3 reports: 5 errors, 7 warnings; 41 of 52 checkable claims grounded`
    public static func total(of reports: [LintedReport]) -> String {
        let errors = reports.reduce(0) { $0 + $1.count(of: .error) }
        let warnings = reports.reduce(0) { $0 + $1.count(of: .warning) }
        let claims = reports.reduce(0) { $0 + $1.assessment.claims.checkable }
        let grounded = reports.reduce(0) { $0 + $1.assessment.claims.grounded + $1.assessment.claims.derivable }
        return "\(DisplayFormat.count(reports.count, "report")): \(DisplayFormat.count(errors, "error")),"
            + " \(DisplayFormat.count(warnings, "warning"))"
            + (claims > 0 ? "; \(grounded) of \(claims) checkable claims grounded" : "")
    }
}

extension Severity {
    var colour: ConsoleText.Colour {
        switch self {
        case .error: .red
        case .warning: .yellow
        case .info: .dim
        }
    }
}
