package import GateCore

/// The keys below `metrics`: `ttft` for every stage that has the metric, `report/ttft` for one.
package struct MetricKey: Equatable {
    let metric: Metric
    let stage: StageName?

    private static let callStages: [StageName] = [.inventory, .analysis, .report]

    /// The stages in which a metric is measured.
    package static func stages(of metric: Metric) -> [StageName] {
        if DeclaredMetric(metric.id) != nil { return [] }
        if metric.id == "error_share" { return [.run, .load] }
        if MetricCatalogue.window.contains(metric) { return [.load] }
        if MetricCatalogue.quality.contains(metric) { return [.quality] }
        let isOfCall = MetricCatalogue.call.contains(metric)
        // Loading is also measured for a server that chimera-gate starts, which belongs to no call.
        let more: [StageName] =
            metric.id == "model_load" ? [.run] : metric.id.rawValue.hasPrefix("itl.") ? [.load] : []
        return isOfCall ? callStages + more : [.run]
    }

    /// The stages as a pattern: calls of a command are in stages with names of its own.
    static func stagePattern(of metric: Metric) -> String {
        let names = stages(of: metric).filter { !isOfCall(metric) || !callStages.contains($0) }.map(\.rawValue)
        let reserved = StageRule.reservedNames.map(\.rawValue).joined(separator: "|")
        let own = isOfCall(metric) ? ["(?!(\(reserved))/)[a-z0-9][a-z0-9._-]{0,63}"] : []
        return (names + own).joined(separator: "|")
    }

    /// Calls of a command, and what another tool measured, are in stages with names of their own.
    private static func isOfCall(_ metric: Metric) -> Bool {
        MetricCatalogue.call.contains(metric) || DeclaredMetric(metric.id) != nil
    }

    /// Whether a command may have a stage of that name with the metric.
    private static func isOwn(_ name: String, of metric: Metric) -> Bool {
        isOfCall(metric) && matches(name, ValueShape.placePattern)
            && !StageRule.reservedNames.contains { $0.rawValue == name }
    }

    init(_ text: String) throws(Refusal) {
        // The unit of another tool's metric may have a slash of its own.
        let isAlone = DeclaredMetric(MetricID(rawValue: text)) != nil
        let parts =
            isAlone
            ? [text] : text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts.count == 2 ? parts[1] : text
        let names = MetricCatalogue.all.map(\.id.rawValue)
        guard let metric = MetricCatalogue.metric(MetricID(rawValue: name)) else {
            let near = nearest(to: name, among: names).map { " (did you mean '\($0)'?)" } ?? ""
            throw Refusal("there is no metric \(quoted(name))\(near); there are \(names.joined(separator: ", "))")
        }
        self.metric = metric
        guard parts.count == 2 else {
            stage = nil
            return
        }
        let stages = MetricKey.stages(of: metric)
        // Whether the workload has such a stage, the whole configuration tells.
        let own = MetricKey.isOwn(parts[0], of: metric) ? StageName(rawValue: parts[0]) : nil
        guard let stage = stages.first(where: { $0.rawValue == parts[0] }) ?? own else {
            let near = nearest(to: parts[0], among: stages.map(\.rawValue)).map { " (did you mean '\($0)'?)" } ?? ""
            throw Refusal(
                "'\(name)' is not measured in a stage \(quoted(parts[0]))\(near);"
                    + " it is in \(stages.map(\.rawValue).joined(separator: ", "))")
        }
        self.stage = stage
    }
}

/// What may stand below one metric's key.
struct MetricDemands {
    let metric: Metric

    var section: ConfigurationSection<MetricDraft> {
        let limits: [ConfigurationSection<MetricDraft>.Field] = [
            .value(
                "max", \.max, .limit(of: metric.unit), "The most that is allowed, whatever the baseline says."),
            .value(
                "min", \.min, .limit(of: metric.unit), "The least that is allowed, whatever the baseline says."),
        ]
        return ConfigurationSection(
            MetricDraft(metric: metric.id, stage: nil), allowsEmpty: false,
            isJudged
                ? [
                    .value(
                        "role", \.role, .choice(),
                        "Whether the metric can block, or only informs whatever its tolerance and budget are."),
                    .value(
                        "tolerance", \.tolerance, .tolerance(of: metric),
                        "How much worse than the baseline's median it may be."),
                ] + limits
                : limits)
    }

    /// A neutral metric is neither better nor worse, only inside or outside of its limits.
    private var isJudged: Bool { metric.direction != .neutral }

    var shape: ValueShape {
        isJudged ? .either([ValueReader<Tolerance>.toleranceShape(of: metric.unit), section.shape]) : section.shape
    }

    /// Reads the short form, which is a tolerance, or the mapping.
    func read(
        _ node: ConfigurationNode, _ key: String, _ problems: inout [ConfigurationProblem]
    ) -> MetricDraft? {
        func problem(_ message: String) {
            problems.append(ConfigurationProblem(origin: node.origin, key: key, message: message))
        }
        if case .mapping(let pairs) = node.content, !pairs.isEmpty {
            guard let draft = section.read(node, key, &problems) else { return nil }
            if let min = draft.min, let max = draft.max, min.value > max.value {
                problem("min is greater than max; nothing could lie between them")
            }
            return draft
        }
        guard isJudged else {
            problem("found \(node.found); '\(metric.id)' is neither better nor worse: it takes max and min only")
            return nil
        }
        guard node.text != nil else {
            problem(Refusal(node, allowed: shape).message)
            return nil
        }
        return ValueReader<Tolerance>.tolerance(of: metric).read(node, key, &problems).map {
            MetricDraft(
                metric: metric.id, stage: nil, tolerance: Located(value: $0, origin: node.origin))
        }
    }
}
