import GateCore

extension MeasuredPair {
    /// Every figure of both runs by its check: `analysis/ttft`, `run/workflow`.
    ///
    /// - Parameter partial: the numbers of the runs of which what grows with the report is left out.
    func values(withoutReportsOf partial: Set<Int>) -> RunPair {
        RunPair(base: base.values(withoutReportsOf: partial), head: head.values(withoutReportsOf: partial))
    }
}

extension Run {
    /// The figures of one run by check, named as in a verdict: those of each stage's last call where that is valid, and
    /// the wall times of a run that is complete. What failed has none.
    fileprivate func values(withoutReportsOf partial: Set<Int>) -> [String: Double] {
        var values: [String: Double] = [:]
        func put(_ value: Double, _ check: CheckID) {
            if !check.growsWithReport || !partial.contains(index) { values["\(check)"] = value }
        }
        for exchange in stages.compactMap(\.exchanges.last) where exchange.outcome.isValid {
            for (metric, value) in exchange.measurements.ordered {
                put(value, CheckID(stage: exchange.stage, metric: metric.id))
            }
        }
        guard isComplete else { return values }
        if let tokens { put(Double(tokens), .tokensOfRun) }
        for (metric, value) in measurements.ordered { put(value, CheckID(stage: .run, metric: metric.id)) }
        return values
    }
}
