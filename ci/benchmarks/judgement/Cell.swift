import Dispatch
import GateCore
import GateVerdict

/// What became of many repetitions of one scenario under one rule. Shares are in 0 ... 1.
struct Cell: Codable {
    let scenario: String
    let rule: String
    /// Of the metrics that are hit: 0.1 for 10 % worse; 0 where nothing changed.
    let change: Double
    let repetitions: Int
    let convicted: Double
    let inconclusive: Double
    let passed: Double
    /// Runs of base and candidate after the baseline.
    let meanRuns: Double
    /// Of ``convicted``, 95 % (Clopper and Pearson).
    let lower: Double
    let upper: Double
}

/// A rule that is simulated.
struct Contender {
    enum Evidence {
        case screenAndPairs, pairs, storedBaseline
    }

    let name: String
    let words: String
    var evidence = Evidence.screenAndPairs

    func verdict(_ draw: Draw) -> CaseVerdict {
        switch evidence {
        case .screenAndPairs: CaseJudge.judge(draw.judgementCase())
        case .pairs: CaseJudge.judge(draw.judgementCase(isScreened: false))
        case .storedBaseline: CaseJudge.judge(draw.storedCase())
        }
    }

    /// Repetitions are the same for every contender, and do not depend on the number of threads.
    func cell(_ scenario: Scenario, change: Double, repetitions: Int, seed: UInt64) -> Cell {
        let screenRuns = evidence == .storedBaseline ? 10 : Demands.usualRuns
        let pairs = evidence == .storedBaseline ? 0 : Policy.defaultPairs
        // Power is shown on other noise than the alarms.
        let stream = seed &+ UInt64(change * 1000)
        let outcomes = Parallel.map(repetitions) { repetition in
            let draw = scenario.draw(
                repetition, change: change, screenRuns: screenRuns, pairs: pairs, seed: stream)
            let verdict = verdict(draw)
            return (overall: verdict.overall, runs: verdict.runsUsed + 2 * verdict.pairsUsed)
        }
        func share(_ wanted: Set<OverallVerdict>) -> Double {
            Double(outcomes.count { wanted.contains($0.overall) }) / Double(repetitions)
        }
        let interval = BinomialInterval(
            successes: outcomes.count { $0.overall == .regression }, trials: repetitions)
        return Cell(
            scenario: scenario.name, rule: name, change: change, repetitions: repetitions,
            convicted: share([.regression]), inconclusive: share([.inconclusive, .infrastructureError]),
            passed: share([.pass, .improvement]),
            meanRuns: outcomes.reduce(0) { $0 + Double($1.runs) } / Double(repetitions), lower: interval.lower,
            upper: interval.upper)
    }
}

enum Parallel {
    static func map<Value: Sendable>(_ count: Int, _ value: @Sendable (Int) -> Value) -> [Value] {
        [Value](unsafeUninitializedCapacity: count) { values, initialized in
            // Each iteration writes its own element and nothing else.
            nonisolated(unsafe) let values = values
            DispatchQueue.concurrentPerform(iterations: count) { index in
                values.initializeElement(at: index, to: value(index))
            }
            initialized = count
        }
    }
}
