package import GateCore

/// What is demanded of one metric, with everything filled in that a policy leaves open.
struct MetricRule: Sendable, Equatable {
    /// Nil where nobody said which way is better: such a metric is never judged by guessing.
    var direction: Direction?
    /// How much worse it may become; nil where nothing says it. Of a metric that only informs, too.
    var allowed: Tolerance?
    /// Judged on the candidate alone.
    var budget: Budget?
    /// True for a metric that gates and belongs to the family over which alpha holds; false for one that only informs.
    var isGate: Bool
    /// Of values in seconds, of which less is better: nothing lasts zero seconds.
    var isDuration = false
    /// Of whole numbers that say how much an agent does, and not how fast anything is.
    var isCountOfAgent = false
    /// Measured of the work beside the model server, whose noise says nothing of the server's.
    var isBesideServer = false
    /// The metric that counts what this one grows with, as the tokens of an answer: where both sides have it, the values
    /// are judged per unit of it, so that a longer answer is not taken for a slower one. Nil for none.
    var length: String?

    /// The tolerance that gates; nil for a metric that only informs, or that a budget alone gates.
    var tolerance: Tolerance? { isGate ? allowed : nil }

    /// Of a metric that is there beside those that are judged.
    static let informing = MetricRule(isGate: false)
}

extension Policy {
    /// What is demanded of a metric: the stage's own words, else the metric's, else what holds where nothing is said.
    ///
    /// - Parameter stage: nil for a metric that has none.
    func rule(of metric: MetricID, stage: StageName? = nil) -> MetricRule {
        let known = MetricCatalogue.metric(metric)
        let entries = entries(of: metric, stage: stage)
        let direction = entries.compactMap(\.direction).first ?? known?.direction
        let configured = entries.compactMap(\.tolerance).first
        var role = entries.compactMap(\.role).first
        var allowed = configured ?? (others == .asInCatalogue ? known?.defaultTolerance : Policy.usualTolerance)
        if role == nil, others != .asInCatalogue {
            role = entries.isEmpty && (others == .inform || direction == .neutral) ? .info : .gate
        }
        if role == .gate { allowed = allowed ?? Policy.fallbackTolerance }
        if direction == .neutral { allowed = nil }
        let budget = role == .info ? nil : entries.compactMap(\.budget).first
        return MetricRule(
            direction: direction, allowed: allowed, budget: budget,
            isGate: role.map { $0 == .gate } ?? (allowed != nil || budget != nil),
            isDuration: known?.unit == .seconds && direction == .lowerIsBetter,
            isCountOfAgent: known?.unit == .count && MetricCatalogue.command.contains { $0.id == metric },
            isBesideServer: MetricCatalogue.isBesideServer(metric),
            length: known?.growsWith?.rawValue)
    }

    func rule(of check: CheckID) -> MetricRule {
        var rule = rule(of: check.metric, stage: check.stage)
        rule.length = check.length?.description
        return rule
    }

    /// The tolerance that gates a check; nil for one that only informs, or that a budget alone gates.
    package func tolerance(of check: CheckID) -> Tolerance? { rule(of: check).tolerance }
}

extension CheckID {
    /// What all stages of a run wrote together.
    static let tokensOfRun = CheckID(stage: .run, metric: "tokens")

    /// The check that counts what this one grows with: the tokens of the same calls, or of the stages whose wall
    /// time it is.
    var length: CheckID? {
        if let length = MetricCatalogue.metric(metric)?.growsWith {
            return CheckID(stage: stage, metric: length, modelState: modelState)
        }
        let stages: [MetricID: StageName] = ["inventory": .inventory, "analysis": .analysis, "report": .report]
        if stage == .run, metric == "workflow" { return .tokensOfRun }
        guard stage == .run, let stage = stages[metric] else { return nil }
        return CheckID(stage: stage, metric: "tokens", modelState: modelState)
    }
}
