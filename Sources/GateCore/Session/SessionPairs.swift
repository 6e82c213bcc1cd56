/// A run of the base and one of the head that were made one after the other.
public struct MeasuredPair: Sendable, Equatable {
    /// 1 for the first.
    public let number: Int
    public let base: Run
    public let head: Run

    /// True where a call of either run had to load the model: such a pair is dropped whole, whoever was cold.
    public var isCold: Bool { base.isCold || head.isCold }

    /// Every figure of both runs by its check: `analysis/ttft`, `run/workflow`.
    ///
    /// - Parameter partial: the numbers of the runs of which what grows with the report is left out.
    func values(withoutReportsOf partial: Set<Int>) -> RunPair {
        RunPair(base: base.values(withoutReportsOf: partial), head: head.values(withoutReportsOf: partial))
    }
}

extension Run {
    /// True where a call had to load the model first.
    public var isCold: Bool { stages.contains { $0.exchanges.last?.modelState == .cold } }

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
        if let tokens { put(Double(tokens), Comparison.tokensOfRun) }
        for (metric, value) in measurements.ordered { put(value, CheckID(stage: .run, metric: metric.id)) }
        return values
    }
}

extension Session {
    /// The runs of one arm that count; in a session with one side, everything is the head's.
    public func measuredRuns(of arm: Arm) -> [Run] { runs.filter { !$0.isWarmup && ($0.arm ?? .head) == arm } }

    /// The pairs of which both runs were made, in order, cold ones included.
    public var measuredPairs: [MeasuredPair] {
        var halves: [Int: Run] = [:]
        var pairs: [MeasuredPair] = []
        for run in runs {
            guard let number = run.pair, let arm = run.arm, !run.isWarmup else { continue }
            guard let half = halves[number], half.arm == arm.other else {
                halves[number] = run
                continue
            }
            let (base, head) = arm == .head ? (half, run) : (run, half)
            pairs.append(MeasuredPair(number: number, base: base, head: head))
        }
        return pairs
    }

    /// The head's runs before any pair, which the screen looks at.
    public var screenRuns: [Run] { measuredRuns.filter { $0.pair == nil } }

    /// How many pairs were dropped because a call in them was cold; nil where none was.
    public var coldPairsWarning: Warning? {
        let pairs = measuredPairs
        let cold = pairs.count(where: \.isCold)
        guard cold > 0 else { return nil }
        return Warning(
            "\(cold) of \(pairs.count) pairs were dropped, whichever side it was, because a call in them had to load"
                + " the model",
            remedy: "Keep the model in the server's memory (Ollama: keep_alive, and room for every model in use).")
    }
}
