import GateCore

/// What an answer says of itself, streamed or whole.
struct AnswerFacts: Equatable {
    var hasContent = false
    /// Of the stream, or 1 for a whole answer with thinking.
    var thinkingPieces = 0
    var toolCalls = 0
    var refusal: String?
    /// nil where the server does not say why it ended.
    var end: AnswerEnd?
}

/// Whether what came is an answer, and if not, why.
struct AnswerJudge {
    let mayLackEndMarker: Bool
    /// Of a call that is handed on: whoever asked may be told to call a tool, and may ask for no stream.
    let isPassedOn: Bool

    /// Words of an end at which a server has done what it was asked for without a model's answer: Ollama's, of a request
    /// to load or to unload a model.
    private static let stateWords = ["load", "unload"]

    /// Why this is the end of no streamed answer; nil where it is one.
    func reason(against decoder: StreamDecoder, bodyBytes: Int) -> InvalidCall? {
        let facts = decoder.facts
        if let reason = irregularEnd(facts) { return reason }
        guard !lacksEnd(decoder) else {
            if bodyBytes == 0 {
                return InvalidCall(.notStreamed, "the server did not stream: it answered an empty body")
            }
            return decoder.opening.notAStream
                ?? InvalidCall(.cutStream, "the stream ended without its end marker")
        }
        guard facts.hasContent else { return withoutContent(facts) }
        guard !isPassedOn, decoder.isWhole, (decoder.figures.tokens ?? 0) > 1 else { return nil }
        return InvalidCall(.notStreamed, "the server did not stream: it answered JSON in one piece")
    }

    /// Whether a stream that is over has not come to its end.
    func lacksEnd(_ decoder: StreamDecoder) -> Bool {
        decoder.endMarkerAt == nil && !(mayLackEndMarker && decoder.end != nil)
    }

    /// The same of an answer that came as one object.
    func reason(against facts: AnswerFacts) -> InvalidCall? {
        irregularEnd(facts) ?? (facts.hasContent ? nil : withoutContent(facts))
    }

    /// Why an answer ended that is one.
    func finish(of facts: AnswerFacts) -> FinishReason {
        guard case .regular(let finish) = facts.end else { return .stop }
        // Ollama says `stop` of a call of a tool, too.
        return finish == .stop && isPassedOn && facts.toolCalls > 0 ? .toolCalls : finish
    }

    private func irregularEnd(_ facts: AnswerFacts) -> InvalidCall? {
        guard case .irregular(let word) = facts.end, !isState(facts.end) else { return nil }
        return InvalidCall(.endedByServer, "the server ended the answer: \(word)")
    }

    private func isState(_ end: AnswerEnd?) -> Bool {
        guard isPassedOn, case .irregular(let word) = end else { return false }
        return AnswerJudge.stateWords.contains(word)
    }

    private func withoutContent(_ facts: AnswerFacts) -> InvalidCall? {
        if isState(facts.end) { return nil }
        if let refusal = facts.refusal {
            return InvalidCall(.refusal, "the model refused to answer: \(refusal)")
        }
        if facts.toolCalls > 0 || facts.end == .regular(.toolCalls) {
            return isPassedOn ? nil : InvalidCall(.toolCall, "the model called a tool instead of answering")
        }
        guard facts.thinkingPieces > 0 else {
            return InvalidCall(.noTokens, "the model answered without any content")
        }
        let remedy = isPassedOn ? "" : ": raise agent.max_tokens"
        let cut = facts.end == .regular(.length) ? ", and the token cap cut it\(remedy)" : ""
        return InvalidCall(
            .onlyThinking, "the model thought (\(facts.thinkingPieces) pieces) and did not answer\(cut)")
    }
}

extension StreamDecoder {
    var facts: AnswerFacts {
        AnswerFacts(
            hasContent: stamps.contentPieces > 0, thinkingPieces: stamps.thinkingPieces, toolCalls: toolCalls,
            refusal: refusal, end: end)
    }
}
