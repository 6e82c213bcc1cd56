internal import GateCore

extension Setting {
    /// The mapping from metrics to what is demanded of them. The first demand that fits holds.
    static let metrics: Setting = {
        var setting = Setting(
            "metrics", ValueReader<[MetricDraft]>.metrics,
            "What is demanded of metrics: 'ttft' in every stage that has it, 'report/ttft' in one.",
            value: { _ in nil }, apply: { $0.policy.metrics = $1.map(\.policy) + $0.policy.metrics })
        setting.merge = { file, flag in
            guard var demands = file as? [MetricDraft], let others = flag as? [MetricDraft] else { return flag }
            for demand in others { overlay(&demands, with: demand) }
            return demands
        }
        return setting
    }()

    private static func overlay(_ demands: inout [MetricDraft], with demand: MetricDraft) {
        guard let index = demands.firstIndex(where: { $0.metric == demand.metric && $0.stage == demand.stage }) else {
            demands.append(demand)
            return
        }
        if let role = demand.role { demands[index].role = role }
        if let tolerance = demand.tolerance { demands[index].tolerance = tolerance }
        if let max = demand.max { demands[index].max = max }
        if let min = demand.min { demands[index].min = min }
    }
}

extension ValueReader where Value == [MetricDraft] {
    static var metrics: ValueReader {
        ValueReader(.table(MetricTable.rows)) { node, key, problems in
            guard case .mapping(let pairs) = node.content else {
                let refusal = Refusal(node, allowed: .table([]))
                problems.append(ConfigurationProblem(origin: node.origin, key: key, message: refusal.message))
                return nil
            }
            var demands: [MetricDraft] = []
            for (name, value) in pairs {
                do throws(Refusal) {
                    guard let text = name.text else { throw Refusal("found \(name.found) in place of a metric") }
                    let metricKey = try MetricKey(text)
                    let reader = MetricDemands(metric: metricKey.metric)
                    if let demand = reader.read(value, "\(key).\(text)", &problems) {
                        demands.append(demand.inStage(metricKey.stage, at: name.origin))
                    }
                } catch {
                    problems.append(ConfigurationProblem(origin: name.origin, key: key, message: error.message))
                }
            }
            return demands
        }
    }
}

extension MetricDraft {
    fileprivate var policy: MetricPolicy {
        let budget = min == nil && max == nil ? nil : Budget(min: min?.value, max: max?.value)
        return MetricPolicy(
            metric: metric, stage: stage, role: role?.value, tolerance: tolerance?.value, budget: budget)
    }

    fileprivate func inStage(_ stage: StageName?, at origin: ConfigurationOrigin) -> MetricDraft {
        MetricDraft(metric: metric, stage: stage, origin: origin, role: role, tolerance: tolerance, max: max, min: min)
    }
}

/// The metrics by what may be demanded of them, for the schema.
enum MetricTable {
    /// One row for all metrics that are written alike, in the order of the catalogue.
    static var rows: [ValueShape.Row] {
        var rows: [(shape: ValueShape, metrics: [Metric])] = []
        for metric in MetricCatalogue.all {
            let shape = MetricDemands(metric: metric).shape
            if let index = rows.firstIndex(where: { $0.shape == shape }) {
                rows[index].metrics.append(metric)
            } else {
                rows.append((shape, [metric]))
            }
        }
        let own = rows.map { ValueShape.Row(pattern: "^(\(alternatives($0.metrics)))$", shape: $0.shape) }
        return own + MetricUnit.allCases.flatMap(declared)
    }

    /// Metrics of other tools say their unit and direction by their names: `time:s:lower`.
    private static func declared(_ unit: MetricUnit) -> [ValueShape.Row] {
        [[Direction.lowerIsBetter, .higherIsBetter], [.neutral]].compactMap { directions in
            guard let metric = directions.first.flatMap({ DeclaredMetric("name", unit, $0) })?.metric else {
                return nil
            }
            let words = directions.map(\.rawValue).joined(separator: "|")
            return ValueShape.Row(
                pattern: "^((\(MetricKey.stagePattern(of: metric)))/)?\(DeclaredMetric.namePattern):\(unit.rawValue):"
                    + "(\(words))$",
                shape: MetricDemands(metric: metric).shape)
        }
    }

    /// `((load|NAME)/)?(itl\.p99)|((run)/)?(ingest|workflow)`
    private static func alternatives(_ metrics: [Metric]) -> String {
        var groups: [(stages: String, names: [String])] = []
        for metric in metrics {
            let stages = MetricKey.stagePattern(of: metric)
            let name = metric.id.rawValue.split(separator: ".").joined(separator: #"\."#)
            if let index = groups.firstIndex(where: { $0.stages == stages }) {
                groups[index].names.append(name)
            } else {
                groups.append((stages, [name]))
            }
        }
        return groups.map { "((\($0.stages))/)?(\($0.names.joined(separator: "|")))" }.joined(separator: "|")
    }
}
