public import GateCore

extension MetricRule {
    /// The rule of a gating metric of the catalogue.
    init(_ metric: Metric, tolerance: Tolerance, length: String?) {
        self.init(
            direction: metric.direction, tolerance: AllowedWorsening(tolerance),
            isDuration: metric.unit == .seconds && metric.direction == .lowerIsBetter, length: length)
    }
}

extension AllowedWorsening {
    init(_ tolerance: Tolerance) {
        self.init(relative: tolerance.percent.map { $0 / 100 }, absolute: tolerance.absolute)
    }
}

extension Policy {
    /// How sure a verdict must be, and what of alpha is for calls that fail where these gate.
    ///
    /// - Parameter stage: in which calls are judged: `load` or `run`.
    func rule(stage: StageName, runs: Int) -> ConvictionRule {
        let gatesErrors =
            MetricCatalogue.metric(ErrorShare.metric).map { tolerance(of: $0, stage: stage) != nil } ?? false
        return ConvictionRule(
            alpha: alpha, maximumPairs: pairs, screenRuns: max(1, runs),
            errorShare: gatesErrors ? ConvictionRule.usualErrorShare : 0)
    }
}

extension CasePolicy {
    /// What holds for the checks of a session, each named by its description (`analysis/ttft`); one that only informs is
    /// not in it.
    public init(_ policy: Policy, checks: some Sequence<CheckID>, runs: Int) {
        var rules: [String: MetricRule] = [:]
        for check in checks {
            guard let metric = MetricCatalogue.metric(check.metric),
                let tolerance = policy.tolerance(of: metric, stage: check.stage)
            else { continue }
            rules[check.description] = MetricRule(metric, tolerance: tolerance, length: check.length?.description)
        }
        self.init(
            rule: policy.rule(stage: checks.contains { $0.stage == .load } ? .load : .run, runs: runs), metrics: rules)
    }
}

extension CheckID {
    /// The check that counts what this one grows with: the tokens of the same calls, or of the stages whose wall
    /// time it is.
    var length: CheckID? {
        if let length = MetricCatalogue.metric(metric)?.growsWith {
            return CheckID(stage: stage, metric: length, modelState: modelState)
        }
        let stages: [MetricID: StageName] = ["inventory": .inventory, "analysis": .analysis, "report": .report]
        if stage == .run, metric == "workflow" { return Comparison.tokensOfRun }
        guard stage == .run, let stage = stages[metric] else { return nil }
        return CheckID(stage: stage, metric: "tokens", modelState: modelState)
    }
}
