import GateCore
import GateJSON

/// An answer that came as one object: what it says, without stamps of pieces.
struct WholeAnswer {
    private(set) var facts = AnswerFacts()
    private(set) var figures = ServerFigures()
    private(set) var failure: InvalidCall?
    /// Of content and thinking.
    private(set) var textBytes = 0
    private(set) var pieces: [CallRecord.Piece] = []

    init(facts: AnswerFacts, figures: ServerFigures, textBytes: Int, pieces: [CallRecord.Piece]) {
        (self.facts, self.figures, self.textBytes, self.pieces) = (facts, figures, textBytes, pieces)
    }

    init(_ body: [UInt8], reading: any AnswerReading) {
        guard let object = try? JSONValue.parse(body) else {
            failure = InvalidCall(.malformedStream, "the server's answer is not JSON")
            return
        }
        for event in reading.events(ofWhole: object) { take(event) }
    }

    private mutating func take(_ event: StreamEvent) {
        switch event {
        case .content(let text):
            facts.hasContent = true
            add(text, isThinking: false)
        case .thinking(let text):
            facts.thinkingPieces = 1
            add(text, isThinking: true)
        case .toolCall(let bytes):
            facts.toolCalls += 1
            textBytes += bytes
        case .refusal(let text):
            facts.refusal = String(text.prefix(300))
            textBytes += text.utf8.count
        case .figures(let figures): self.figures.merge(figures)
        case .finish(let end): facts.end = end
        case .failure(let invalid): failure = failure ?? invalid
        case .end: break
        }
    }

    private mutating func add(_ text: String, isThinking: Bool) {
        textBytes += text.utf8.count
        pieces.append(CallRecord.Piece(text: text, isThinking: isThinking))
    }
}
