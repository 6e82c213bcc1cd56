import GateCore

/// Why a check cannot be compared, whatever its values are.
struct Doubt {
    let outcome: Outcome
    let explanation: String
    let remedy: String

    init(_ outcome: Outcome, _ explanation: String, _ remedy: String) {
        self.outcome = outcome
        self.explanation = explanation
        self.remedy = remedy
    }
}

extension Comparison {
    /// More invalid calls than this share make a stage's figures invalid.
    static let largestInvalidShare = 0.2

    /// Nil where the values of the check can be compared.
    func doubt(_ check: CheckID) -> Doubt? {
        if check.modelState == .cold, hasBase {
            return Doubt(
                .informational, "\(check) is measured for the head only: where there is a base, only budgets judge it",
                "")
        }
        if let doubt = reportDoubt(check) { return doubt }
        // Before what is missing: a count that cannot be right may be why.
        if let doubt = countDoubt(check) { return doubt }
        guard samples[check] != nil else { return lost(check) }
        if let share = base?.callCounts(of: check.stage).invalidShare, share > Comparison.largestInvalidShare {
            return Doubt(
                .invalid,
                "\(DisplayFormat.percent(share, decimals: 0)) of the base's calls of \(check) are invalid",
                "Look at the invalid calls below: the base cannot be measured like that.")
        }
        guard baseline?.values(of: check).isEmpty == false else {
            return Doubt(
                .new, "\(check) is new: the baseline does not have it",
                "It is judged once a session that has it is approved.")
        }
        if let share = session.callCounts(of: check.stage).invalidShare, share > Comparison.largestInvalidShare {
            return Doubt(
                .invalid, "\(DisplayFormat.percent(share, decimals: 0)) of the calls of \(check) are invalid",
                "Look at the invalid calls below; the figures of the others stand for too little.")
        }
        return cacheDoubt(check) ?? gapDoubt(check) ?? costDoubt(check)
    }

    /// A cost that leaves out a model which the other side had in it, or did not call, is less for no reason of its own.
    private func costDoubt(_ check: CheckID) -> Doubt? {
        let asked = baseline?.sessions.compactMap(\.asked).map { Set($0.stages.flatMap(\.models)) } ?? []
        return asked.isEmpty ? nil : costDoubt(check, asked)
    }

    /// Without a baseline nobody has agreed to what the cost leaves out, and a budget is kept by nothing less than all of it.
    func budgetCostDoubt(_ check: CheckID) -> Doubt? {
        costDoubt(check, baseline?.sessions.compactMap(\.asked).map { Set($0.stages.flatMap(\.models)) } ?? [])
    }

    /// - Parameter asked: the models that each session of the baseline called.
    private func costDoubt(_ check: CheckID, _ asked: [Set<String>]) -> Doubt? {
        guard check.metric == "cost" else { return nil }
        let (unpriced, uncounted) = (session.modelsLeftOutOfCost, session.modelsNotCounted)
        let before = Set(baseline?.sessions.compactMap(\.command?.prices).joined().map(\.model) ?? [])
        func isNew(_ model: String) -> Bool { !asked.contains { $0.contains(model) } }
        if let model = unpriced.first(where: { isNew($0) || before.contains($0) }) {
            return Doubt(
                .missing,
                asked.isEmpty
                    ? "\(check) leaves out \(model), which has no price"
                    : "\(check) leaves out \(model), which has no price, and is compared with one that had all in it",
                "Add the price below 'prices', by the name that the calls have: 0 where it costs nothing.")
        }
        return uncounted.first(where: isNew).map { model in
            Doubt(
                .missing, "\(check) leaves out \(model), whose tokens the server does not say",
                "Let the server say them (usage); where the cost is meant to be without it, give it a price of 0."
            )
        }
    }

    /// How long a report took that was cut off or does not end is not how long a report takes.
    private func reportDoubt(_ check: CheckID) -> Doubt? {
        guard check.growsWithReport else { return nil }
        func doubt(_ words: String) -> Doubt {
            Doubt(
                .inconclusive, "\(check): \(words), and how long such a report took is not how long a report takes",
                "Give the answer more room (agent.max_tokens, agent.num_ctx) or look why it does not end.")
        }
        for (side, name) in [(session, ""), (base, " of the base")] {
            guard let runs = side?.measuredRuns.filter(\.isComplete) else { continue }
            let left = runs.count { partial.contains($0.index) }
            if Double(left) > ReportsKind.largestMarkedShare * Double(runs.count) {
                return doubt("\(left) of \(runs.count) reports\(name) were cut off or go round in circles")
            }
        }
        guard base == nil, let kinds = baseline?.sessions.compactMap(\.reportsKind) else { return nil }
        let kind = session.reportsKind
        guard kinds.contains(where: { $0 != kind || $0 == .mixed }) else { return nil }
        return kind == .marked
            ? doubt("every report was cut off or goes round in circles, not so in the baseline")
            : doubt("reports of the baseline were cut off or go round in circles, not so here")
    }

