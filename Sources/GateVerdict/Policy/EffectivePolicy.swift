public import GateCore

/// What holds in the end for every check of a session, defaults filled in: what `explain` prints.
public struct EffectivePolicy: Codable, Sendable, Equatable {
    /// What is demanded of one check.
    public struct Demand: Codable, Sendable, Equatable {
        public let check: CheckID
        public let direction: Direction
        public let role: MetricRole
        /// nil where only a budget gates, and for a check that informs.
        public let tolerance: Tolerance?
        public let budget: Budget?
    }

    /// Probability that an unchanged run is called a regression, over all its metrics together. More than 0 and less
    /// than 1.
    public let alpha: Double
    /// The workloads that share ``alpha``; nil for one that has all of it. At least 1.
    public let workloads: Int?
    /// Runs of the candidate: what is screened, and what is compared with a stored baseline. At least 1.
    public let runs: Int
    /// Pairs at most. At least 8.
    public let pairs: Int
    public let inconclusive: InconclusivePolicy
    /// What a machine that others used does to the exit status: nothing, or 75; nil in verdicts of before it was kept.
    public let machineBusy: MachineBusyPolicy?
    /// Sorted by check.
    public let demands: [Demand]

    /// - Parameters:
    ///   - policy: what is configured.
    ///   - checks: of the session and its baseline.
    ///   - runs: of the session's configuration.
    public init(_ policy: Policy, checks: some Sequence<CheckID>, runs: Int) {
        alpha = policy.alpha
        workloads = policy.workloads
        self.runs = runs
        pairs = policy.pairs
        inconclusive = policy.inconclusive
        machineBusy = policy.machineBusy
        demands = checks.sorted().compactMap { check in
            guard let metric = MetricCatalogue.metric(check.metric) else { return nil }
            let rule = policy.rule(of: check)
            return Demand(
                check: check, direction: metric.direction,
                role: rule.tolerance == nil && rule.budget == nil ? .info : .gate, tolerance: rule.tolerance,
                budget: rule.budget)
        }
    }
}
