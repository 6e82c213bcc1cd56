public import GateCore

/// The head of a session against its base, by the pairs that were made of both.
struct PairedComparison {
    /// The head's runs beside the base's, which stand in the place of a baseline.
    let comparison: Comparison
    let base: Session
    private let pairs: [RunPair]
    private let demands: Demands

    /// Nil where there is no pair without a cold call.
    init?(session: Session, policy: Policy) {
        let pairs = session.measuredPairs.filter { !$0.isCold }
        guard let arm = session.base, !pairs.isEmpty else { return nil }
        let head = session.side(
            session.origin, session.model, session.corpus, session.configuration, pairs.map(\.head),
            serverStarts: session.serverStarts, modelLoads: session.modelLoads)
        base = session.side(.server(arm.server), arm.model, arm.corpus, arm.configuration, pairs.map(\.base))
        let partial = session.partialReports
        comparison = Comparison(
            session: head,
            baseline: Baseline(
                workload: session.workload, machineClass: session.machineClass,
                sessions: [ApprovedSession(session: base, approval: .none(at: session.startedAt), partial: partial)]),
            policy: policy, base: base, partial: partial)
        let comparable = comparison.comparable
        let needed = Set((comparable + comparable.compactMap(\.length)).map(\.description))
        self.pairs = pairs.map { $0.values(withoutReportsOf: partial).only(needed) }
        self.demands = Demands(policy, checks: comparable, runs: arm.configuration.runs)
    }

    /// The pairs in the order in which they were made, looked at as if they arrived one by one.
    var trial: PairedTrial {
        var trial = PairedTrial(demands: demands)
        for pair in pairs where trial.verdict == nil { trial.append(pair) }
        return trial
    }
}

extension Session {
    /// One arm's runs as a session of their own. Cold starts are made for the head alone.
    func side(
        _ origin: Origin, _ model: ModelIdentity, _ corpus: CorpusIdentity?, _ configuration: Configuration,
        _ runs: [Run], serverStarts: [Double] = [], modelLoads: [ModelLoad]? = nil
    ) -> Session {
        Session(
            id: id, toolVersion: toolVersion, workload: workload, machineClass: machineClass, startedAt: startedAt,
            finishedAt: finishedAt, environment: environment, origin: origin, model: model, corpus: corpus,
            configuration: configuration, serverStarts: serverStarts, modelLoads: modelLoads,
            runs: runs.map(\.alone), warnings: [], prompts: prompts)
    }

    /// True where the pairs that were made so far decide: another one would change nothing.
    public func isDecidedByPairs(under policy: Policy) -> Bool {
        PairedComparison(session: self, policy: policy)?.trial.verdict != nil
    }
}

extension Run {
    /// The same run in a session that has one side.
    fileprivate var alone: Run {
        Run(
            index: index, isWarmup: isWarmup, startedAt: startedAt, stages: stages, measurements: measurements,
            reportFile: reportFile, factsFile: factsFile, reportMarks: reportMarks, load: load,
            interference: interference)
    }
}

extension RunPair {
    fileprivate func only(_ names: Set<String>) -> RunPair {
        RunPair(base: base.filter { names.contains($0.key) }, head: head.filter { names.contains($0.key) })
    }
}

extension Approval {
    /// Of a base, which nobody has approved and which is no baseline.
    fileprivate static func none(at time: UTCTime) -> Approval {
        Approval(reason: "", approvedAt: time, approvedBy: nil, commit: nil)
    }
}
