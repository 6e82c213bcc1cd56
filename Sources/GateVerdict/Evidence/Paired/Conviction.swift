import GateCore

/// Judges pairs of base and head: convicts by the sign-flip test at the looks of the rule, passes as soon as every
/// worsening beyond its tolerance is excluded, and says otherwise that it cannot tell.
///
/// The sign-flip test with the maximum over all metrics (Westfall and Young, "Resampling-Based Multiple Testing", 1993,
/// single step) is exact where nothing changed and the order within each pair was a fair coin's: it needs neither normal
/// nor independent runs.
enum Conviction {
    /// The verdict after the latest pair; nil where another pair may still decide something.
    ///
    /// - Parameter looks: what earlier looks would have convicted; a look that is due is added.
    static func decide(
        _ pairs: PairColumns, policy: CasePolicy, after looks: inout SequentialSignFlipTest
    ) -> CaseVerdict? {
        let look = policy.rule.looks.first { $0.pairs == pairs.count }
        guard look != nil || pairs.count >= ConvictionRule.firstPass else { return nil }
        let standing = PairedStanding(pairs, policy: policy)
        let test = look.map { PairedTest(standing, alpha: policy.rule.alpha(of: $0), after: &looks) }
        if let test, !test.convicted.isEmpty { return standing.verdict(test) }
        let isLast = pairs.count >= policy.rule.maximumPairs
        guard isLast || (standing.isSettled && !standing.awaitsImprovement) else { return nil }
        return standing.verdict(test ?? standing.finalTest)
    }

    /// What can be said where no more pairs will come.
    static func conclude(_ pairs: PairColumns, policy: CasePolicy) -> CaseVerdict {
        let standing = PairedStanding(pairs, policy: policy)
        return standing.verdict(standing.finalTest)
    }
}

/// The sign-flip test of all gating metrics together.
struct PairedTest {
    /// p-values of a worsening, by metric in the order of the standing.
    let p: [Double]
    /// What this look may spend; 0 where it is none and nothing can be convicted.
    let alpha: Double
    /// Indices of the metrics that are convicted.
    let convicted: [Int]

    /// A look of the rule.
    init(_ standing: PairedStanding, alpha: Double, after looks: inout SequentialSignFlipTest) {
        let columns = standing.compared.map(\.weights)
        let p =
            switch standing.policy.rule.design {
            case .bonferroni: PairedTest.test(columns)
            case .sequential: looks.look(columns, spending: alpha)
            }
        self.init(standing, p: p, alpha: alpha)
    }

    /// The test where no look is due: it convicts nobody.
    init(_ standing: PairedStanding) {
        self.init(standing, p: PairedTest.test(standing.compared.map(\.weights)), alpha: 0)
    }

    private init(_ standing: PairedStanding, p: [Double], alpha: Double) {
        self.p = p
        self.alpha = alpha
        let compared = standing.compared
        convicted = compared.indices.filter { index in
            let metric = compared[index]
            return p[index] <= alpha && metric.missingShare <= ConvictionRule.largestMissingShare
                && metric.estimate > metric.limit
        }
    }

    /// - Parameter columns: the weights of each metric, pair by pair.
    static func test(_ columns: [[Double]]) -> [Double] {
        guard let pairs = columns.first?.count, pairs > 0 else { return [] }
        return SignFlipTest.adjustedP(columns)
    }
}
