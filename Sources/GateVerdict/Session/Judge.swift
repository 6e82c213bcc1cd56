public import GateCore

/// One function from session, baseline and policy to verdicts.
public enum Judge {
    /// Judges a session: by its pairs, where it has any, else by what is approved.
    ///
    /// - Parameters:
    ///   - session: what was measured.
    ///   - approved: for the session's workload and machine class.
    ///   - policy: tolerances, budgets and what an undecided metric does.
    ///   - reports: nil where reports are not judged.
    ///   - approvals: what the change itself approves, by check; of checks that did not get worse they say nothing.
    /// - Returns: every verdict in the order of the work, the overall verdict and its exit code.
    public static func judge(
        session: Session, against approved: ApprovedState, policy: Policy, reports: SessionReports? = nil,
        approvals: [CheckID: Approval] = [:]
    ) -> Judgement {
        var parts =
            session.measuredPairs.isEmpty
            ? storedParts(of: session, approved, policy) : pairedParts(of: session, policy)
        // Pairs decide without any baseline; one that nobody approved is said all the same.
        if session.hasMeasured, let failed = JudgementFailure.failedRuns(of: session) { parts.failures.append(failed) }
        if let untrusted = approved.untrusted { parts.failures.append(untrusted) }
        parts.failures.insert(contentsOf: busyMachine(session, policy), at: 0)
        parts.verdicts = parts.verdicts.map { $0.approved(by: approvals[$0.check]) }
        if parts.evidence != .nothing {
            let verdicts = parts.verdicts
            parts.causes = session.stageTimes(baseline: approved.baseline).flatMap(\.causes).filter { cause in
                verdicts.contains { $0.showsChange(in: cause.stage) }
            }
        }
        parts.name = session.workloadName.rawValue
        parts.quality = reports?.judgement(baseline: approved.baseline, policy: policy)
        parts.warnings += (parts.quality?.warnings ?? []) + (reports?.warnings ?? [])
        return Judgement(
            parts, sessionId: session.id, workload: session.workload, machineClass: session.machineClass)
    }

    private static func storedParts(
        of session: Session, _ approved: ApprovedState, _ policy: Policy
    ) -> Judgement.Parts {
        var parts = Judgement.Parts()
        let differences = approved.baseline.map { Differences.list(from: $0, to: session) } ?? []
        let decisive = differences.filter { $0.isIncomparable(under: policy.fingerprint) }
        parts.differences = differences
        parts.baseline = approved.reference
        if !session.hasMeasured { parts.failures.append(.nothingMeasured(in: session)) }
        // Of nothing that was measured nothing is to be approved.
        if session.hasMeasured, let obstacle = approved.obstacle(for: session, decisive: decisive) {
            parts.failures.append(obstacle)
        }
        parts.warnings = session.warnings + Differences.warnings(differences.filter { !decisive.contains($0) })
        guard session.hasMeasured else { return parts }
        let comparable = decisive.isEmpty ? approved.baseline : nil
        let comparison = Comparison(session: session, baseline: comparable, policy: policy)
        var compared = comparison.compared
        if session.base?.end == .screened, let comparable {
            compared = Screening(session: session, baseline: comparable, policy: policy).verdict ?? compared
        }
        parts.describe(comparison, runs: session.configuration.runs)
        parts.take(compared, of: comparison)
        if let expired = JudgementFailure.baselineExpired(comparison, compared) { parts.failures.append(expired) }
        parts.runsUsed = compared?.runsUsed ?? 0
        parts.baselineSessions = compared == nil ? 0 : comparable?.sessions.count ?? 0
        return parts
    }

    /// By the pairs alone, so that the session holds everything that the verdict is made from.
    private static func pairedParts(of session: Session, _ policy: Policy) -> Judgement.Parts {
        var parts = Judgement.Parts()
        parts.differences = Differences.ofArms(session)
        parts.warnings = session.warnings
        parts.runsUsed = session.screenRuns.count
        guard let paired = PairedComparison(session: session, policy: policy) else {
            parts.failures.append(.onlyColdPairs(in: session))
            return parts
        }
        guard paired.comparison.session.hasMeasured, paired.base.hasMeasured else {
            parts.failures.append(.nothingMeasured(in: session))
            parts.describe(paired.comparison, runs: session.configuration.runs)
            return parts
        }
        parts.describe(paired.comparison, runs: session.configuration.runs)
        parts.take(paired.trial.concluded, of: paired.comparison)
        return parts
    }

