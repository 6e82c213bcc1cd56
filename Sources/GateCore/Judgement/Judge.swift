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
        var failures: [JudgementFailure] = []
        var warnings = session.warnings
        let isMeasured = session.hasValidCall
        if !isMeasured {
            failures.append(.nothingMeasured(in: session))
        }
        if let baseline {
            warnings += BaselineDifferences.warnings(session: session, baseline: baseline)
        } else {
            failures.append(.baselineMissing(for: session))
        }
        let comparison = isMeasured ? Comparison(session: session, baseline: baseline, policy: policy) : nil
        var compared = comparison?.compared
        if session.base?.end == .screened, isMeasured, let baseline {
            compared = Screening(session: session, baseline: baseline, policy: policy).verdict ?? compared
        }
        let verdicts = comparison?.verdicts(compared) ?? []
        let overall = overallVerdict(verdicts: verdicts, failures: failures)
        return Judgement(
            sessionId: session.id, workload: session.workload, machineClass: session.machineClass, overall: overall,
            exitCode: exitCode(of: overall, policy: policy), evidence: compared?.evidence ?? .nothing,
            baselineSessions: compared == nil ? 0 : baseline?.sessions.count ?? 0,
            runsUsed: compared?.runsUsed ?? 0, pairsUsed: compared?.pairsUsed ?? 0,
            policy: comparison.map {
                EffectivePolicy(policy, checks: $0.checks, runs: session.configuration.runs)
            }, verdicts: verdicts, failures: failures, warnings: warnings, baseline: reference)
    }

    /// By the pairs alone, so that the session holds everything that the verdict is made from.
    private static func judgePairs(of session: Session, policy: Policy) -> Judgement {
        let paired = PairedComparison(session: session, policy: policy)
        var failures: [JudgementFailure] = []
        if paired == nil {
            failures.append(.onlyColdPairs(in: session))
        } else if paired?.comparison.session.hasValidCall != true || paired?.base.hasValidCall != true {
            failures.append(.nothingMeasured(in: session))
        }
        let compared = failures.isEmpty ? paired?.trial.concluded : nil
        let verdicts = failures.isEmpty ? paired?.comparison.verdicts(compared) ?? [] : []
        let overall = overallVerdict(verdicts: verdicts, failures: failures)
        return Judgement(
            sessionId: session.id, workload: session.workload, machineClass: session.machineClass, overall: overall,
            exitCode: exitCode(of: overall, policy: policy), evidence: compared?.evidence ?? .nothing,
            runsUsed: session.screenRuns.count, pairsUsed: compared?.pairsUsed ?? 0,
            policy: paired.map {
                EffectivePolicy(policy, checks: $0.comparison.checks, runs: session.configuration.runs)
            }, verdicts: verdicts, failures: failures, warnings: session.warnings, baseline: nil)
    }

    /// A regression outranks trouble with the machine, which outranks a missing baseline, which outranks doubt.
    private static func overallVerdict(verdicts: [Verdict], failures: [JudgementFailure]) -> OverallVerdict {
        let outcomes = Set(verdicts.map(\.outcome))
        if outcomes.contains(where: \.isRegression) { return .regression }
        if failures.contains(where: { $0.kind == .nothingMeasured }) || outcomes.contains(.invalid) {
            return .infrastructureError
        }
        if failures.contains(where: { $0.kind == .baselineMissing }) { return .baselineMissing }
        if failures.contains(where: { $0.kind == .baselineInvalid }) { return .baselineInvalid }
        if outcomes.contains(.inconclusive) { return .inconclusive }
        // Nothing was demanded of anything that was measured: that is no pass.
        if !verdicts.contains(where: \.outcome.isJudged) { return .inconclusive }
        return outcomes.contains(.improvement) ? .improvement : .pass
    }

    private static func exitCode(of overall: OverallVerdict, policy: Policy) -> Int {
        switch overall {
        case .pass, .improvement: 0
        case .regression: 1
        case .qualityRegression: 3
        case .inconclusive: policy.inconclusive == .fail ? 5 : 0
        case .baselineMissing, .baselineInvalid: 6
        case .infrastructureError: 69
        }
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
            .nothingMeasured,
            message: "No valid call was measured\(reason ?? ": the session has no finished call")",
            remedy: "Mend the server or the configuration, then run the check again; nothing was compared.")
    }

    static func onlyColdPairs(in session: Session) -> JudgementFailure {
        JudgementFailure(
            .nothingMeasured,
            message: "In every one of \(session.measuredPairs.count) pairs a call had to load the model first",
            remedy: "Keep the model in the server's memory, or give each arm a server of its own (base.server).")
    }

    static func baselineMissing(for session: Session) -> JudgementFailure {
        JudgementFailure(
            .baselineMissing,
            message: "There is no approved baseline for workload '\(session.workload.rawValue)'"
                + " on machine class '\(session.machineClass)'",
            remedy: "If this session is good, approve it: chimera-gate baseline approve --reason \"first baseline\";"
                + " commit the file that it writes.")
    }
}
