import GateBaselines
import GateCore
import GateFiles
import GateRevision
import GateVerdict

/// What a change approves of its own regressions. It counts where the base's policy says so, for a session that was
/// measured on a commit of this change, and for figures that are no worse than the approved ones.
struct ChangeApprovals {
    let base: Revision
    let repository: Repository
    let store: BaselineStore

    /// By check: whose regression the change approves.
    ///
    /// - Parameters:
    ///   - session: what was measured.
    ///   - policy: the base's.
    func approvals(of session: Session, policy: Policy) throws -> [CheckID: Approval] {
        guard let (now, before) = try baselines(of: session) else { return [:] }
        let known = Set((before?.sessions ?? []).map(\.sessionId))
        let new = try now.sessions.filter { session in
            try !known.contains(session.sessionId) && isOfChange(session)
                && (policy.approvalKeys.isEmpty
                    || ApprovalProof.objection(to: session, of: now, keys: policy.approvalKeys) == nil)
        }
        guard !new.isEmpty else { return [:] }
        let judged = Judge.judge(session: session.headAlone, against: .baseline(now), policy: policy)
        let accepted = judged.verdicts.filter { $0.demand == .tolerance && [.pass, .improvement].contains($0.outcome) }
        let pairs = accepted.compactMap { verdict in
            new.last { $0.approves(verdict.check) }.map { (verdict.check, $0.approval.signed(nil)) }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The change's baseline and the base's; nil where the change has none, or none that follows the base's.
    private func baselines(of session: Session) throws -> (now: Baseline, before: Baseline?)? {
        let (workload, machineClass) = (session.workloadName, session.machineClass)
        guard let now = try? store.read(workload: workload, machineClass: machineClass)?.baseline else { return nil }
        let file = try store.file(workload: workload, machineClass: machineClass)
        let bytes = try base.file(try repository.path(of: file), limit: BaselineStore.maximumBytes)
        let before = try bytes.map {
            try store.decode($0, file: file, workload: workload, machineClass: machineClass).baseline
        }
        if let before, Succession(from: before, to: now).isUntrusted { return nil }
        return (now, before)
    }

    /// True for a session that was measured on a commit that is in this change and not in its base, with nothing beside it.
    private func isOfChange(_ approved: ApprovedSession) throws -> Bool {
        guard let commit = approved.approval.commit, approved.environment.isDirty != true else { return false }
        return try repository.isInChange(commit, since: base)
    }
}

extension ApprovedSession {
    fileprivate func approves(_ check: CheckID) -> Bool { samples.contains { $0.check == check } }
}
