/// The figures of one stage in one run: what a verdict takes for one value.
package struct StageFigures: Sendable, Equatable {
    package let stage: StageName
    package let modelState: ModelState
    package let measurements: Measurements
}

extension Run {
    /// The figures of every stage that has an answer, in the order of the work; none of a command that failed.
    ///
    /// Runs are the units of every verdict, so that a stage with several calls has one value of each metric: of a command
    /// what adds up is the sum over its valid calls, and what does not is their median. One cold call makes all of it cold.
    package var stageFigures: [StageFigures] {
        if let imported {
            return imported.map { StageFigures(stage: $0.stage, modelState: .warm, measurements: $0.measurements) }
        }
        let calls = stages.compactMap(\.exchanges.last).filter(\.outcome.isValid)
        guard let command else {
            return calls.map {
                StageFigures(stage: $0.stage, modelState: $0.modelState, measurements: $0.measurements)
            }
        }
        guard command.failure == nil else { return [] }
        var names: [StageName] = []
        for call in calls where !names.contains(call.stage) { names.append(call.stage) }
        return names.map { name in
            let own = calls.filter { $0.stage == name }
            return StageFigures(
                stage: name, modelState: own.contains { $0.modelState == .cold } ? .cold : .warm,
                measurements: Measurements(ofCalls: own))
        }
    }
}

extension Measurements {
    /// One value of each metric from those of a stage's valid calls. A sum of which a part is not known is not known.
    init(ofCalls calls: [Exchange]) {
        self.init()
        let generations = calls.filter { $0.request?.isGeneration != false }
        for metric in MetricCatalogue.call.map(\.id) {
            let values = calls.compactMap { $0.measurements[metric] }
            guard !values.isEmpty else { continue }
            switch MetricCatalogue.gathering(of: metric) {
            case .sum where MetricCatalogue.isOfEveryGeneration(metric):
                let isWhole = generations.allSatisfy { $0.measurements[metric] != nil }
                self[metric] = isWhole ? values.reduce(0, +) : nil
            case .sum: self[metric] = values.reduce(0, +)
            case .largest: self[metric] = values.max()
            case .median: self[metric] = OrderStatistics.median(values)
            }
        }
    }
}

extension MetricCatalogue {
    /// How the values of a stage's calls become one.
    public enum Gathering: String, Sendable {
        case sum, median, largest
    }

    /// How a stage of several calls gets its value of a metric of calls: durations that grow with what is asked and counts
    /// add up, latencies and rates do not.
    public static func gathering(of metric: MetricID) -> Gathering {
        switch metric.rawValue {
        case "total", "eval", "prompt_eval", "model_load", "thinking", "tokens", "prompt_tokens", "thinking_tokens":
            .sum
        case "itl.max": .largest
        default: .median
        }
    }
    /// False for what a call may have none of: then there is nothing to add.
    fileprivate static func isOfEveryGeneration(_ metric: MetricID) -> Bool {
        ["tokens", "prompt_tokens", "eval", "prompt_eval"].contains(metric)
    }
}
