/// A run of the base and one of the head that were made one after the other.
public struct MeasuredPair: Sendable, Equatable {
    /// 1 for the first.
    public let number: Int
    public let base: Run
    public let head: Run

    /// True where a call of either run had to load the model: such a pair is dropped whole, whoever was cold.
    public var isCold: Bool { base.isCold || head.isCold }
}

extension Run {
    /// True where a call had to load the model first.
    public var isCold: Bool { stages.contains { $0.exchanges.last?.modelState == .cold } }
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

    /// Of which pairs only one run was made, because the session was interrupted between the two; nil where of none.
    public var loneRunsWarning: Warning? {
        let whole = Set(measuredPairs.map(\.number))
        let lone = Set(runs.compactMap(\.pair)).subtracting(whole).sorted()
        guard !lone.isEmpty else { return nil }
        return Warning(
            "the session was interrupted in \(lone.count == 1 ? "pair" : "pairs")"
                + " \(lone.map(String.init).joined(separator: ", ")), of which one run is kept and not judged",
            remedy: "Nothing has to be done: a new pair was made in its place.")
    }

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
