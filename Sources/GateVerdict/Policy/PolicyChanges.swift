public import GateCore

extension Policy {
    /// What another policy would demand differently, one sentence each: `analysis/ttft: tolerance +25% → +900%`.
    public func changes(to other: Policy) -> [String] {
        var changes: [String] = []
        func compare(_ what: String, _ mine: String, _ theirs: String) {
            if mine != theirs { changes.append("\(what) \(mine) → \(theirs)") }
        }
        let places = Set((metrics + other.metrics).map { Place(metric: $0.metric, stage: $0.stage) })
        for place in places.sorted(by: { $0.name < $1.name }) {
            guard let metric = MetricCatalogue.metric(place.metric) else { continue }
            // Of a stage that has no word of its own, what holds is that of all stages.
            let (mine, theirs) = (
                rule(of: metric.id, stage: place.stage), other.rule(of: metric.id, stage: place.stage)
            )
            compare("\(place.name): tolerance", mine.tolerance.words(metric), theirs.tolerance.words(metric))
            compare("\(place.name): budget", mine.budget.words(metric), theirs.budget.words(metric))
        }
        compare("alpha", "\(alpha)", "\(other.alpha)")
        compare("workloads", "\(workloads ?? 1)", "\(other.workloads ?? 1)")
        compare("pairs", "\(pairs)", "\(other.pairs)")
        compare("inconclusive", inconclusive.rawValue, other.inconclusive.rawValue)
        compare("machine_busy", machineBusy.rawValue, other.machineBusy.rawValue)
        compare("fingerprint", fingerprint.rawValue, other.fingerprint.rawValue)
        compare("approvals", approvals.rawValue, other.approvals.rawValue)
        compare("baseline_days", "\(baselineDays)", "\(other.baselineDays)")
        compare("approval_keys", approvalKeys.words, other.approvalKeys.words)
        return changes
    }

    private struct Place: Hashable {
        let metric: MetricID
        let stage: StageName?
        var name: String { (stage.map { "\($0)/" } ?? "") + metric.rawValue }
    }
}

extension [ApprovalKey] {
    fileprivate var words: String { isEmpty ? "none" : map(\.description).joined(separator: ", ") }
}

extension Tolerance? {
    fileprivate func words(_ metric: Metric) -> String {
        map { DisplayFormat.allowance($0, direction: metric.direction, unit: metric.unit) } ?? "none"
    }
}

extension Budget? {
    fileprivate func words(_ metric: Metric) -> String {
        map { DisplayFormat.limits($0, unit: metric.unit) } ?? "none"
    }
}
