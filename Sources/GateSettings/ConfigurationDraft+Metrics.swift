internal import GateCore

extension ConfigurationDraft {
    /// A demand that no session can ever be held to must not be silence.
    func refuseVainDemands(of configuration: Configuration, _ problems: inout [ConfigurationProblem]) {
        for demand in located("metrics", as: [MetricDraft].self)?.value ?? [] {
            let places = reach(of: demand, configuration)
            guard let first = places.first, let metric = MetricCatalogue.metric(demand.metric) else { continue }
            let stages = places.flatMap { $0.stages(of: metric) }
            guard demand.stage.map({ !stages.contains($0) }) ?? stages.isEmpty else { continue }
            let message = stages.isEmpty ? first.lack(of: metric) : demand.place(among: stages)
            problems.append(ConfigurationProblem(origin: demand.origin, key: "metrics", message: message))
        }
    }

    /// As ``refuseVainDemands(of:_:)``, of what flags demand of a session that exists: the file may be for others.
    func refuseVainFlags(of configuration: Configuration, _ problems: inout [ConfigurationProblem]) {
        var said = self
        let demands = located("metrics", as: [MetricDraft].self)
        said.set("metrics", (demands?.value ?? []).filter(\.isOfFlag), demands?.origin ?? .nowhere)
        said.refuseVainDemands(of: configuration, &problems)
    }

    /// The configurations of which one has to have what a demand names; empty where nobody can say which these are.
    private func reach(of demand: MetricDraft, _ configuration: Configuration) -> [Configuration] {
        // Of what another tool measured the session alone tells.
        guard configuration.workload != .imported else { return [] }
        if demand.isOfFlag { return [configuration] }
        // The file is also that of `load` and `import`, whose metrics are known by their names.
        if demand.stage == .load || DeclaredMetric(demand.metric) != nil { return [] }
        if case .flag? = origin(of: "workload") { return [] }
        guard !workloadNames.isEmpty else { return [configuration] }
        guard let name = located("name", as: String.self)?.value else { return [] }
        return says(demand, of: name) ? [configuration] : workloadNames.map { named($0).applied }
    }
}

extension MetricDraft {
    fileprivate var isOfFlag: Bool { if case .flag = origin { true } else { false } }

    /// That the metric is not in the stage, and where it is.
    fileprivate func place(among stages: [StageName]) -> String {
        let names = stages.reduce(into: [String]()) { if !$0.contains($1.rawValue) { $0.append($1.rawValue) } }
        let stage = stage?.rawValue ?? ""
        let near = nearest(to: stage, among: names).map { " (did you mean '\($0)'?)" } ?? ""
        return
            "'\(metric)' is not measured in a stage \(quoted(stage))\(near); it is in \(names.joined(separator: ", "))"
    }
}

extension Configuration {
    /// In which stages a session of it can have a metric; empty for none.
    fileprivate func stages(of metric: Metric) -> [StageName] {
        let all = MetricKey.stages(of: metric)
        if MetricCatalogue.quality.contains(metric) { return workload == .load ? [] : all }
        if workload == .load { return all.filter { $0 == .load || ($0 == .run && metric.id == "model_load") } }
        if MetricCatalogue.command.contains(metric) { return workload == .command ? all : [] }
        if MetricCatalogue.run.contains(metric) {
            return workload == .command || (workload == .analysis && metric.id == "inventory") ? [] : all
        }
        return (MetricCatalogue.call.contains(metric) ? callStages : []) + all.filter { $0 == .run }
    }

    private var callStages: [StageName] {
        switch workload {
        case .analysis: [.analysis, .report]
        case .dual: [.inventory, .analysis, .report]
        case .command: (command?.stages ?? []).map(\.name) + [.calls, .inventory, .analysis, .report]
        case .load, .imported: []
        }
    }

    /// That the workload does not measure a metric, which one may be meant, and what measures it.
    fileprivate func lack(of metric: Metric) -> String {
        let name = metric.id.rawValue
        let measured = MetricCatalogue.all.filter { !stages(of: $0).isEmpty }.map(\.id.rawValue)
        // A verdict writes the statistic behind the name of a call's metric: `ttft.p50`.
        let plain = name.split(separator: ".").dropLast().joined(separator: ".")
        let near = measured.contains(plain) ? plain : nearest(to: name, among: measured)
        let others = WorkloadKind.allCases.filter { kind in
            var other = self
            other.workload = kind
            return !other.stages(of: metric).isEmpty
        }
        let who = others.map { $0 == .load ? "'chimera-gate load' (as 'load/\(name)')" : "'workload: \($0.rawValue)'" }
        return "'\(name)' is not measured by 'workload: \(workload.rawValue)'"
            + (near.map { " (did you mean '\($0)'?)" } ?? "")
            + (who.isEmpty ? "" : "; it is by \(who.joined(separator: " and "))")
    }
}
