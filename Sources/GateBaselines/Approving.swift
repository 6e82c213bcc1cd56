public import GateCore
import GateVerdict

/// What an approval did to the sessions that were approved before.
public enum ApprovalEffect: Sendable, Equatable {
    /// There were none.
    case first
    /// The session is one more of the same: so many there are now.
    case added(sessions: Int)
    /// It was approved before, alone, and is so now in these words.
    case again
    /// It is in their place, because something else was measured or it came out otherwise.
    case replaced(reason: String)
    /// Figures of some checks are in the place of theirs; the others stay.
    case stepped(checks: [CheckID], sessions: Int)

    /// Why an epoch begins; nil where there was nothing, and where the sessions belong together.
    var epochReason: String? {
        if case .replaced(let reason) = self { reason } else { nil }
    }
}

/// Which figures of a session are approved.
public enum ApprovedFigures: Sendable, Equatable {
    case all
    /// Those of these metrics (`ttft`), in every stage or in one (`report/ttft`).
    case metrics([String])
    /// Those that are as good as what is approved, or better.
    case ratchet
}

/// How a session is to be approved.
public struct ApprovalRequest: Sendable {
    public var approval: Approval
    /// Of its reports; nil for a session without any.
    public var quality: ApprovedQuality?
    public var figures = ApprovedFigures.all
    /// The user wants it in the place of what is approved.
    public var startsAnew = false
    /// Only as one more of the same; what would begin an epoch is refused.
    public var appendsOnly = false
    /// What may speak against it. Of that, what does is kept.
    public var allowed: Set<ApprovalDoubt> = []
    /// Runs were left out on purpose, and do not count as missing.
    public var excusesRuns = false
    /// What spoke against its reports and was allowed by whoever judged them.
    public var qualityOverride = false
    /// Why its reports are no first measure; nil where they may be one.
    public var brokenReports: String?

    public init(approval: Approval, quality: ApprovedQuality? = nil) {
        self.approval = approval
        self.quality = quality
    }
}

/// What an approval would write.
public struct ApprovalProposal: Sendable {
    /// nil where nothing is approved yet.
    public let before: Baseline?
    public let after: Baseline
    public let effect: ApprovalEffect
}

/// Whether a session is one more of what is approved, or something new.
///
/// More sessions make the next verdict surer, as they show how much sessions differ. A session that was measured on
/// something else, or that is judged to have changed, is no more of the same: mixed with the old ones it would blur what is
/// compared with.
struct Approving {
    let existing: Baseline?
    let session: Session
    let request: ApprovalRequest

    /// Sessions that are kept, the latest ones.
    static let mostSessions = 20

    /// Throws ``BaselineError`` where something speaks against it.
    func proposal() throws(BaselineError) -> ApprovalProposal {
        if let reason = session.reasonNotToApprove {
            throw .notApprovable(sessionId: session.id, reason: reason)
        }
        let overrides = try overrides()
        let approved = ApprovedSession(
            session: session, approval: request.approval.with(overrides: overrides, metrics: nil),
            quality: request.quality)
        let (sessions, effect) = try result(approved, overrides)
        if request.appendsOnly { try refuseSteps(effect) }
        return ApprovalProposal(before: existing, after: baseline(sessions), effect: effect)
    }

    private func result(
        _ approved: ApprovedSession, _ overrides: [ApprovalDoubt]
    ) throws(BaselineError) -> ([ApprovedSession], ApprovalEffect) {
        // A session that is approved once more takes its own place.
        let others = existing?.sessions.filter { $0.sessionId != session.id } ?? []
        guard !others.isEmpty else {
            let effect: ApprovalEffect = existing == nil ? .first : .again
            guard case .metrics = request.figures else { return ([approved], effect) }
            return ([piece(of: approved, overrides, try chosen(approved, nil))], effect)
        }
        if request.startsAnew { return ([approved], .replaced(reason: "as --replace asks")) }
        let difference = Differences.list(from: baseline(others), to: session).first(where: \.isOfSubstance)
        guard request.figures == .all else {
            return try part(approved, overrides, beside: others, difference)
        }
        if let difference { return ([approved], .replaced(reason: difference.words)) }
        if let change = changes(from: others).first { return ([approved], .replaced(reason: change.words)) }
        let sessions = latest(others + [approved])
        return (sessions, .added(sessions: sessions.count))
    }

    private func latest(_ sessions: [ApprovedSession]) -> [ApprovedSession] {
        Array(sessions.suffix(Approving.mostSessions))
    }

    private func baseline(_ sessions: [ApprovedSession]) -> Baseline {
        Baseline(
            name: session.configuration.name, workload: session.workload, machineClass: session.machineClass,
            sessions: sessions)
    }

    /// The checks that are judged to have changed, each in words.
    private func changes(from others: [ApprovedSession]) -> [(check: CheckID, words: String)] {
        let judgement = Judge.judge(
            session: session, against: .baseline(baseline(others)), policy: session.configuration.policy)
        let changed: [Outcome] = [.regression, .improvement, .lengthChanged, .missing]
        return judgement.verdicts.filter { changed.contains($0.outcome) }
            .map { ($0.check, "\($0.check) is judged as: \($0.outcome.rawValue.replacing("_", with: " "))") }
    }

    // MARK: - What speaks against it

