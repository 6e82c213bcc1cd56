/// What was found in the report of one run: the figures that a baseline keeps, and why its timings may not count.
public struct ReportQuality: Codable, Sendable, Equatable {
    /// The run's number; 0 where the report belongs to none.
    public let run: Int
    /// Relative to the session directory.
    public let file: String
    /// SHA-256 of the model's own words, hexadecimal: reports with the same words say the same thing once.
    public let digest: String
    public let measurements: Measurements
    /// Findings of severity error for each rule that has some.
    public let errors: [RuleCount]
    /// Findings of severity warning.
    public let warnings: Int
    /// The report was cut off (S05).
    public let isTruncated: Bool
    /// The report goes round in circles (S11 as an error).
    public let isRunaway: Bool

    public struct RuleCount: Codable, Sendable, Equatable {
        public let rule: RuleID
        /// How many. At least 1.
        public let count: Int

        public init(rule: RuleID, count: Int) {
            self.rule = rule
            self.count = count
        }
    }

    public init(run: Int, file: String, digest: String, assessment: ReportAssessment) {
        self.run = run
        self.file = file
        self.digest = digest
        measurements = assessment.measurements
        let failed = assessment.findings.filter { $0.severity == .error }
        errors = RuleID.allCases.compactMap { rule in
            let count = failed.count { $0.rule == rule }
            return count > 0 ? RuleCount(rule: rule, count: count) : nil
        }
        warnings = assessment.findings.count { $0.severity == .warning }
        isTruncated = failed.contains { $0.rule == .S05 }
        isRunaway = failed.contains { $0.rule == .S11 }
    }

    /// Empty for a whole report.
    public var marks: [ReportMark] {
        [isTruncated ? ReportMark.truncated : nil, isRunaway ? .runaway : nil].compactMap(\.self)
    }

    /// What has no content, ends in the middle, goes round in circles, slips into another script or lacks a section that it
    /// must have is no report that somebody could use, whatever its figures are.
    public var isBroken: Bool { errors.contains { ReportQuality.breaking.contains($0.rule) } }

    /// The rules whose errors do, in the order in which they are told.
    public static let breaking: [RuleID] = [.S01, .S02, .S05, .S09, .S11]

    public func errors(of rule: RuleID) -> Int { errors.first { $0.rule == rule }?.count ?? 0 }

    /// A run whose report was cut off or did not come to an end: it is not a faster or a slower one.
    public var doubt: String? { marks.words.map { "its report \($0)" } }
}

extension [ReportQuality] {
    /// More than half of them are broken.
    public var areMostlyBroken: Bool { count(where: \.isBroken) * 2 > count }
}

/// How many errors of each rule a report may have before that fails: what was there when the baseline was approved.
public struct QualityAllowance: Codable, Sendable, Equatable {
    /// By rule; a rule that is absent allows none.
    public let rules: [ReportQuality.RuleCount]

    public init(_ rules: [ReportQuality.RuleCount]) { self.rules = rules.filter { $0.count > 0 } }

    /// The most errors that any of the reports has.
    public init(of reports: [ReportQuality]) {
        self.init(
            RuleID.allCases.map { rule in
                ReportQuality.RuleCount(rule: rule, count: reports.map { $0.errors(of: rule) }.max() ?? 0)
            })
    }

    public subscript(rule: RuleID) -> Int { rules.first { $0.rule == rule }?.count ?? 0 }

    /// No more than either allows: an allowance only ever gets smaller.
    public func tightened(by other: QualityAllowance) -> QualityAllowance {
        QualityAllowance(
            RuleID.allCases.map { ReportQuality.RuleCount(rule: $0, count: min(self[$0], other[$0])) })
    }

    /// With what is configured in place of what was approved.
    public func configured(by settings: QualitySettings) -> QualityAllowance {
        QualityAllowance(
            RuleID.allCases.map { rule in
                ReportQuality.RuleCount(rule: rule, count: settings.setting(of: rule).allowance ?? self[rule])
            })
    }

    /// Rules of which the report has more errors than are allowed.
    public func exceeded(by report: ReportQuality) -> [RuleID] {
        RuleID.allCases.filter { report.errors(of: $0) > self[$0] }
    }
}

/// What a baseline keeps of the reports of an approved session.
public struct ApprovedQuality: Codable, Sendable, Equatable {
    public let allowance: QualityAllowance
    /// Of the approved runs, in their order.
    public let reports: [ReportQuality]

    public init(allowance: QualityAllowance, reports: [ReportQuality]) {
        self.allowance = allowance
        self.reports = reports
    }
}
