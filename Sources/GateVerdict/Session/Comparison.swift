import GateCore

/// One session against one baseline, check by check: which values are compared, and what the answer means.
struct Comparison {
    let session: Session
    let samples: [CheckID: Sample]
    let baseline: Baseline?
    let policy: Policy
    /// The other arm of a session that has two; nil for a stored baseline.
    let base: Session?
    /// The numbers of the runs of which what grows with the report is left out.
    let partial: Set<Int>

    /// - Parameter partial: nil for what follows from the session alone.
    init(session: Session, baseline: Baseline?, policy: Policy, base: Session? = nil, partial: Set<Int>? = nil) {
        self.session = session
        self.partial = partial ?? session.partialReports
        samples = session.samples(withoutReportsOf: self.partial)
        self.baseline = baseline
        self.policy = policy
        self.base = base
    }

    /// Every check of session or baseline, in the order of the work, those included whose values were all left out.
    var checks: [CheckID] {
        let leftOut = partial.isEmpty ? [] : session.samples(withoutReportsOf: []).keys.filter(\.growsWithReport)
        let all = Set(samples.keys).union(leftOut).union(baseline?.checks ?? []).union(unmeasuredDemands)
        // Of calls that fail the counts are judged, not the shares of windows.
        let measured = all.filter { $0.metric != MetricCatalogue.errorShare }
        return measured.union(errorShare.map { [$0.check] } ?? []).sorted()
    }

    /// What is demanded of stages by their name that no call was in: a rule that fits nothing must not be silence.
    private var unmeasuredDemands: [CheckID] {
        let silent = Set(session.silentStageRules.map(\.name))
        guard !silent.isEmpty else { return [] }
        return policy.metrics.compactMap { entry in
            guard let stage = entry.stage, silent.contains(stage) else { return nil }
            let check = CheckID(stage: stage, metric: entry.metric)
            return policy.rule(of: check).isGate ? check : nil
        }
    }

    /// The calls that failed; nil where none was made.
    var errorShare: ErrorShare? {
        ErrorShare(session, approved: baseline?.callCounts, policy: policy)
    }

    /// The gating checks whose values can be compared.
    var comparable: [CheckID] {
        checks.filter {
            $0.metric != MetricCatalogue.errorShare && policy.rule(of: $0).tolerance != nil && doubt($0) == nil
        }
    }

    /// The comparison with the stored baseline, all gating checks together; nil without a baseline.
    var compared: CaseVerdict? { baseline.map { CaseJudge.judge(storedCase($0)) } }

    /// What a comparison with the stored baseline is made from.
    func storedCase(_ baseline: Baseline) -> JudgementCase {
        let comparable = comparable
        let needed = Set(comparable).union(comparable.compactMap(\.length))
        func values(_ samples: some Sequence<Sample>, tokens: ([CheckID: [Double]]) -> [Double]?) -> SessionValues {
            let all = Dictionary(uniqueKeysWithValues: samples.map { ($0.check, $0.values) })
            var values = all.filter { needed.contains($0.key) }
            if let tokens = tokens(all) { values[CheckID.tokensOfRun] = tokens }
            return SessionValues(Dictionary(uniqueKeysWithValues: values.map { ($0.key.description, $0.value) }))
        }
        return JudgementCase(
            demands: Demands(policy, checks: comparable, runs: session.configuration.runs),
            baseline: baseline.sessions.map { values($0.samples, tokens: Comparison.tokensOfRuns) },
            candidate: values(samples.values) { _ in tokensOfRuns })
    }

    /// One verdict for every demand on every check, in the order of the work.
    func verdicts(_ compared: CaseVerdict?) -> [Verdict] {
        checks.flatMap { check -> [Verdict] in
            guard let metric = MetricCatalogue.metric(check.metric) else { return [] }
            if check.metric == MetricCatalogue.errorShare { return errorVerdicts(check) }
            var verdicts: [Verdict] = []
            if baseline != nil {
                verdicts.append(againstBaseline(check, metric, compared?[check.description]))
            }
            if let budget = policy.rule(of: check).budget {
                if samples[check] != nil {
                    verdicts.append(againstBudget(check, metric, budget))
                } else if unmeasuredDemands.contains(check) {
                    verdicts.append(unmeasured(check, metric, budget))
                }
            }
            return verdicts
        }
    }