    /// True beside a base revision: cold starts are made for the head alone, and a pair with a cold call is dropped.
    private var hasBase: Bool { base != nil || session.base != nil }

    /// The baseline has the check and this session does not. Cold calls come and go with the server's memory; a
    /// stage's warm metric that is gone is a regression of the instrument or of the server.
    func lost(_ check: CheckID) -> Doubt {
        let name = check.description
        if check.modelState == .cold {
            return Doubt(
                .inconclusive, "\(name): the baseline has cold calls, this session has none",
                check.stage == .run && check.metric == "model_load"
                    ? "Measure cold starts as the baseline did: --cold-starts 3."
                    : "Measure with the model unloaded before the session, or judge warm calls only."
            )
        }
        if let share = session.callCounts(of: check.stage).invalidShare, share > 0 {
            return Doubt(
                .invalid, "\(name) was not measured: its calls are invalid",
                "Look at the invalid calls below; the figures of the others stand for too little.")
        }
        let unpriced = session.modelsWithoutPrice
        if check.metric == "cost", !unpriced.isEmpty {
            return Doubt(
                .missing, "\(name) is in the baseline, and now \(unpriced.joined(separator: ", ")) has no price",
                "Add the price below 'prices', by the name that the calls have.")
        }
        if check.metric.isInterToken, isDegraded(stage: check.stage) {
            return Doubt(
                .inconclusive,
                "\(name): the tokens were read too late or too many at once to know the gaps between them",
                "Measure on a machine that runs nothing else; a server that sends several tokens at once has no such figure."
            )
        }
        if check.metric == "throughput", hasUnknownThroughput(stage: check.stage) {
            return Doubt(
                .inconclusive,
                "\(name): so much of the answers came at once that the arrivals cannot show it",
                "Turn off what gathers tokens on the way, or gate server.throughput, the server's own figure."
            )
        }
        if samples.keys.contains(where: { $0.stage == check.stage && $0.modelState == .cold }) {
            return Doubt(
                .inconclusive, "\(name): every call of this session had to load the model first",
                "Warm the server up (warmup_runs: 1) or keep the model loaded."
            )
        }
        let rules = session.silentStageRules.filter { $0.name == check.stage }
        if !rules.isEmpty, baseline?.values(of: check).isEmpty != false {
            return Doubt(
                .missing,
                "\(name) is demanded, but no call was of its stage, whose rule"
                    + " (\(rules.map(\.match.description).joined(separator: "; "))) fits none",
                "Mend the rule in command.stages, or take the demand out.")
        }
        return Doubt(
            .missing, "\(name) is in the baseline, but this session did not measure it",
            session.workload == .imported
                ? "The files that were imported have nothing of that case, name, unit and direction: import it as it was"
                    + " (--metric), or, where it is meant to be gone, approve this session."
                : "The server stopped reporting it or the workload lost a stage; if that is wanted, approve this session."
        )
    }

    /// Gaps that our own lag has spoilt are not the server's.
    private func gapDoubt(_ check: CheckID) -> Doubt? {
        guard check.stage == .load, check.metric.isInterToken,
            let doubt = session.measuredWindows.sorted(by: { $0.coalescedShare > $1.coalescedShare })
                .compactMap({ $0.gapDoubt(of: check.metric) }).first
        else { return nil }
        return Doubt(
            .inconclusive,
            "\(check) is degraded: \(doubt), so that their gaps are not known",
            "Measure from a machine that keeps up, apart from the server, or with less concurrency."
        )
    }

    /// Above this ratio the text of a token has another size: no answer of the same model to the same prompts has.
    static let largestCountChange = 1.5

