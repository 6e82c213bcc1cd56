/// One function from session, baseline and policy to verdicts.
public enum Judge {
    /// Judges a session.
    ///
    /// - Parameters:
    ///   - session: what was measured.
    ///   - baseline: what is approved for the session's workload and machine class; nil where there is nothing.
    ///   - policy: tolerances, budgets and what an undecided metric does.
    ///   - reference: which baseline that is, for the reports.
    /// - Returns: every verdict in the order of the work, the overall verdict and its exit code.
    public static func judge(
        session: Session, baseline: Baseline?, policy: Policy, reference: BaselineReference? = nil
    ) -> Judgement {
        if !session.measuredPairs.isEmpty { return judgePairs(of: session, policy: policy) }
        var failures = busyMachine(session, policy)
        let isMeasured = session.hasValidCall
        if !isMeasured { failures.append(.nothingMeasured(in: session)) }
        let differences = baseline.map { Differences.list(from: $0, to: session) } ?? []
        let decisive = differences.filter { $0.isIncomparable(under: policy.fingerprint) }
        if baseline == nil { failures.append(.baselineMissing(for: session)) }
        if !decisive.isEmpty { failures.append(.baselineIncomparable(decisive, for: session)) }
        let comparable = decisive.isEmpty ? baseline : nil
        let comparison = isMeasured ? Comparison(session: session, baseline: comparable, policy: policy) : nil
        var compared = comparison?.compared
        if session.base?.end == .screened, isMeasured, let comparable {
            compared = Screening(session: session, baseline: comparable, policy: policy).verdict ?? compared
        }
        if let expired = JudgementFailure.baselineExpired(comparison, compared) { failures.append(expired) }
        return Judgement(
            sessionId: session.id, workload: session.workload, machineClass: session.machineClass,
            evidence: compared?.evidence ?? .nothing,
            baselineSessions: compared == nil ? 0 : baseline?.sessions.count ?? 0, runsUsed: compared?.runsUsed ?? 0,
            pairsUsed: compared?.pairsUsed ?? 0,
            policy: comparison.map {
                EffectivePolicy(policy, checks: $0.checks, runs: session.configuration.runs)
            }, differences: differences, verdicts: comparison?.verdicts(compared) ?? [], failures: failures,
            warnings: session.warnings + Differences.warnings(differences.filter { !decisive.contains($0) })
                + [comparison?.errorShare?.warning, comparison?.ageWarning].compactMap(\.self), baseline: reference)
    }

    /// By the pairs alone, so that the session holds everything that the verdict is made from.
    private static func judgePairs(of session: Session, policy: Policy) -> Judgement {
        let paired = PairedComparison(session: session, policy: policy)
        var failures = busyMachine(session, policy)
        let isMeasured = paired?.comparison.session.hasValidCall == true && paired?.base.hasValidCall == true
        if paired == nil {
            failures.append(.onlyColdPairs(in: session))
        } else if !isMeasured {
            failures.append(.nothingMeasured(in: session))
        }
        let compared = isMeasured ? paired?.trial.concluded : nil
        return Judgement(
            sessionId: session.id, workload: session.workload, machineClass: session.machineClass,
            evidence: compared?.evidence ?? .nothing, runsUsed: session.screenRuns.count,
            pairsUsed: compared?.pairsUsed ?? 0,
            policy: paired.map {
                EffectivePolicy(policy, checks: $0.comparison.checks, runs: session.configuration.runs)
            }, differences: Differences.ofArms(session),
            verdicts: isMeasured ? paired?.comparison.verdicts(compared) ?? [] : [], failures: failures,
            warnings: session.warnings + [paired?.comparison.errorShare?.warning].compactMap(\.self), baseline: nil)
    }

    private static func busyMachine(_ session: Session, _ policy: Policy) -> [JudgementFailure] {
        guard policy.machineBusy == .fail, let cause = session.disturbances.first(where: \.isOfOthers) else {
            return []
        }
        return [.machineBusy(cause.warning)]
    }
}

extension JudgementFailure {
    public static func nothingMeasured(in session: Session) -> JudgementFailure {
        let call = session.invalidExchanges.first.map { run, exchange, reason in
            ": run \(run), \(exchange.stage): \(reason.detail)"
        }
        let request = session.runs.compactMap(\.load).compactMap(\.errors.first).first.map { ": \($0.firstDetail)" }
        let reason = call ?? request
        return JudgementFailure(
            session.isMisconfigured ? .misconfigured : .nothingMeasured,
            message: "No valid call was measured\(reason ?? ": the session has no finished call")",
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
