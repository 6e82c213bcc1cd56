/// How the claims of a report came out: numbers, dates and names of files.
public struct ClaimCounts: Codable, Sendable, Equatable {
    /// A fact says the same.
    public var grounded = 0
    /// One operation over facts that the sentence names gives it.
    public var derivable = 0
    /// A fact says otherwise.
    public var contradicted = 0
    /// A real value on the wrong metric, entity or aggregate.
    public var misattributed = 0
    /// No fact speaks of it where one should.
    public var unsupported = 0
    /// Not to be decided from the facts; never counted as grounded.
    public var unverifiable = 0

    public init() {}

    /// Claims that could be decided.
    public var checkable: Int { grounded + derivable + contradicted + misattributed + unsupported }

    /// Claims of every kind.
    public var all: Int { checkable + unverifiable }

    /// The share of the checkable claims that the facts bear out, 0…1; nil without any.
    public var groundedness: Double? {
        checkable == 0 ? nil : Double(grounded + derivable) / Double(checkable)
    }

    /// The share of all claims that the facts cannot decide, 0…1; nil without any.
    public var unverifiableShare: Double? {
        all == 0 ? nil : Double(unverifiable) / Double(all)
    }
}

/// What is measured on a report's form.
public struct ReportMeasures: Codable, Sendable, Equatable {
    public var words = 0
    /// The share of required sections that are there, 0…1; nil where none is required.
    public var sectionCoverage: Double?
    /// Whether every date that the report gives itself is the date of the run; nil where it gives none or the run's
    /// date is unknown.
    public var isDateCorrect: Bool?
    /// The share of four-word runs that occurred before, 0…1.
    public var repeatedFourGrams = 0.0
    /// Different pairs of words per pair, 0…1.
    public var distinctBigrams = 1.0
    /// The assistant speaks to its user.
    public var hasChatter = false

    public init() {}
}

/// All that the checker says of one report.
public struct ReportAssessment: Codable, Sendable, Equatable {
    /// In the order of the text.
    public var findings: [Finding]
    public var claims: ClaimCounts
    public var measures: ReportMeasures

    public init(findings: [Finding], claims: ClaimCounts, measures: ReportMeasures) {
        self.findings = findings.sorted { ($0.place, $0.rule.rawValue) < ($1.place, $1.rule.rawValue) }
        self.claims = claims
        self.measures = measures
    }

    public func count(of rule: RuleID) -> Int { findings.count { $0.rule == rule } }
    public func count(of severity: Severity) -> Int { findings.count { $0.severity == severity } }
}
