/// One session against one baseline, check by check.
struct Comparison {
    /// More invalid calls than this share make a stage's figures invalid.
    static let largestInvalidShare = 0.2

    let session: Session
    let samples: [CheckID: Sample]
    let baseline: Baseline?
    let policy: Policy

    /// One verdict for every demand on every check of session or baseline, in the order of the work.
    func verdicts() -> [Verdict] {
        let checks = Set(samples.keys).union(baseline?.checks ?? []).sorted()
        return checks.flatMap { check -> [Verdict] in
            guard let metric = MetricCatalogue.metric(check.metric) else { return [] }
            var verdicts: [Verdict] = []
            if baseline != nil { verdicts.append(againstBaseline(check, metric)) }
            if let budget = policy.budget(of: metric, stage: check.stage), samples[check] != nil {
                verdicts.append(againstBudget(check, metric, budget))
            }
            return verdicts
        }
    }

    // MARK: - Tolerance

    private func againstBaseline(_ check: CheckID, _ metric: Metric) -> Verdict {
        let observed = SampleSummary(samples[check]?.values ?? [])
        let approved = SampleSummary(baseline?.values(of: check) ?? [])
        let tolerance = metric.direction == .neutral ? nil : policy.tolerance(of: metric, stage: check.stage)
        let finding = Observation(
            check: check, metric: metric, observed: observed, approved: approved, tolerance: tolerance)
        let (outcome, explanation, remedy) = decide(finding)
        return Verdict(
            check: check, demand: .tolerance, outcome: outcome, unit: metric.unit, direction: metric.direction,
            baseline: approved, observed: observed, change: finding.change, tolerance: tolerance, budget: nil,
            explanation: explanation, remedy: remedy)
    }

    private func decide(_ finding: Observation) -> (Outcome, explanation: String, remedy: String) {
        guard let tolerance = finding.tolerance else { return (.informational, finding.figures, "") }
        let name = finding.check.description
        guard let observed = finding.observed else { return lost(finding) }
        guard let approved = finding.approved else {
            return (
                .informational, "\(name) is new: the baseline does not have it",
                "It is judged once a session that has it is approved."
            )
        }
        if let share = session.callCounts(of: finding.check.stage).invalidShare, share > Comparison.largestInvalidShare
        {
            return (
                .invalid, "\(DisplayFormat.fixed(share * 100, decimals: 0))% of the calls of \(name) are invalid",
                "Look at the invalid calls below; the figures of the others stand for too little."
            )
        }
        if let doubt = cacheDoubt(finding.check) ?? gapDoubt(finding.check) { return doubt }
        let allowance = tolerance.allowance(from: approved.median)
        let worsening = (observed.median - approved.median) * (finding.metric.direction == .lowerIsBetter ? 1 : -1)
        if worsening > allowance {
            return (
                .regression, "\(finding.figures); allowed \(finding.allowed)",
                "Find what made it worse, or, if the change is wanted, approve this session as the new baseline."
            )
        }
        if -worsening > allowance {
            return (
                .improvement, "\(finding.figures); better by more than the tolerance",
                "Approve this session, so that the gain becomes the baseline and cannot be lost unseen."
            )
        }
        return (.pass, "\(finding.figures); allowed \(finding.allowed)", "")
    }

    /// The baseline has the check and this session does not. Cold calls come and go with the server's memory; a
    /// stage's warm metric that is gone is a regression of the instrument or of the server.
    private func lost(_ finding: Observation) -> (Outcome, String, String) {
        let name = finding.check.description
        if finding.check.modelState == .cold {
            return (
                .inconclusive, "\(name): the baseline has cold calls, this session has none",
                finding.check.stage == .run && finding.check.metric == "load"
                    ? "Measure cold starts as the baseline did: --load-runs 3."
                    : "Measure with the model unloaded before the session, or judge warm calls only."
            )
        }
        if let share = session.callCounts(of: finding.check.stage).invalidShare, share > 0 {
            return (.invalid, "\(name) was not measured: its calls are invalid", "Look at the invalid calls below.")
        }
        if finding.check.metric.isInterToken, isDegraded(stage: finding.check.stage) {
            return (
                .inconclusive,
                "\(name): the tokens were read too late or too many at once to know the gaps between them",
                "Measure on a machine that runs nothing else; a server that sends several tokens at once has no such figure."
            )
        }
        if samples.keys.contains(where: { $0.stage == finding.check.stage && $0.modelState == .cold }) {
            return (
                .inconclusive, "\(name): every call of this session had to load the model first",
                "Warm the server up (warmup_runs: 1) or keep the model loaded."
            )
        }
        return (
            .missing, "\(name) is in the baseline, but this session did not measure it",
            "The server stopped reporting it or the workload lost a stage; if that is wanted, approve this session."
        )
    }