    private static func busyMachine(_ session: Session, _ policy: Policy) -> [JudgementFailure] {
        guard policy.machineBusy == .fail, let cause = session.disturbances.first(where: \.isOfOthers) else {
            return []
        }
        return [.machineBusy(cause.warning)]
    }
}

extension Verdict {
    /// True where a test found that times of the stage changed: of noise there is no cause to tell.
    fileprivate func showsChange(in stage: StageName) -> Bool {
        [.regression, .approved, .improvement, .lengthChanged].contains(outcome) && unit.isOfSpeed
            && (check.stage == stage || check.stage == .run)
    }
}

extension Judgement.Parts {
    /// What was demanded, and what must not be overlooked whatever becomes of the verdict.
    fileprivate mutating func describe(_ comparison: Comparison, runs: Int) {
        policy = EffectivePolicy(comparison.policy, checks: comparison.checks, runs: runs)
        warnings += [comparison.errorShare?.warning, comparison.ageWarning].compactMap(\.self)
    }

    /// - Parameter compared: nil where there is nothing to compare with.
    fileprivate mutating func take(_ compared: CaseVerdict?, of comparison: Comparison) {
        evidence = compared?.evidence ?? .nothing
        pairsUsed = compared?.pairsUsed ?? 0
        verdicts = comparison.verdicts(compared)
    }
}

extension JudgementFailure {
    public static func nothingMeasured(in session: Session) -> JudgementFailure {
        if let failed = allRunsFailed(in: session) { return failed }
        let call = session.invalidExchanges.first.map { run, exchange, reason in
            ": run \(run), \(exchange.stage): \(reason.detail)"
        }
        let request = session.runs.compactMap(\.load).compactMap(\.errors.first).first.map { ": \($0.firstDetail)" }
        return JudgementFailure(
            session.isMisconfigured ? .misconfigured : .nothingMeasured,
            message: "No valid call was measured\(call ?? request ?? ": the session has no finished call")",
            remedy: "Mend the server or the configuration, then run the check again; nothing was compared.")
    }

    static func onlyColdPairs(in session: Session) -> JudgementFailure {
        JudgementFailure(
            .nothingMeasured,
            message: "In every one of \(session.measuredPairs.count) pairs a call had to load the model first",
            remedy: "Keep the model in the server's memory, or give each arm a server of its own (base.server).")
    }

    static func machineBusy(_ cause: Warning) -> JudgementFailure {
        JudgementFailure(
            .machineBusy, message: "Not judged on a busy machine (machine_busy: fail): \(cause.message)",
            remedy: "\(cause.remedy) Then run the check again.")
    }

    static func baselineIncomparable(_ differences: [Difference], for session: Session) -> JudgementFailure {
        let list = differences.map { "\($0.what): \($0.before) there, \($0.now) here" }.joined(separator: "; ")
        let isMachine = differences.contains { $0.kind == .machine }
        let isShape = differences.contains { $0.kind == .shape }
        let what =
            isShape
            ? "The baseline is of another \(session.workloadName), whose figures are not comparable"
            : "Not comparable: the baseline was measured \(isMachine ? "on another machine" : "with another server or model")"
        let remedy =
            isShape
            ? "Measure what the baseline measured; or, where this is the new measure, approve the session:"
                + " chimera-gate baseline approve --reason \"…\"."
            : "Compare with the base pair by pair, which needs no baseline: chimera-gate check --base-ref REF; or "
                + (isMachine
                    ? "give these machines a class of their own (machine_class) and approve a session of it."
                    : "approve a session of this one: chimera-gate baseline approve --reason \"…\".")
        return JudgementFailure(.baselineIncomparable, message: "\(what) (\(list))", remedy: remedy)
    }

    static func baselineMissing(for session: Session) -> JudgementFailure {
        JudgementFailure(
            .baselineMissing,
            message: "There is no approved baseline for workload '\(session.workloadName)'"
                + " on machine class '\(session.machineClass)'",
            remedy: "If this session is good, approve it: chimera-gate baseline approve --reason \"first baseline\";"
                + " commit the file that it writes.")
    }
}
