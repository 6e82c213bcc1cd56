import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateSettings
import GateVerdict

/// A session on its way into the baseline, as `approve`, `append` and `record` take it there.
struct SessionApproval {
    /// The session directory.
    let path: String
    let store: BaselineStore
    let file: ConfigurationFileOption
    let reason: String
    var approver: String?
    var figures = ApprovedFigures.all
    var startsAnew = false
    var appendsOnly = false
    var allowed: Set<ApprovalDoubt> = []
    var adoptsQuality = false
    var key: SigningKeyOption
    /// Says what would be written and writes nothing.
    var isDryRun = false
    /// Whether it is told for people as it goes on.
    var format = OutputFormat.text

    @discardableResult
    func perform() throws -> BaselineChangeDocument.Approved {
        let directory = try SessionDirectory.open(at: path)
        let whole = try directory.session()
        let quality = try qualityApproval(of: whole, in: directory)
        let measured = whole.without(runs: Set(quality?.excluded.map(\.run) ?? []))
            .marking(quality?.quality.reports ?? [])
        let policy = try file.load(for: measured).policy(
            flags: ConfigurationFlags(), fallback: measured.configuration.policy)
        var announced: ApprovalProposal?
        var written: BaselineReference?
        do {
            let (reference, effect) = try store.approve(
                measured, request(quality, whole: whole, measured: measured),
                announce: { proposal in
                    announced = proposal
                    if format == .text { LimitWords(proposal, policy).print() }
                    if isDryRun { throw Unwritten() }
                }, sign: key.signer(listed: policy.approvalKeys))
            written = reference
            let replaced = announced?.before?.sessions.count { $0.sessionId != measured.id } ?? 0
            try say(measured, reference, effect, quality, replaced: replaced)
        } catch is Unwritten {
            if format == .text { Terminal.standardOutput.line("nothing was written (--dry-run)") }
        }
        return document(measured, announced, written, policy, quality)
    }

    private struct Unwritten: Error {}

    private func document(
        _ session: Session, _ proposal: ApprovalProposal?, _ written: BaselineReference?, _ policy: Policy,
        _ quality: QualityApproval?
    ) -> BaselineChangeDocument.Approved {
        let approval = proposal?.after.sessions.first { $0.sessionId == session.id }?.approval
        return BaselineChangeDocument.Approved(
            sessionId: session.id, workload: session.workloadName.rawValue, machineClass: session.machineClass,
            file: written?.file, effect: proposal?.effect.word, replaces: proposal?.effect.replaces,
            overrides: approval?.overrides ?? [],
            limits: (proposal.map { LimitWords($0, policy).moved } ?? []).compactMap { limit in
                CheckDocument(limit.check).map { .init(check: $0, before: limit.before, after: limit.after) }
            },
            leftOutRuns: (quality?.excluded ?? []).map { .init(run: $0.run, reason: $0.reason) })
    }

    private func request(
        _ quality: QualityApproval?, whole: Session, measured: Session
    ) -> ApprovalRequest {
        var request = ApprovalRequest(
            approval: Approval(
                reason: reason, approvedAt: WallClock.time, approvedBy: approver ?? SourceRevision.approver(),
                commit: measured.environment.commit), quality: quality?.quality)
        request.figures = figures
        request.startsAnew = startsAnew
        request.appendsOnly = appendsOnly
        request.allowed = allowed
        // Runs that were left out for their reports are no runs that are missing.
        if whole.runs.count > measured.runs.count, !whole.approvalDoubts.contains(where: { $0.doubt == .runs }) {
            request.excusesRuns = true
        }
        request.qualityOverride = allowed.contains(.quality)
        request.brokenReports = quality?.brokenReports
        return request
    }

