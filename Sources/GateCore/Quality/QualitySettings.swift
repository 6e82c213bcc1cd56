/// How reports are judged: which rules, how severely, what must be in a report and what may be.
public struct QualitySettings: Codable, Sendable, Equatable {
    /// What a configuration changes about one rule.
    public struct RuleSetting: Codable, Sendable, Equatable {
        public let rule: RuleID
        /// A rule that is off finds nothing.
        public var isOn: Bool
        /// In place of the severities that the rule gives by itself; nil leaves them.
        public var severity: Severity?
        /// How many errors of this rule a report may have before the check fails, in place of the baseline's allowance;
        /// nil leaves that.
        public var allowance: Int?

        public init(rule: RuleID, isOn: Bool = true, severity: Severity? = nil, allowance: Int? = nil) {
            self.rule = rule
            self.isOn = isOn
            self.severity = severity
            self.allowance = allowance
        }
    }

    /// A finding that somebody has looked at and lets pass for a while.
    public struct AllowedFinding: Codable, Sendable, Equatable {
        public let rule: RuleID
        /// The claim as written, letter case aside; `*` stands for anything.
        public let claim: String
        /// Why it may stay.
        public let reason: String
        /// A day, the last on which it holds: `2026-12-31`.
        public let expires: String

        public init(rule: RuleID, claim: String, reason: String, expires: String) {
            self.rule = rule
            self.claim = claim
            self.reason = reason
            self.expires = expires
        }

        /// - Parameter day: `2026-11-25`
        public func isExpired(on day: String) -> Bool { expires < day }

        public func covers(_ finding: Finding) -> Bool {
            rule == finding.rule && WildcardPattern(claim).matches(finding.claim)
        }
    }

    /// Sorted by rule; a rule that is absent is as the catalogue has it.
    public var rules: [RuleSetting]
    /// Names of the sections that a report must have; nil leaves that to the report's facts.
    public var requiredSections: [String]?
    /// Findings that may stay for a while.
    public var allowed: [AllowedFinding]
    /// Names that a report may use although the data does not: machines, teams, models; `*` stands for anything.
    public var entities: [String]
    /// Words that are no drift into another language or script.
    public var vocabulary: [String]

    public init(
        rules: [RuleSetting] = [], requiredSections: [String]? = nil, allowed: [AllowedFinding] = [],
        entities: [String] = [], vocabulary: [String] = []
    ) {
        self.rules = rules.sorted { $0.rule < $1.rule }
        self.requiredSections = requiredSections
        self.allowed = allowed
        self.entities = entities
        self.vocabulary = vocabulary
    }

    public func setting(of rule: RuleID) -> RuleSetting {
        rules.first { $0.rule == rule } ?? RuleSetting(rule: rule)
    }

    /// The sections that a report must have: those that are configured, else those that its facts name. Nobody else asks
    /// for any.
    ///
    /// - Parameter facts: of the report's facts; nil where it has none.
    public func sections(facts: [String]?) -> [String] { requiredSections ?? facts ?? [] }

    /// The findings that these settings leave, with the severities that they give.
    ///
    /// - Parameter day: the day of the check, which decides what has expired.
    public func applied(to findings: [Finding], on day: String) -> [Finding] {
        let valid = allowed.filter { !$0.isExpired(on: day) }
        return findings.compactMap { finding in
            let setting = setting(of: finding.rule)
            guard setting.isOn, !isKnownName(finding), !valid.contains(where: { $0.covers(finding) }) else {
                return nil
            }
            var finding = finding
            // What only informs has not become a defect because its rule is severe.
            if let severity = setting.severity, finding.severity != .info { finding.severity = severity }
            return finding
        }
    }

    /// A name that the data does not have, and that is right all the same.
    private func isKnownName(_ finding: Finding) -> Bool {
        guard finding.rule == .E01 || finding.rule == .E02 else { return false }
        return entities.contains { WildcardPattern($0).matches(finding.claim) }
    }

    /// One warning for each allowed finding that has expired and has no effect any more.
    public func expiryWarnings(on day: String) -> [Warning] {
        allowed.filter { $0.isExpired(on: day) }.map { entry in
            Warning(
                "the allowed finding \(entry.rule.rawValue) '\(entry.claim)' expired on \(entry.expires)"
                    + " and has no effect (reason: \(entry.reason))",
                remedy: "Look at it again, then remove it from quality.allow or give it a later day.")
        }
    }
}

extension RuleID: Comparable {
    /// In the order of the taxonomy.
    public static func < (left: RuleID, right: RuleID) -> Bool { left.rawValue < right.rawValue }
}
