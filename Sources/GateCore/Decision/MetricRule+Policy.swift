extension MetricRule {
    /// The rule of a gating metric of the catalogue.
    init(_ metric: Metric, tolerance: Tolerance, length: String?) {
        self.init(
            direction: metric.direction, tolerance: AllowedWorsening(tolerance, direction: metric.direction),
            isDuration: metric.unit == .seconds && metric.direction == .lowerIsBetter, length: length)
    }
}

extension AllowedWorsening {
    /// From what a value may change by to the ratio of its costs: a rate that may fall by 25 % may cost 1.33 times as much.
    init(_ tolerance: Tolerance, direction: Direction) {
        let share = tolerance.percent.map { $0 / 100 }
        self.init(
            relative: direction == .higherIsBetter ? share.map { $0 < 1 ? 1 / (1 - $0) - 1 : .infinity } : share,
            absolute: tolerance.absolute)
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
            rule: ConvictionRule(alpha: policy.alpha, maximumPairs: policy.pairs, screenRuns: max(1, runs)),
            metrics: rules)
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