    /// Gaps that our own lag has spoilt are not the server's.
    private func gapDoubt(_ check: CheckID) -> (Outcome, String, String)? {
        guard check.stage == .load, check.metric.isInterToken,
            let worst = session.measuredWindows.filter(\.hasDegradedGaps).map(\.coalescedShare).max()
        else { return nil }
        return (
            .inconclusive,
            "\(check) is degraded: \(DisplayFormat.fixed(worst * 100, decimals: 1))% of the arrivals came in one read"
                + " with the one before, so that their gaps are not known",
            "Measure from a machine that keeps up, apart from the server, or with less concurrency."
        )
    }

    private func isDegraded(stage: StageName) -> Bool {
        session.decisiveExchanges.contains { $0.exchange.stage == stage && $0.exchange.timing.degraded == true }
    }

    /// TTFT and prompt evaluation measure the prompt cache as much as the server: unlike states are not compared.
    private func cacheDoubt(_ check: CheckID) -> (Outcome, String, String)? {
        guard check.metric == "ttft" || check.metric == "prompt_eval" || check.metric.rawValue.hasPrefix("ttft."),
            let baseline
        else { return nil }
        let approved = Set(baseline.sessions.flatMap(\.cacheStates))
        let observed = Set(session.cacheStates)
        guard approved != observed || observed.contains(.unknown) || observed.count != 1 else { return nil }
        func words(_ states: Set<PromptCacheState>) -> String {
            states.isEmpty ? "not recorded" : states.map(\.rawValue).sorted().joined(separator: " and ")
        }
        return (
            .inconclusive,
            "\(check) depends on the prompt cache, which was \(words(approved)) in the baseline"
                + " and is \(words(observed)) now",
            "Set agent.prompt_cache to 'defeat' for both; for vLLM start the server with --enable-prompt-tokens-details."
        )
    }

    // MARK: - Budget

    private func againstBudget(_ check: CheckID, _ metric: Metric, _ budget: Budget) -> Verdict {
        let observed = SampleSummary(samples[check]?.values ?? [])
        let median = observed?.median ?? .nan
        var outcome = Outcome.pass
        if let max = budget.max, !(median <= max) { outcome = .budgetExceeded }
        if let min = budget.min, !(median >= min) { outcome = .budgetExceeded }
        let limits = DisplayFormat.limits(budget, unit: metric.unit)
        let explanation = "\(check) \(DisplayFormat.value(median, unit: metric.unit)); budget \(limits)"
        return Verdict(
            check: check, demand: .budget, outcome: outcome, unit: metric.unit, direction: metric.direction,
            baseline: nil, observed: observed, change: nil, tolerance: nil, budget: budget, explanation: explanation,
            remedy: outcome == .pass
                ? "" : "The budget is absolute: make it faster, or change the budget where it is configured.")
    }
}

/// One check with both sides.
private struct Observation {
    let check: CheckID
    let metric: Metric
    let observed: SampleSummary?
    let approved: SampleSummary?
    let tolerance: Tolerance?

    /// Relative change of the medians; nil where the baseline is zero, so that no NaN and no infinity is ever shown.
    var change: Double? {
        guard let observed, let approved, approved.median != 0 else { return nil }
        return (observed.median - approved.median) / abs(approved.median)
    }

    /// `analysis/ttft 522.37 ms (5 runs), baseline 431.20 ms (5 runs): +21.1%`
    var figures: String {
        let side = { (summary: SampleSummary?) in
            summary.map { "\(DisplayFormat.value($0.median, unit: metric.unit)) (n=\($0.count))" } ?? "not measured"
        }
        let suffix = change.map { ": \(DisplayFormat.change($0))" } ?? ""
        return "\(check) \(side(observed)), baseline \(side(approved))\(suffix)"
    }

    /// `+25%` or `-5.00 tok/s`, in the direction that counts as worse.
    var allowed: String {
        guard let tolerance else { return "anything" }
        return DisplayFormat.allowance(tolerance, direction: metric.direction, unit: metric.unit)
    }
}