    /// A rate of tokens is as good as their count, which is the server's alone.
    private func countDoubt(_ check: CheckID) -> Doubt? {
        guard check.metric.rawValue.contains("throughput") else { return nil }
        let size = CheckID(stage: check.stage, metric: "bytes_per_token", modelState: check.modelState)
        guard let now = samples[size].flatMap({ OrderStatistics.median($0.values) }),
            let before = baseline.flatMap({ OrderStatistics.median($0.values(of: size)) }),
            now > 0, before > 0, max(now / before, before / now) > Comparison.largestCountChange
        else { return nil }
        func words(_ size: Double) -> String { DisplayFormat.fixed(size, decimals: 1) }
        return Doubt(
            .invalid,
            "\(check): a token has \(words(now)) bytes of text by the server's count, \(words(before)) in the baseline:"
                + " the server counts otherwise",
            "Find out which count is right; where the new one is, approve this session.")
    }

    private func hasUnknownThroughput(stage: StageName) -> Bool {
        session.decisiveExchanges.contains {
            $0.exchange.stage == stage && $0.exchange.timing.throughputDegraded == true
        }
            || (stage == .load && session.measuredWindows.contains { ($0.withoutThroughput ?? 0) > 0 })
    }

    private func isDegraded(stage: StageName) -> Bool {
        session.decisiveExchanges.contains { $0.exchange.stage == stage && $0.exchange.timing.degraded == true }
    }

    /// TTFT and prompt evaluation measure the prompt cache as much as the server: unlike states are not compared.
    private func cacheDoubt(_ check: CheckID) -> Doubt? {
        guard check.metric == "ttft" || check.metric == "prompt_eval" || check.metric.rawValue.hasPrefix("ttft."),
            let baseline
        else { return nil }
        let approved = Set(baseline.sessions.flatMap(\.cacheStates).map(\.asJudged))
        let observed = Set(session.cacheStates.map(\.asJudged))
        // The first run of a command may find another cache than the second: what its own prompts leave there is part of it.
        let isUnlike =
            session.configuration.command == nil
            ? approved != observed || observed.contains(.unknown) || observed.count != 1
            : approved.contains(.hit) != observed.contains(.hit)
        guard isUnlike else { return nil }
        func words(_ states: Set<PromptCacheState>) -> String {
            states.isEmpty ? "not recorded" : states.map(\.rawValue).sorted().joined(separator: " and ")
        }
        return Doubt(
            .inconclusive,
            "\(check) depends on the prompt cache, which was \(words(approved)) in the baseline"
                + " and is \(words(observed)) now",
            session.configuration.command == nil
                ? "Measure both with agent.prompt_cache 'defeat', and approve a session of now where the baseline is older."
                : "Warm both up alike (warmup_runs), or look why the prompts do not begin alike any more."
        )
    }

    /// Fewer runs cannot tell a slower program from an hour in which others used the machine.
    static let fewestRunsOnBusyMachine = 3

    /// Why a time or a rate convicts nobody although it is worse: the session itself reports what may have made it so. Pairs
    /// are not concerned: what disturbs both arms is no difference between them.
    ///
    /// - Parameters:
    ///   - found: what would have convicted.
    ///   - change: of medians of durations, in seconds; nil for what is none.
    func noiseDoubt(_ metric: Metric, _ found: String, change: (from: Double, to: Double)? = nil) -> Doubt? {
        guard base == nil, metric.unit.isOfSpeed else { return nil }
        let disturbances = session.disturbances
        let isFew =
            session.measuredRuns.count < Comparison.fewestRunsOnBusyMachine
            && !exceeds(disturbances, change)
        let isRefused = policy.machineBusy == .fail && disturbances.contains(where: \.isOfOthers)
        guard isFew || isRefused, let cause = disturbances.first else { return nil }
        return Doubt(
            .inconclusive, "\(found); but \(cause.warning.message)",
            isRefused
                ? cause.warning.remedy
                : "\(cause.warning.remedy) With \(Comparison.fewestRunsOnBusyMachine) runs or more it would be judged all"
                    + " the same.")
    }

    /// What disturbed may have done half as much again as its own figures say.
    private static let slowdownMargin = 1.5
    /// Seconds that a call may have to wait for a CPU, however short it is.
    private static let longestWait = 0.1

    /// True where a duration grew by more than what disturbed can have added: then it is no doubt.
    private func exceeds(_ disturbances: [Disturbance], _ change: (from: Double, to: Double)?) -> Bool {
        let slowdowns = disturbances.compactMap(\.slowdown)
        guard let change, let most = slowdowns.max(), slowdowns.count == disturbances.count else { return false }
        return change.to > change.from * most * Comparison.slowdownMargin + Comparison.longestWait
    }
}
