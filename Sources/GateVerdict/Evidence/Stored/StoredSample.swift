import GateCore

/// One metric of the candidate against its sessions in the stored baseline, on its cost scale: larger is worse.
struct StoredSample {
    let name: String
    let scale: CostScale
    /// The largest difference that the tolerance allows.
    let limit: Double
    let missing: Int
    /// Costs of the baseline's sessions that have any, each at least one, and of the candidate.
    let sessions: [[Double]]
    let candidate: [Double]
    /// Median costs of the sessions.
    let medians: [Double]
    /// Standard deviation of single runs within a session, from the median absolute deviation of all of them.
    let withinDeviation: Double
    /// Values from which that comes, less those that their medians took.
    let withinDegrees: Double
    /// Of a metric that is judged per unit of a length; else nil.
    let change: LengthChange?
    /// As ``MetricRule/isBesideServer``.
    let isBesideServer: Bool

    /// - Parameters:
    ///   - sessions: the baseline's values as measured.
    ///   - arms: all of them together, and the candidate's.
    init(
        _ arms: MetricArms, sessions: [[Double]], scale: CostScale, limit: Double, change: LengthChange?,
        isBesideServer: Bool
    ) {
        name = arms.name
        self.isBesideServer = isBesideServer
        self.change = change
        self.scale = scale
        self.limit = limit
        missing = arms.missing
        func costs(_ values: [Double]) -> [Double] { values.filter(\.isFinite).map(scale.cost) }
        self.sessions = sessions.map(costs).filter { !$0.isEmpty }
        candidate = costs(arms.head)
        medians = self.sessions.compactMap(OrderStatistics.median)
        let groups = self.sessions + [candidate]
        let deviations = groups.flatMap { group -> [Double] in
            let median = OrderStatistics.median(group) ?? 0
            return group.map { abs($0 - median) }
        }
        let count = Double(deviations.count)
        withinDegrees = max(0, count - Double(groups.count))
        // Deviations from a group's own median are smaller than from the true one.
        let correction = withinDegrees > 0 ? (count / withinDegrees).squareRoot() : 0
        withinDeviation = correction * MedianAbsoluteDeviation.standardDeviation(ofDeviations: deviations)
    }

    var mean: Double { medians.reduce(0, +) / Double(max(1, medians.count)) }
    var candidateMedian: Double { OrderStatistics.median(candidate) ?? .nan }
    /// Positive where the candidate is worse.
    var estimate: Double { candidateMedian - mean }
    /// As ``estimate``, from the session in the middle, which no single session moves far.
    var estimateFromMiddle: Double { candidateMedian - (OrderStatistics.median(medians) ?? .nan) }

    /// Runs of a session, the harmonic mean over sessions: what the variance of a median goes by.
    var runsOfSession: Double {
        Double(sessions.count) / sessions.reduce(0) { $0 + 1 / Double($1.count) }
    }

    /// Variance of the median of a session's runs because of the noise within it.
    var medianVariance: Double {
        SessionModeratedT.priceOfMedian * withinDeviation * withinDeviation / runsOfSession
    }

    /// The largest variance of sessions' medians by which they would still differ as little as they do, once in a thousand
    /// baselines; 0 where nothing varies at all.
    var largestVariance: Double {
        guard medians.count > 1 else { return .infinity }
        let squares = max(SessionModeratedT.squares(medians), Double(medians.count - 1) * medianVariance)
        return squares / ChiSquared.quantile(ConvictionRule.implausible, degrees: Double(medians.count - 1))
    }

    /// Variance between sessions as the data have it, without the noise within them; 0 of one session.
    var variance: Double {
        guard medians.count > 1 else { return 0 }
        return max(0, SessionModeratedT.squares(medians) / Double(medians.count - 1) - medianVariance)
    }
}