    private func errorVerdicts(_ check: CheckID) -> [Verdict] {
        let verdicts = errorShare?.verdicts(budget: policy.rule(of: check).budget) ?? []
        return baseline == nil ? verdicts.filter { $0.demand == .budget } : verdicts
    }

    /// What all stages of each run wrote together, where every run has all of them.
    private static func tokensOfRuns(_ samples: [CheckID: [Double]]) -> [Double]? {
        let stages = [StageName.inventory, .analysis, .report].compactMap {
            samples[CheckID(stage: $0, metric: "tokens")]
        }
        guard let first = stages.first, stages.allSatisfy({ $0.count == first.count }) else { return nil }
        return first.indices.map { index in stages.reduce(0) { $0 + $1[index] } }
    }

    /// What all stages of each warm run wrote together, of the runs whose reports count.
    private var tokensOfRuns: [Double]? {
        let runs = session.measuredRuns.filter { $0.isComplete && !$0.isCold && !partial.contains($0.index) }
        let tokens = runs.compactMap(\.tokens)
        return tokens.isEmpty || tokens.count < runs.count ? nil : tokens.map(Double.init)
    }

    // MARK: - Tolerance

    private func againstBaseline(_ check: CheckID, _ metric: Metric, _ finding: MetricFinding?) -> Verdict {
        let sides = ComparedSides(
            check: check, metric: metric, observed: SampleSummary(samples[check]?.values ?? []),
            approved: SampleSummary(baseline?.values(of: check) ?? []), tolerance: policy.rule(of: check).tolerance,
            evidence: base == nil ? .storedBaseline : .pairs)
        guard sides.tolerance != nil else { return sides.verdict(Doubt(.informational, sides.figures, "")) }
        if let doubt = doubt(check) { return sides.verdict(doubt) }
        guard let finding else { return sides.verdict(Doubt(.inconclusive, "\(check) was not compared", "")) }
        let verdict = sides.verdict(finding)
        if verdict.outcome.isRegression, let doubt = ageDoubt(verdict.explanation) {
            return sides.verdict(doubt, verdict.worsening)
        }
        guard verdict.outcome.isRegression,
            let doubt = noiseDoubt(metric, verdict.explanation, change: verdict.changeOfDuration)
        else { return verdict }
        return sides.verdict(doubt, verdict.worsening)
    }

    // MARK: - Budget

    private func unmeasured(_ check: CheckID, _ metric: Metric, _ budget: Budget) -> Verdict {
        let doubt = lost(check)
        return Verdict(
            check: check, demand: .budget, outcome: doubt.outcome, unit: metric.unit, direction: metric.direction,
            baseline: nil, observed: nil, change: nil, tolerance: nil, budget: budget, explanation: doubt.explanation,
            remedy: doubt.remedy)
    }

    private func againstBudget(_ check: CheckID, _ metric: Metric, _ budget: Budget) -> Verdict {
        let observed = SampleSummary(samples[check]?.values ?? [])
        let median = observed?.median ?? .nan
        let outcome = budget.breach(by: median) == nil ? Outcome.pass : .budgetExceeded
        let limits = DisplayFormat.limits(budget, unit: metric.unit)
        let explanation = "\(check) \(DisplayFormat.value(median, unit: metric.unit)); budget \(limits)"
        let doubt = outcome == .pass ? budgetCostDoubt(check) : noiseDoubt(metric, explanation)
        return Verdict(
            check: check, demand: .budget, outcome: doubt?.outcome ?? outcome, unit: metric.unit,
            direction: metric.direction, baseline: nil, observed: observed, change: nil, tolerance: nil, budget: budget,
            explanation: doubt?.explanation ?? explanation,
            remedy: doubt?.remedy
                ?? (outcome == .pass
                    ? "" : "The budget is absolute: make it faster, or change the budget where it is configured."))
    }
}

extension Verdict {
    /// From median to median, in seconds; nil where no durations are compared.
    fileprivate var changeOfDuration: (from: Double, to: Double)? {
        guard unit == .seconds, direction == .lowerIsBetter, let baseline, let observed else { return nil }
        return (baseline.median, observed.median)
    }
}