    /// What speaks against it and is allowed.
    private func overrides() throws(BaselineError) -> [ApprovalDoubt] {
        var doubts = Dictionary(session.approvalDoubts.map { ($0.doubt, $0.reason) }) { first, _ in first }
        if request.excusesRuns { doubts[.runs] = nil }
        if let reason = request.brokenReports { doubts[.brokenReports] = reason }
        if let reason = otherMachine { doubts[.machine] = reason }
        let open = doubts.filter { !request.allowed.contains($0.key) }
        guard open.isEmpty else { throw .doubtful(sessionId: session.id, doubts: open) }
        return ApprovalDoubt.allCases.filter {
            doubts[$0] != nil || ($0 == .quality && request.qualityOverride)
        }
    }

    private var otherMachine: String? {
        guard let existing, !request.startsAnew else { return nil }
        let other = Differences.list(from: existing, to: session).filter {
            $0.kind == .machine && $0.isIncomparable(under: session.configuration.policy.fingerprint)
        }
        guard !other.isEmpty else { return nil }
        return "it is of another machine than what is approved for '\(session.machineClass)'"
            + " (\(other.map(\.words).joined(separator: "; ")))"
    }

    private func refuseSteps(_ effect: ApprovalEffect) throws(BaselineError) {
        switch effect {
        case .added, .again: return
        case .first: throw .notApprovable(sessionId: session.id, reason: "a first baseline is approved by a person")
        case .replaced(let reason): throw .notApprovable(sessionId: session.id, reason: "it is a step: \(reason)")
        case .stepped: throw .notApprovable(sessionId: session.id, reason: "a part of its figures is a step")
        }
    }

    // MARK: - A part of the figures

    /// The chosen figures join the others', or take their place where they are a step; all others stay as they are.
    private func part(
        _ approved: ApprovedSession, _ overrides: [ApprovalDoubt], beside others: [ApprovedSession],
        _ difference: Difference?
    ) throws(BaselineError) -> ([ApprovedSession], ApprovalEffect) {
        if let difference {
            throw .notApprovable(
                sessionId: session.id,
                reason: "a part of it cannot stand beside figures of other work: \(difference.words)")
        }
        let known = baseline(others)
        let chosen = try chosen(approved, known)
        let steps = Set(changes(from: others).map(\.check)).intersection(chosen)
        let piece = piece(of: approved, overrides, chosen)
        let kept = others.compactMap { other -> ApprovedSession? in
            let samples = other.samples.filter { !steps.contains($0.check) }
            return samples.isEmpty ? nil : other.with(approval: other.approval, samples: samples)
        }
        let sessions = latest(kept + [piece])
        return steps.isEmpty
            ? (sessions, .added(sessions: sessions.count))
            : (sessions, .stepped(checks: steps.sorted(), sessions: sessions.count))
    }

    /// The session with the chosen figures, and with those of it that are approved already.
    private func piece(
        of approved: ApprovedSession, _ overrides: [ApprovalDoubt], _ chosen: Set<CheckID>
    ) -> ApprovedSession {
        let earlier = existing?.sessions.first { $0.sessionId == session.id }
        // What the figures grow with belongs to them.
        let taken = chosen.union(chosen.compactMap(\.lengthOfReport)).union(earlier?.samples.map(\.check) ?? [])
        var names: [String]? = taken.sorted().map(\.description)
        if case .metrics(let given) = request.figures { names = given }
        if let earlier { names = earlier.approval.metrics.map { Set($0 + (names ?? [])).sorted() } }
        return approved.with(
            approval: request.approval.with(overrides: overrides, metrics: names),
            samples: approved.samples.filter { taken.contains($0.check) })
    }

    /// - Parameter known: what is approved besides; nil where that is nothing.
    private func chosen(_ approved: ApprovedSession, _ known: Baseline?) throws(BaselineError) -> Set<CheckID> {
        let checks = approved.samples.map(\.check)
        switch request.figures {
        case .all: return Set(checks)
        case .metrics(let names):
            for name in names where !checks.contains(where: { $0.isNamed(name) }) {
                throw .notApprovable(sessionId: session.id, reason: "it did not measure '\(name)'")
            }
            return Set(checks.filter { check in names.contains { check.isNamed($0) } })
        case .ratchet:
            let chosen = checks.filter { isAsGood($0, approved, known) }
            guard chosen.contains(where: { MetricCatalogue.metric($0.metric)?.direction != .neutral }) else {
                throw .notApprovable(sessionId: session.id, reason: "no figure of it is as good as what is approved")
            }
            return Set(chosen)
        }
    }

    /// By the medians; what has no better direction goes with the rest.
    private func isAsGood(_ check: CheckID, _ approved: ApprovedSession, _ known: Baseline?) -> Bool {
        guard let direction = MetricCatalogue.metric(check.metric)?.direction else { return false }
        let now = approved.samples.first { $0.check == check }.flatMap { OrderStatistics.median($0.values) }
        guard let now, let before = OrderStatistics.median(known?.values(of: check) ?? []) else { return true }
        return switch direction {
        case .lowerIsBetter: now <= before
        case .higherIsBetter: now >= before
        case .neutral: true
        }
    }
}

extension Difference {
    fileprivate var words: String { "\(what) differs (\(before) there, \(now) here)" }
}

extension CheckID {
    /// `ttft`, `ttft.cold`, `report/ttft`.
    fileprivate func isNamed(_ name: String) -> Bool {
        name == metric.rawValue || name == metricName || name == description
    }

    /// The tokens by which it is judged; nil for what does not grow.
    fileprivate var lengthOfReport: CheckID? {
        MetricCatalogue.metric(metric)?.growsWith.map { CheckID(stage: stage, metric: $0, modelState: modelState) }
    }
}
