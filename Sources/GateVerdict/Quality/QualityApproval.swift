public import GateCore

/// What becomes of a session's reports when the session is approved: which runs may be part of a baseline, and how many
/// errors the next reports may have.
public struct QualityApproval: Sendable, Equatable {
    public struct ExcludedRun: Sendable, Equatable {
        public let run: Int
        /// `its report was cut off`
        public let reason: String
    }

    /// Of the runs that are kept.
    public let quality: ApprovedQuality
    /// Runs that fail, oldest first: they never become part of a baseline.
    public let excluded: [ExcludedRun]
    /// Why these reports are no first measure: most are broken, and what was approved before is not; nil for others.
    public let brokenReports: String?
    /// The errors of the reports became the allowance, because nothing had been approved before or the user said so.
    let isAdopted: Bool

    /// - Parameters:
    ///   - reports: of the measured runs.
    ///   - previous: the allowance of the baseline that is replaced; nil where there is none.
    ///   - approved: the reports of the session that was approved last; empty where a new measure begins.
    ///   - adopts: the user takes the errors as they are, whatever was allowed before.
    /// - Returns: nil for a session without reports.
    public init?(
        reports: [ReportQuality], previous: QualityAllowance?, approved: [ReportQuality] = [],
        settings: QualitySettings, adopts: Bool
    ) {
        guard !reports.isEmpty else { return nil }
        brokenReports =
            reports.areMostlyBroken && !approved.areMostlyBroken ? QualityApproval.brokenWords(reports) : nil
        isAdopted = previous == nil || adopts
        let reasons =
            isAdopted
            ? QualityApproval.reasonsToAdopt(reports, settings)
            : reports.map { QualityApproval.excess($0, previous?.configured(by: settings) ?? QualityAllowance([])) }
        let kept = zip(reports, reasons).filter { $1 == nil }.map(\.0)
        excluded = zip(reports, reasons).compactMap { report, reason in
            reason.map { ExcludedRun(run: report.run, reason: $0) }
        }
        let present = QualityAllowance(of: kept)
        let allowance = isAdopted ? present : previous?.tightened(by: present) ?? present
        quality = ApprovedQuality(allowance: allowance, reports: kept)
    }

    /// Where no run is left there is nothing to approve.
    public var isRefused: Bool { quality.reports.isEmpty }

    /// A pipeline whose reports are all cut off can adopt the gate, too; one that is cut off among whole ones is no
    /// measurement of a report.
    private static func reasonsToAdopt(_ reports: [ReportQuality], _ settings: QualitySettings) -> [String?] {
        let configured = settings.rules.filter { $0.allowance != nil }.map(\.rule)
        let isUsual = reports.count { $0.doubt != nil } * 2 > reports.count
        return reports.map { report in
            for rule in configured {
                let allowed = settings.setting(of: rule).allowance ?? 0
                if report.errors(of: rule) > allowed { return words(rule, report, allowed) }
            }
            return isUsual ? nil : report.doubt
        }
    }

    private static func brokenWords(_ reports: [ReportQuality]) -> String {
        let broken = reports.filter(\.isBroken)
        let rules = ReportQuality.breaking.filter { rule in broken.contains { $0.errors(of: rule) > 0 } }
        return "\(broken.count) of its \(reports.count) reports are broken"
            + " (\(rules.map { "\($0.rawValue) \($0.title)" }.joined(separator: ", "))), so that nobody could use them"
    }

    private static func excess(_ report: ReportQuality, _ allowance: QualityAllowance) -> String? {
        let rules = allowance.exceeded(by: report)
        guard !rules.isEmpty else { return nil }
        return rules.map { words($0, report, allowance[$0]) }.joined(separator: "; ")
    }

    private static func words(_ rule: RuleID, _ report: ReportQuality, _ allowed: Int) -> String {
        let count = report.errors(of: rule)
        return "\(rule.rawValue) \(rule.title): \(count) error\(count == 1 ? "" : "s"), \(allowed) allowed"
    }
}

extension Session {
    /// The session without the runs of those numbers.
    public func without(runs excluded: Set<Int>) -> Session {
        guard !excluded.isEmpty else { return self }
        var session = self
        session.runs.removeAll { excluded.contains($0.index) }
        return session
    }
}
