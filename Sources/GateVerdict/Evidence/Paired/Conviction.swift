import GateCore

/// Judges pairs of base and head: convicts by the sign-flip test at the looks of the rule, passes as soon as every
/// worsening beyond its tolerance is excluded, and says otherwise that it cannot tell.
///
/// The sign-flip test with the maximum over all metrics (Westfall and Young, "Resampling-Based Multiple Testing", 1993,
/// single step) is exact where nothing changed and the order within each pair was a fair coin's: it needs neither normal
/// nor independent runs.
enum Conviction {
    /// The verdict after the latest pair; nil where another pair may still decide something.
    static func decide(_ pairs: PairColumns, demands: Demands) -> CaseVerdict? {
        let look = demands.rule.looks.first { $0.pairs == pairs.count }
        guard look != nil || pairs.count >= ConvictionRule.firstPass else { return nil }
        let standing = PairedStanding(pairs, demands: demands)
        let test = look.map { PairedTest(standing, alpha: demands.rule.alpha(of: $0)) }
        if let test, !test.convicted.isEmpty { return standing.verdict(test) }
        let isLast = pairs.count >= demands.rule.maximumPairs
        guard isLast || (standing.isSettled && !standing.awaitsImprovement) else { return nil }
        return standing.verdict(test ?? standing.finalTest)
    }

    /// What can be said where no more pairs will come.
    static func conclude(_ pairs: PairColumns, demands: Demands) -> CaseVerdict {
        let standing = PairedStanding(pairs, demands: demands)
        return standing.verdict(standing.finalTest)
    }
}

/// The sign-flip test of all gating metrics together.
struct PairedTest {
    /// p-values of a worsening, by metric in the order of the standing.
    let p: [Double]
    /// Indices of the metrics that are convicted.
    let convicted: [Int]

    /// - Parameter alpha: of the look that is due; without one nobody is convicted.
    init(_ standing: PairedStanding, alpha: Double = 0) {
        let p = PairedTest.test(standing.compared.map(\.weights), level: alpha)
        self.p = p
        let compared = standing.compared
        convicted = compared.indices.filter { index in
            let metric = compared[index]
            return p[index] <= alpha && metric.missingShare <= ConvictionRule.largestMissingShare
                && metric.estimate > metric.limit
        }
    }

    /// - Parameters:
    ///   - columns: the weights of each metric, pair by pair.
    ///   - level: what a p-value must not exceed.
    static func test(_ columns: [[Double]], level: Double) -> [Double] {
        guard let pairs = columns.first?.count, pairs > 0 else { return [] }
        return SignFlipTest.adjustedP(columns, level: level)
    }
}
