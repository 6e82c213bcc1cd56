import GateCore

/// The values of a stored baseline and a candidate, metric by metric.
struct StoredColumns {
    struct Column {
        let arms: MetricArms
        /// The baseline's values by session, of the sessions that have the metric.
        let sessions: [[Double]]

        /// As the values are judged: per unit of a length, where the rule says so and it was measured.
        func judged(by rule: MetricRule, lengths: Column?) -> (column: Column, change: LengthChange?) {
            guard let lengths, let (divided, change) = arms.perUnit(of: lengths.arms, rule: rule),
                lengths.sessions.map(\.count) == sessions.map(\.count)
            else { return (self, nil) }
            var rest = divided.base[...]
            let sessions = sessions.map { session in
                defer { rest = rest.dropFirst(session.count) }
                return Array(rest.prefix(session.count))
            }
            return (Column(arms: divided, sessions: sessions), change)
        }
    }

    let columns: [Column]
    /// The longest series of the candidate.
    let candidateRuns: Int

    /// - Parameter runs: how many of the candidate's runs are looked at; nil for all.
    init(baseline: [SessionValues], candidate: SessionValues, demands: Demands, runs: Int? = nil) {
        var names = Set(demands.names).union(candidate.metrics.keys)
        for session in baseline { names.formUnion(session.metrics.keys) }
        columns = names.sorted().map { name in
            let sessions = baseline.compactMap { $0.metrics[name] }
            let head = candidate.metrics[name].map { Array($0.prefix(runs ?? $0.count)) }
            return Column(
                arms: MetricArms(
                    name: name, base: sessions.flatMap(\.self), head: head ?? [], isInBase: !sessions.isEmpty,
                    isInHead: head != nil), sessions: sessions)
        }
        candidateRuns = columns.map(\.arms.head.count).max() ?? 0
    }

    /// The candidate's values, for budgets.
    var heads: [String: [Double]] {
        Dictionary(uniqueKeysWithValues: columns.map { ($0.arms.name, $0.arms.head) })
    }

    /// The gating metrics that can be compared, and what needs no comparison.
    func samples(
        under demands: Demands
    ) -> (compared: [StoredSample], settled: [(name: String, finding: MetricFinding)]) {
        var compared: [StoredSample] = []
        var settled: [(name: String, finding: MetricFinding)] = []
        for column in columns {
            let name = column.arms.name
            let rule = demands[name]
            let lengths = rule.length.flatMap { length in columns.first { $0.arms.name == length } }
            let (judged, change) = column.judged(by: rule, lengths: lengths)
            switch judged.arms.standing(under: rule) {
            case .settled(let finding): settled.append((name, finding.withMissing(judged.arms.missing)))
            case .comparable(let scale, let limit):
                let sample = StoredSample(
                    judged.arms, sessions: judged.sessions, scale: scale, limit: limit, change: change,
                    isBesideServer: rule.isBesideServer)
                if rule.tolerance == nil {
                    settled.append((name, sample.informing))
                } else if let exact = ExactCount(
                    judged.arms, sessions: judged.sessions, rule: rule, scale: scale, limit: limit)
                {
                    settled.append((name, exact.finding))
                } else {
                    compared.append(sample)
                }
            }
        }
        return (compared, settled)
    }
}

extension StoredSample {
    /// The finding of a metric that only informs.
    fileprivate var informing: MetricFinding {
        var finding = MetricFinding(
            .informational, reason: "\(Figure.change(estimate, nil, on: scale)); it only informs")
        finding.estimate = scale.ratio(estimate)
        finding.missing = missing
        return finding
    }

    /// True where both metrics are the same number written in two ways, as a throughput and its inverse are: they differ
    /// by the same amount in every run, up to what rounding does.
    func isTwin(of other: StoredSample) -> Bool {
        let (mine, others) = (sessions + [candidate], other.sessions + [other.candidate])
        guard mine.count == others.count else { return false }
        var first: Double?
        for (left, right) in zip(mine, others) {
            guard left.count == right.count else { return false }
            for (a, b) in zip(left, right) {
                let difference = a - b
                if let first, abs(difference - first) > StoredSample.largestRounding { return false }
                first = first ?? difference
            }
        }
        return true
    }

    private static let largestRounding = 1e-3
}
