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
    /// The figures of one run by check, named as in a verdict: those of each stage that has an answer, and those of
    /// the whole run where it is complete. What failed has none.
    fileprivate func values(withoutReportsOf partial: Set<Int>) -> [String: Double] {
        var values: [String: Double] = [:]
        func put(_ value: Double, _ check: CheckID) {
            if !check.growsWithReport || !partial.contains(index) { values["\(check)"] = value }
        }
        for figures in stageFigures {
            for (metric, value) in figures.measurements.ordered {
                put(value, CheckID(stage: figures.stage, metric: metric.id))
            }
        }
        guard isComplete else { return values }
        if let tokens { put(Double(tokens), .tokensOfRun) }
        for (metric, value) in measurements.ordered { put(value, CheckID(stage: .run, metric: metric.id)) }
        return values
    }
}
