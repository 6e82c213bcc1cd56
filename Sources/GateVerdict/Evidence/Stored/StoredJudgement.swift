import GateCore

/// Judges a candidate by the stored baseline alone, where no pairs can be made: the session-moderated t-test of each
/// metric, over all of them by Holm's step-down (Holm, "A simple sequentially rejective multiple test procedure", 1979).
struct StoredJudgement {
    let demands: Demands
    private let compared: [StoredSample]
    private let settled: [(name: String, finding: MetricFinding)]
    private let columns: StoredColumns

    init(baseline: [SessionValues], candidate: SessionValues, demands: Demands) {
        self.demands = demands
        columns = StoredColumns(baseline: baseline, candidate: candidate, demands: demands)
        (compared, settled) = columns.samples(under: demands)
    }

    var verdict: CaseVerdict {
        let families = twins()
        let effects = sessionEffects(families)
        let level = demands.rule.alphaOfFigures / Double(max(1, Set(families).count))
        let tests = zip(compared, effects).map { StoredTest($0, $1, level: level) }
        let p = familyWise(tests.map(\.p), families)
        let gains = familyWise(tests.map(\.improvementP), families)
        var findings = settled
        for (index, sample) in compared.enumerated() {
            let words = StoredWords(
                sample, tests[index], isAssumed: effects[index].isAssumed, alpha: demands.rule.alphaOfFigures)
            findings.append(
                (sample.name, words.finding(p: p[index], improvementP: gains[index]).telling(sample.change)))
        }
        return CaseVerdict(
            evidence: .storedBaseline, runsUsed: columns.candidateRuns, pairsUsed: 0,
            findings: findings, demands: demands, heads: columns.heads)
    }

    /// The number of each metric's family: twins are one test.
    private func twins() -> [Int] {
        var families: [Int] = []
        for index in compared.indices {
            let twin = (0..<index).first { compared[$0].isTwin(of: compared[index]) }
            families.append(twin.map { families[$0] } ?? index)
        }
        return families
    }

    private func sessionEffects(_ families: [Int]) -> [SessionEffect] {
        compared.indices.map { index in
            let sample = compared[index]
            guard sample.medians.count >= SessionEffect.fewestSessions else { return .prior(of: sample) }
            // One of each family, and none of one's own; only ratios are alike, and only those of the same side.
            let others = compared.indices.filter {
                families[$0] == $0 && families[$0] != families[index]
                    && compared[$0].medians.count >= SessionEffect.fewestSessions
                    && compared[$0].scale.kind == .logarithm
                    && compared[$0].isBesideServer == sample.isBesideServer
            }
            guard sample.scale.kind == .logarithm else { return .none }
            return .pooled(fromOthers: others.map { compared[$0].variance }, atMost: sample.largestVariance)
        }
    }

    /// Holm's p-values, twins counted once.
    private func familyWise(_ p: [Double], _ families: [Int]) -> [Double] {
        let members = Set(families).sorted()
        let largest = members.map { family in p.indices.filter { families[$0] == family }.map { p[$0] }.max() ?? 1 }
        let adjusted = Dictionary(uniqueKeysWithValues: zip(members, Multiplicity.holm(largest)))
        return families.map { adjusted[$0] ?? 1 }
    }
}
