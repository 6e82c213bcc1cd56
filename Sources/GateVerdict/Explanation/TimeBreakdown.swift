public import GateCore

/// Where the time of one stage's calls went on one side: medians over the warm, valid calls, in seconds and tokens.
public struct TimeBreakdown: Sendable, Equatable {
    /// Before the request; outside of all others.
    public let connect: Double?
    public let ttft: Double?
    /// To the first token of any channel: TTFT where the model does not think.
    public let firstToken: Double?
    /// nil where the model does not think; part of TTFT and of ``generation``.
    public let thinking: Double?
    public let thinkingTokens: Double?
    /// The server's figures within TTFT; nil where it does not report them.
    public let load: Double?
    public let promptEval: Double?
    /// About to write the request, to the end of the stream.
    public let total: Double?
    public let promptTokens: Double?
    public let tokens: Double?

    /// - Parameter median: of a metric; nil where the side does not have it.
    public init(median: (MetricID) -> Double?) {
        connect = median("connect")
        ttft = median("ttft")
        firstToken = median("ttft.any") ?? ttft
        thinking = median("thinking")
        thinkingTokens = median("thinking_tokens")
        load = median("model_load")
        promptEval = median("prompt_eval")
        total = median("total")
        promptTokens = median("prompt_tokens")
        tokens = median("tokens")
    }

    /// What of the time to the first token is neither loading nor evaluating the prompt: waiting in the server's queue, the network, the first
    /// token. Nil where the server does not report its part.
    public var queue: Double? {
        guard let firstToken, let promptEval else { return nil }
        return max(0, firstToken - promptEval - (load ?? 0))
    }

    /// After the first token, thinking and content alike, as the server counts them.
    public var generation: Double? {
        guard let total, let firstToken else { return nil }
        return max(0, total - firstToken)
    }

    /// Seconds of generation for each generated token.
    public var perToken: Double? { share(generation, of: tokens) }
    /// Seconds of prompt evaluation for each token of the prompt.
    public var perPromptToken: Double? { share(promptEval, of: promptTokens) }

    private func share(_ seconds: Double?, of count: Double?) -> Double? {
        guard let seconds, let count, count > 0 else { return nil }
        return seconds / count
    }
}

/// A change of a time that is a length times a time per unit of length, split into what the length made and what the
/// speed made; both add up to the change.
public struct LengthAndSpeed: Sendable, Equatable {
    /// Seconds that come from the other length, at the base's speed.
    public let byLength: Double
    /// Seconds that come from the other speed, at the head's length.
    public let bySpeed: Double

    /// - Parameters:
    ///   - length: of base and head.
    ///   - perUnit: seconds, of base and head.
    public init?(length: (base: Double?, head: Double?), perUnit: (base: Double?, head: Double?)) {
        guard let baseLength = length.base, let headLength = length.head, let basePerUnit = perUnit.base,
            let headPerUnit = perUnit.head
        else { return nil }
        byLength = (headLength - baseLength) * basePerUnit
        bySpeed = headLength * (headPerUnit - basePerUnit)
    }
}

/// Both sides of a stage.
public struct StageTimes: Sendable, Equatable {
    public let stage: StageName
    public let base: TimeBreakdown
    public let head: TimeBreakdown

    public var promptEval: LengthAndSpeed? {
        LengthAndSpeed(
            length: (base.promptTokens, head.promptTokens), perUnit: (base.perPromptToken, head.perPromptToken))
    }

    public var generation: LengthAndSpeed? {
        LengthAndSpeed(length: (base.tokens, head.tokens), perUnit: (base.perToken, head.perToken))
    }
}

extension Session {
    /// Where the time went in every stage, of the head beside its base: the other arm's pairs where there are pairs,
    /// else the approved sessions. Empty where nothing stands beside the head, and for a command, whose stages have several
    /// calls: of them no part of one call's time is known.
    public func stageTimes(baseline: Baseline?) -> [StageTimes] {
        guard configuration.command == nil else { return [] }
        let pairs = measuredPairs.filter { !$0.isCold }
        let stages: [StageName] = [.inventory, .analysis, .report]
        return stages.compactMap { stage in
            if !pairs.isEmpty {
                return StageTimes(
                    stage: stage, base: TimeBreakdown(of: pairs.map(\.base), stage),
                    head: TimeBreakdown(of: pairs.map(\.head), stage))
            }
            guard let baseline else { return nil }
            let approved = TimeBreakdown {
                OrderStatistics.median(baseline.values(of: CheckID(stage: stage, metric: $0)))
            }
            return StageTimes(stage: stage, base: approved, head: TimeBreakdown(of: measuredRuns, stage))
        }.filter { $0.base.ttft != nil && $0.head.ttft != nil }
    }
}

extension TimeBreakdown {
    fileprivate init(of runs: [Run], _ stage: StageName) {
        let calls = runs.flatMap(\.stages).compactMap(\.exchanges.last).filter {
            $0.stage == stage && $0.outcome.isValid && $0.modelState == .warm
        }
        self.init { metric in OrderStatistics.median(calls.compactMap { $0.measurements[metric] }) }
    }
}
