/// A stretch of one line of a report.
public struct ReportPlace: Codable, Sendable, Hashable {
    /// Counted from 1.
    public let line: Int
    /// In Unicode code points, counted from 1.
    public let columnStart: Int
    /// As above; the first column after the stretch. At least 1.
    public let columnEnd: Int

    public init(line: Int, columnStart: Int, columnEnd: Int) {
        self.line = line
        self.columnStart = columnStart
        self.columnEnd = columnEnd
    }
}

extension ReportPlace: Comparable {
    public static func < (left: ReportPlace, right: ReportPlace) -> Bool {
        (left.line, left.columnStart, left.columnEnd) < (right.line, right.columnStart, right.columnEnd)
    }
}

/// A defect of a report, with its place and its evidence.
public struct Finding: Codable, Sendable, Equatable {
    public var rule: RuleID
    public var severity: Severity
    public var place: ReportPlace
    /// As the report writes it.
    public var claim: String
    /// The fact with its file and row or pointer, or the computation; empty where the claim speaks for itself.
    public var evidence: String
    /// One sentence that says what is wrong to a person who never saw the checker.
    public var message: String

    public init(
        rule: RuleID, severity: Severity, place: ReportPlace, claim: String, evidence: String, message: String
    ) {
        self.rule = rule
        self.severity = severity
        self.place = place
        self.claim = claim
        self.evidence = evidence
        self.message = message
    }
}
