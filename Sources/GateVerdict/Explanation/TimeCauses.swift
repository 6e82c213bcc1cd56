public import GateCore

/// What made the times of a stage other than they were, in a sentence.
public struct TimeCause: Codable, Sendable, Equatable {
    public let stage: StageName
    /// `the prompt grew by 223 tokens: +1923.40 ms of prompt evaluation`
    public let words: String

    public init(stage: StageName, words: String) {
        self.stage = stage
        self.words = words
    }
}

extension StageTimes {
    /// Less than this part of TTFT, or of the whole, is not worth a sentence.
    private static let noteworthy = 0.02

    /// What made the difference, the prompt first, then what is not of its evaluation, then the answer.
    public var causes: [TimeCause] {
        [prompt, unexplainedTTFT, output].compactMap(\.self).map { TimeCause(stage: stage, words: $0) }
    }

    private var prompt: String? {
        guard let split = promptEval, let ttft = base.ttft, let tokens = head.promptTokens,
            let before = base.promptTokens
        else { return nil }
        return sentence(split, of: ttft, what: "the prompt", tokens: tokens - before, work: "prompt evaluation")
    }

    private var output: String? {
        guard let split = generation, let total = base.total, let tokens = head.tokens, let before = base.tokens
        else { return nil }
        return sentence(split, of: total, what: "the answer", tokens: tokens - before, work: "generation")
    }

    private func sentence(
        _ split: LengthAndSpeed, of whole: Double, what: String, tokens: Double, work: String
    ) -> String? {
        let limit = StageTimes.noteworthy * whole
        var parts: [String] = []
        if tokens != 0, abs(split.byLength) > limit {
            let count = DisplayFormat.value(abs(tokens), unit: .count)
            parts.append(
                "\(what) \(tokens > 0 ? "grew" : "shrank") by \(count) tokens: \(signed(split.byLength)) of \(work)")
        }
        if abs(split.bySpeed) > limit {
            parts.append(
                "\(work) got \(split.bySpeed > 0 ? "slower" : "faster") per token: \(signed(split.bySpeed)) in all")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private var unexplainedTTFT: String? {
        guard let before = base.ttft, let now = head.ttft else { return nil }
        var parts: [String] = []
        for (name, before, now) in [
            ("queue, network and first token", base.queue, head.queue), ("loading the model", base.load, head.load),
        ] {
            guard let before, let now, abs(now - before) > StageTimes.noteworthy * (base.ttft ?? 0) else { continue }
            let difference = DisplayFormat.value(abs(now - before), unit: .seconds)
            parts.append("\(name) took \(difference) \(now > before ? "longer" : "less")")
        }
        if base.promptEval == nil || head.promptEval == nil, abs(now - before) > StageTimes.noteworthy * before {
            parts.append("the server does not report its prompt evaluation, so that TTFT cannot be split")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private func signed(_ seconds: Double) -> String {
        (seconds < 0 ? "-" : "+") + DisplayFormat.value(abs(seconds), unit: .seconds)
    }
}
