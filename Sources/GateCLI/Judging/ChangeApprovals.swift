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

    /// What a change approves.
    struct Found {
        /// By check: whose regression the change approves.
        var byCheck: [CheckID: Approval] = [:]
        /// Approvals of the change that do not count, each with why.
        var warnings: [Warning] = []
    }

    /// - Parameters:
    ///   - session: what was measured.
    ///   - policy: the base's.
    func approvals(of session: Session, policy: Policy) throws -> Found {
        guard let (now, before) = try baselines(of: session) else { return Found() }
        let known = Set((before?.sessions ?? []).map(\.sessionId))
        var found = Found()
        var new: [ApprovedSession] = []
        for approved in now.sessions where !known.contains(approved.sessionId) {
            if let objection = try objection(to: approved, of: now, keys: policy.approvalKeys) {
                found.warnings.append(.notCounting(approved, because: objection))
            } else {
                new.append(approved)
            }
        }
        guard !new.isEmpty else { return found }
        let judged = Judge.judge(session: session.headAlone, against: .baseline(now), policy: policy)
        let accepted = judged.verdicts.filter { $0.demand == .tolerance && [.pass, .improvement].contains($0.outcome) }
        let pairs = accepted.compactMap { verdict in
            new.last { $0.approves(verdict.check) }.map { (verdict.check, $0.approval.signed(nil)) }
        }
        found.byCheck = Dictionary(pairs) { first, _ in first }
        return found
    }

    /// Why a session that was approved just now does not count in the change; nil where it does.
    func objection(to approved: BaselineChangeDocument.Approved, keys: [ApprovalKey]) throws -> String? {
        let baseline = try store.read(
            workload: WorkloadName(rawValue: approved.workload), machineClass: approved.machineClass)?.baseline
        let session = baseline?.sessions.first { $0.sessionId == approved.sessionId }
        guard let baseline, let session else { return nil }
        return try objection(to: session, of: baseline, keys: keys)
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

    /// Nil for a session that was measured on a commit that is in this change and not in its base, with nothing beside it,
    /// and that one of the keys signed, where there are any.
    private func objection(
        to approved: ApprovedSession, of baseline: Baseline, keys: [ApprovalKey]
    ) throws -> String? {
        guard approved.environment.isDirty != true else {
            return "it was measured with changes that no commit holds; commit them, and measure again"
        }
        guard let commit = approved.approval.commit, try repository.isInChange(commit, since: base) else {
            return "it was measured on no commit of this change; measure again on one"
        }
        guard !keys.isEmpty, let reason = ApprovalProof.objection(to: approved, of: baseline, keys: keys) else {
            return nil
        }
        return "by the keys of the base \(reason)"
    }
}

extension Warning {
    fileprivate static func notCounting(_ approved: ApprovedSession, because reason: String) -> Warning {
        Warning(
            "what \(approved.approval.approvedBy ?? "somebody") approved in this change (\(approved.approval.reason)) does not count in it:"
                + " \(reason)",
            remedy: "It counts from the merge on.")
    }
}

extension ApprovedSession {
    fileprivate func approves(_ check: CheckID) -> Bool { samples.contains { $0.check == check } }
}
