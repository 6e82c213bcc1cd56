/// How the claims of a report came out: numbers, dates and names of files.
public struct ClaimCounts: Codable, Sendable, Equatable {
    /// A fact says the same.
    public var grounded: Int
    /// One operation over facts that the sentence names gives it.
    public var derivable: Int
    /// A fact says otherwise.
    public var contradicted: Int
    /// A real value on the wrong metric, entity or aggregate.
    public var misattributed: Int
    /// No fact speaks of it where one should.
    public var unsupported: Int
    /// Not to be decided from the facts; never counted as grounded.
    public var unverifiable: Int

    public init(
        grounded: Int = 0, derivable: Int = 0, contradicted: Int = 0, misattributed: Int = 0, unsupported: Int = 0,
        unverifiable: Int = 0
    ) {
        self.grounded = grounded
        self.derivable = derivable
        self.contradicted = contradicted
        self.misattributed = misattributed
        self.unsupported = unsupported
        self.unverifiable = unverifiable
    }

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
    public var words: Int
    /// The share of required sections that are there, 0…1; nil where none is required.
    public var sectionCoverage: Double?
    /// Whether every date that the report gives itself is the date of the run; nil where it gives none or the run's
    /// date is unknown.
    public var isDateCorrect: Bool?
    /// The share of four-word runs that occurred before, 0…1.
    public var repeatedFourGrams: Double
    /// Different pairs of words per pair, 0…1.
    public var distinctBigrams: Double
    /// The assistant speaks to its user.
    public var hasChatter: Bool

    public init(
        words: Int = 0, sectionCoverage: Double? = nil, isDateCorrect: Bool? = nil, repeatedFourGrams: Double = 0,
        distinctBigrams: Double = 1, hasChatter: Bool = false
    ) {
        self.words = words
        self.sectionCoverage = sectionCoverage
        self.isDateCorrect = isDateCorrect
        self.repeatedFourGrams = repeatedFourGrams
        self.distinctBigrams = distinctBigrams
        self.hasChatter = hasChatter
    }
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
