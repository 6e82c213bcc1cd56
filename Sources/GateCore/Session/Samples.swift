/// What is compared: one metric in one stage, for calls to a warm or to a cold model.
public struct CheckID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let stage: StageName
    public let metric: MetricID
    public let modelState: ModelState

    public init(stage: StageName, metric: MetricID, modelState: ModelState = .warm) {
        self.stage = stage
        self.metric = metric
        self.modelState = modelState
    }

    /// `ttft`, or `ttft.cold` for the calls that had to load the model first.
    public var metricName: String { modelState == .cold ? "\(metric).cold" : "\(metric)" }
    /// `analysis/ttft`
    public var description: String { "\(stage)/\(metricName)" }

    public static func < (left: CheckID, right: CheckID) -> Bool { left.sortKey < right.sortKey }

    /// Stages in the order of the work, metrics in the order of the catalogue, warm before cold.
    private var sortKey: (Int, String, Int, String, Int) {
        let stages: [StageName] = [.run, .inventory, .analysis, .report, .load, .quality]
        return (
            stages.firstIndex(of: stage) ?? stages.count, stage.rawValue,
            MetricCatalogue.all.firstIndex { $0.id == metric } ?? MetricCatalogue.all.count, metric.rawValue,
            modelState == .warm ? 0 : 1
        )
    }
}

/// The values of one check, in the metric's base unit, in the order in which they were measured.
public struct Sample: Codable, Sendable, Equatable {
    public let check: CheckID
    public let unit: MetricUnit
    /// In that unit, each at least 0. Not empty.
    public let values: [Double]

    public init(check: CheckID, unit: MetricUnit, values: [Double]) {
        self.check = check
        self.unit = unit
        self.values = values
    }
}

extension Session {
    /// The head's runs that count: not the ones that only warmed the server up.
    public var measuredRuns: [Run] { measuredRuns(of: .head) }

    /// The calls that decided their stages, in order, with the run's number.
    public var decisiveExchanges: [(run: Int, exchange: Exchange)] {
        measuredRuns.flatMap { run in
            run.stages.compactMap { stage in stage.exchanges.last.map { (run.index, $0) } }
        }
    }

    /// Every call that ended badly, retried or not, warm-up included, with the run's number.
    public var invalidExchanges: [(run: Int, exchange: Exchange, reason: InvalidCall)] {
        runs.flatMap { run in
            run.stages.flatMap(\.exchanges).compactMap { exchange in
                guard case .invalid(let reason) = exchange.outcome else { return nil }
                return (run.index, exchange, reason)
            }
        }
    }

    /// True where nothing was measured because every call was refused for what the configuration says: a wrong key, a
    /// model or a route that the server does not have. Trying again does not mend that.
    public var isMisconfigured: Bool {
        guard !hasValidCall else { return false }
        let kinds = invalidExchanges.map(\.reason.kind) + runs.compactMap(\.load).flatMap(\.errors).map(\.kind)
        return !kinds.isEmpty && kinds.allSatisfy { [.unauthorized, .modelNotFound, .routeNotFound].contains($0) }
    }

    /// The samples of every metric and stage, from valid calls of measured runs only, one value a run, cold and warm apart,
    /// without the durations of reports that are cut off or do not end.
    public func samples() -> [CheckID: Sample] { samples(withoutReportsOf: partialReports) }

    /// - Parameter partial: the numbers of the runs of which what grows with the report is left out.
    package func samples(withoutReportsOf partial: Set<Int>) -> [CheckID: Sample] {
        var values: [CheckID: [Double]] = [:]
        func add(_ value: Double, to check: CheckID, run: Int) {
            if check.growsWithReport, partial.contains(run) { return }
            values[check, default: []].append(value)
        }
        for run in measuredRuns {
            for figures in run.stageFigures {
                for (metric, value) in figures.measurements.ordered {
                    let check = CheckID(stage: figures.stage, metric: metric.id, modelState: figures.modelState)
                    add(value, to: check, run: run.index)
                }
            }
        }
        for run in measuredRuns where run.isComplete {
            for (metric, value) in run.measurements.ordered {
                let check = CheckID(stage: .run, metric: metric.id, modelState: run.isCold ? .cold : .warm)
                add(value, to: check, run: run.index)
            }
        }
        for window in measuredWindows where window.completed > 0 {
            for (metric, value) in window.measurements.ordered {
                let check = CheckID(stage: .load, metric: metric.id, modelState: window.modelState)
                values[check, default: []].append(value)
            }
        }
        if !coldStarts.isEmpty { values[CheckID(stage: .run, metric: "model_load", modelState: .cold)] = coldStarts }
        return Dictionary(
            uniqueKeysWithValues: values.compactMap { check, values in
                MetricCatalogue.metric(check.metric).map {
                    (check, Sample(check: check, unit: $0.unit, values: values))
                }
            })
    }
}
