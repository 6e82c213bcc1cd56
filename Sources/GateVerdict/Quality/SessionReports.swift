public import GateCore

/// The reports of a session, each checked against its facts, and the settings by which they are judged.
public struct SessionReports: Sendable {
    /// Of the measured runs, in their order.
    public var reports: [JudgedReport] = []
    /// What could not be checked.
    public var warnings: [Warning] = []
    /// Rules and allowances.
    public let settings: QualitySettings

    public init(settings: QualitySettings) { self.settings = settings }

    /// Nil for a session without any report.
    func judgement(baseline: Baseline?, policy: Policy) -> QualityJudgement? {
        guard !reports.isEmpty || !warnings.isEmpty else { return nil }
        return QualityJudge.judge(
            reports: reports, baseline: baseline?.sessions.compactMap(\.quality) ?? [], settings: settings,
            policy: policy)
    }
}
