import GateCore

/// Where every metric stands after so many pairs.
struct PairedStanding {
    let pairs: Int
    let demands: Demands
    /// The gating metrics that can be compared, in the order of the columns.
    let compared: [PairedDifferences]
    /// What needs no comparison.
    private let settled: [(name: String, finding: MetricFinding)]
    /// The head's values, for budgets.
    private let heads: [String: [Double]]

    init(_ columns: PairColumns, demands: Demands) {
        pairs = columns.count
        self.demands = demands
        var compared: [PairedDifferences] = []
        var settled: [(name: String, finding: MetricFinding)] = []
        var heads: [String: [Double]] = [:]
        for column in columns.columns {
            let rule = demands[column.name]
            let lengths = rule.length.flatMap { length in columns.columns.first { $0.name == length } }
            let divided = lengths.flatMap { column.arms.perUnit(of: $0.arms, rule: rule) }
            let arms = divided?.arms ?? column.arms
            if rule.budget != nil { heads[column.name] = column.head }
            switch arms.standing(under: rule) {
            case .settled(let finding): settled.append((column.name, finding.withMissing(arms.missing)))
            case .comparable(let scale, let limit):
                let differences = PairedDifferences(
                    arms, scale: scale, limit: limit, rule: demands.rule, isCountOfAgent: rule.isCountOfAgent,
                    change: divided?.change)
                if rule.tolerance != nil {
                    compared.append(differences)
                } else {
                    settled.append((column.name, differences.informing))
                }
            }
        }
        self.compared = compared
        self.settled = settled
        self.heads = heads
    }

    /// True where no gating metric is left that more pairs could decide.
    var isSettled: Bool { compared.allSatisfy(\.excludesWorsening) && !mayRecover }

    /// Missing values that later pairs may outweigh.
    private var mayRecover: Bool {
        let largest = ConvictionRule.largestMissingShare * Double(demands.rule.maximumPairs)
        return settled.contains {
            $0.finding.outcome == .invalid && 0 < $0.finding.missing && Double($0.finding.missing) <= largest
        }
    }

    /// A gain can be claimed at the first look at the earliest; it is worth two more pairs.
    var awaitsImprovement: Bool {
        pairs < (demands.rule.looks.first?.pairs ?? 0) && compared.contains(where: \.seemsBetter)
    }

    /// The p-values where no look is due: for information, they convict nobody.
    var finalTest: PairedTest { PairedTest(self) }

    // MARK: - Verdict

    func verdict(_ test: PairedTest) -> CaseVerdict {
        let gains = improvements()
        var findings = settled
        for (index, metric) in compared.enumerated() {
            let isConvicted = test.convicted.contains(index)
            var finding = finding(
                of: metric, p: test.p[index], isConvicted: isConvicted, isImproved: gains[index] != nil,
                isDecidedByOthers: !test.convicted.isEmpty)
            finding.fill(from: metric)
            finding.p = finding.outcome == .improvement ? gains[index] : test.p[index]
            findings.append((metric.name, finding.telling(metric.change)))
        }
        return CaseVerdict(
            evidence: .pairs, runsUsed: 0, pairsUsed: pairs, findings: findings, demands: demands, heads: heads)
    }

    /// Metrics that got better by more than the tolerance, with the p-values of that: the same test the other way round,
    /// at the first look's alpha.
    private func improvements() -> [Int: Double] {
        let candidates = compared.indices.filter { compared[$0].seemsBetter }
        guard let first = demands.rule.looks.first, pairs >= first.pairs, !candidates.isEmpty else { return [:] }
        let level = demands.rule.alpha(of: first)
        let p = PairedTest.test(compared.map { $0.weights.map { -$0 } }, level: level)
        return Dictionary(
            uniqueKeysWithValues: candidates.filter { p[$0] <= level }.map { ($0, p[$0]) })
    }

    private func finding(
        of metric: PairedDifferences, p: Double, isConvicted: Bool, isImproved: Bool, isDecidedByOthers: Bool
    ) -> MetricFinding {
        let words = PairedWords(
            metric, pairs: pairs, rule: demands.rule, blind: BlindPairs(demands.rule, of: demands.policy))
        if isConvicted { return words.regression(p: p) }
        if pairs >= ConvictionRule.firstPass, metric.excludesWorsening {
            return isImproved ? words.improvement : words.pass
        }
        return words.inconclusive(p: p, isDecidedByOthers: isDecidedByOthers)
    }
}

extension MetricFinding {
    func withMissing(_ count: Int) -> MetricFinding {
        var finding = self
        finding.missing = count
        return finding
    }

    /// Takes the figures over from the differences.
    mutating func fill(from metric: PairedDifferences) {
        missing = metric.missing
        estimate = metric.scale.ratio(metric.estimate)
        if let bounds = metric.bounds {
            lower = metric.scale.ratio(min(bounds.lower, metric.estimate))
            upper = metric.scale.ratio(max(bounds.upper, metric.estimate))
        }
        mde = metric.detectable.flatMap(metric.scale.ratio)
    }
}

extension PairedDifferences {
    /// The finding of a metric that only informs.
    var informing: MetricFinding {
        var finding = MetricFinding(.informational, reason: "")
        finding.fill(from: self)
        finding.reason = "\(Figure.change(estimate, nil, on: scale)); it only informs"
        return finding
    }
}