    private func say(
        _ session: Session, _ reference: BaselineReference, _ effect: ApprovalEffect, _ quality: QualityApproval?,
        replaced: Int
    ) throws {
        guard format == .text else { return }
        let isOneOfSeveral = try !file.load().workloadNames.isEmpty
        let output = Terminal.standardOutput
        output.line(
            "approved session \(session.id) as the baseline of '\(session.workloadName)'"
                + " on '\(session.machineClass)'\(effect.words(of: session, replaced: replaced, isOneOfSeveral: isOneOfSeveral))"
        )
        output.line("  \(reference.file) (\(reference.id.prefix(19))…); commit it")
        if let quality { QualityApprovalWords(quality).print() }
        if let warning = SessionWarnings.interruption(of: session) {
            Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
        }
    }

    /// Nil for a session without reports.
    private func qualityApproval(of measured: Session, in directory: SessionDirectory) throws -> QualityApproval? {
        let settings = try file.load(for: measured).qualitySettings(fallback: measured.configuration.quality)
        let judged = SessionQuality(
            session: measured, directory: directory, settings: settings, day: WallClock.time.date
        )
        .judged()
        for warning in judged.warnings {
            Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
        }
        let replaced = try store.read(for: measured)
        let previous = replaced?.baseline.sessions.last { $0.quality != nil }?.quality
        let approval = QualityApproval(
            reports: judged.reports.map(\.quality), previous: previous?.allowance,
            approved: startsAnew ? [] : previous?.reports ?? [], settings: settings,
            adopts: adoptsQuality || allowed.contains(.quality))
        guard let approval, approval.isRefused else { return approval }
        var doubts: [ApprovalDoubt: String] = [.quality: QualityApprovalWords(approval).refusal]
        if let reason = approval.brokenReports, !allowed.contains(.brokenReports) { doubts[.brokenReports] = reason }
        throw BaselineError.doubtful(sessionId: measured.id, doubts: doubts)
    }
}

/// What an approval makes of the limits that the next session is held to.
struct LimitWords {
    private let limits: [ToleranceLimit]

    init(_ proposal: ApprovalProposal, _ policy: Policy) {
        limits = proposal.before == nil ? [] : proposal.limits(under: policy)
    }

    var moved: [ToleranceLimit] { limits.filter { $0.before != $0.after } }

    /// A line for each limit that moves.
    func print() {
        let output = Terminal.standardOutput
        guard !moved.isEmpty else { return }
        output.line("limits that move (median and tolerance):")
        for limit in moved {
            func words(_ value: Double?) -> String {
                value.map { DisplayFormat.value($0, unit: limit.unit) } ?? "none"
            }
            let change = limit.change.map { " (\(DisplayFormat.change($0)))" } ?? ""
            output.line("  \(limit.check): \(words(limit.before)) → \(words(limit.after))\(change)")
        }
    }
}

extension ApprovalEffect {
    /// For programs.
    fileprivate var word: BaselineChangeDocument.Approved.Effect {
        switch self {
        case .first: .first
        case .again: .again
        case .replaced: .replaced
        case .stepped: .stepped
        case .added: .added
        }
    }

    /// Why what was approved before was replaced; nil where it was not.
    fileprivate var replaces: String? { if case .replaced(let reason) = self { reason } else { nil } }

    /// The end of the sentence that says what was approved.
    ///
    /// - Parameter replaced: sessions that are approved no more, where it takes their place.
    fileprivate func words(of session: Session, replaced: Int, isOneOfSeveral: Bool) -> String {
        let enough = Judgement.enoughSessions
        switch self {
        case .first:
            return ": the first session; \(enough) show how much sessions differ,"
                + " so measure and approve \(enough - 1) more"
                + (session.workload == .imported || session.workload == .load
                    ? ""
                    : ": chimera-gate baseline record --sessions \(enough - 1)"
                        + (isOneOfSeveral ? " --name \(session.workloadName)" : "") + " --reason \"…\"")
        case .again: return ", as it was approved before"
        case .replaced(let reason):
            return ", in place of the \(DisplayFormat.count(replaced, "session")) that were approved: \(reason)"
        case .stepped(let checks, _):
            return ": in place of what was approved for \(checks.map(\.description).joined(separator: ", "))"
        case .added(let sessions) where sessions < enough:
            return
                ": session \(sessions) of \(enough) that are enough; \(enough - sessions) more to measure and approve"
        case .added(let sessions): return ": session \(sessions)"
        }
    }
}
