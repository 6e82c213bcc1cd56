import GateCore

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

    /// Why an epoch begins; nil where there was nothing, and where the sessions belong together.
    var epochReason: String? {
        if case .replaced(let reason) = self { reason } else { nil }
    }
}

/// Whether a session is one more of what is approved, or something new.
///
/// More sessions make the next verdict surer, as they show how much sessions differ. A session that was measured on
/// something else, or that is judged to have changed, is no more of the same: mixed with the old ones it would blur what is
/// compared with.
struct Approving {
    let existing: Baseline?
    /// The user wants it in the place of what is approved.
    let startsAnew: Bool
    let session: Session
    /// Of its reports; nil for a session without any.
    let quality: ApprovedQuality?

    /// Sessions that are kept, the latest ones.
    static let mostSessions = 20

    func result(_ approval: Approval) -> (baseline: Baseline, effect: ApprovalEffect) {
        let approved = ApprovedSession(session: session, approval: approval, quality: quality)
        // A session that is approved once more takes its own place.
        let others = existing?.sessions.filter { $0.sessionId != session.id } ?? []
        guard !others.isEmpty else {
            return (baseline([approved]), existing == nil ? .first : .again)
        }
        if startsAnew { return (baseline([approved]), .replaced(reason: "as --replace asks")) }
        if let reason = reasonToStartAnew(beside: baseline(others)) {
            return (baseline([approved]), .replaced(reason: reason))
        }
        let sessions = Array((others + [approved]).suffix(Approving.mostSessions))
        return (baseline(sessions), .added(sessions: sessions.count))
    }

    private func baseline(_ sessions: [ApprovedSession]) -> Baseline {
        Baseline(workload: session.workload, machineClass: session.machineClass, sessions: sessions)
    }

    private func reasonToStartAnew(beside others: Baseline) -> String? {
        if let difference = Differences.list(from: others, to: session).first(where: \.isOfSubstance) {
            return "\(difference.what) differs (\(difference.before) there, \(difference.now) here)"
        }
        let judgement = Judge.judge(session: session, baseline: others, policy: session.configuration.policy)
        let changed: [Outcome] = [.regression, .improvement, .lengthChanged, .missing]
        return judgement.verdicts.first { changed.contains($0.outcome) }
            .map { "\($0.check) is judged as: \($0.outcome.rawValue.replacing("_", with: " "))" }
    }
}
