import GateCore
import GateJSON

/// What one unit of a stream says, in any dialect.
enum StreamEvent: Equatable {
    case content(String)
    case thinking(String)
    /// A part of a tool call; the count is the bytes of its text.
    case toolCall(bytes: Int)
    /// The model's own words for saying nothing.
    case refusal(String)
    case figures(ServerFigures)
    case finish(AnswerEnd)
    /// The end marker: nothing of the answer follows.
    case end
    case failure(InvalidCall)
}

extension AnswerReading {
    /// Servers write NaN and infinities into log-probabilities, which are not ours to judge: they are null.
    func events(
        in bytes: UnsafeBufferPointer<UInt8>, of object: (JSONValue) -> [StreamEvent]
    ) -> [StreamEvent] {
        do throws(JSONError) {
            return object(try JSONValue.parse(bytes, notFinite: .null))
        } catch {
            return [.failure(InvalidCall(.malformedStream, "a line of the stream is not JSON (\(error))"))]
        }
    }
}

/// Why a server says that its answer ended, in the words of any of the APIs.
enum AnswerEnd: Equatable {
    case regular(FinishReason)
    /// The server's word for an end that is none of a whole answer: `error`, `abort`, `content_filter`, or an unknown one.
    case irregular(String)

    private static let regularWords: [String: FinishReason] = [
        "stop": .stop, "eos": .stop, "eos_token": .stop, "end_turn": .stop, "stop_sequence": .stop, "stop_token": .stop,
        "stop_str": .stop, "word": .stop, "complete": .stop, "completed": .stop, "end": .stop, "none": .stop,
        "length": .length, "limit": .length, "max_tokens": .length, "max_length": .length, "max_new_tokens": .length,
        "max_output_tokens": .length, "model_length": .length, "model_context_window_exceeded": .length,
        "pause_turn": .stop,
        "tool_calls": .toolCalls, "tool_call": .toolCalls, "tool_use": .toolCalls, "function_call": .toolCalls,
    ]
    private static let longestWord = 80

    /// nil for an empty word, which some servers write into every event.
    init?(_ word: String) {
        let trimmed = word.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        guard !trimmed.isEmpty else { return nil }
        self =
            AnswerEnd.regularWords[trimmed.lowercased()].map(AnswerEnd.regular)
            ?? .irregular(String(word.prefix(AnswerEnd.longestWord)))
    }
}

/// Reads a server's figures. A count or a duration that is a number but too large for ours is the largest of ours, so
/// that it is refused for what it is and not taken for one that was not told: see `FixedWidthInteger.init(clamping:)`,
/// the one conversion of foreign numbers.
enum ServerFigure {
    static func count(_ value: JSONValue?) -> Int? {
        guard let value else { return nil }
        return value.int ?? value.double.map { Int(clamping: $0) }
    }

    static func seconds(_ value: JSONValue?, per unit: Double) -> Double? { value?.double.map { $0 / unit } }
}

extension ServerFigures {
    /// Fills in what later parts of a stream say; what they leave out stays.
    mutating func merge(_ later: ServerFigures) {
        loadSeconds = later.loadSeconds ?? loadSeconds
        promptEvalSeconds = later.promptEvalSeconds ?? promptEvalSeconds
        evalSeconds = later.evalSeconds ?? evalSeconds
        totalSeconds = later.totalSeconds ?? totalSeconds
        promptTokens = later.promptTokens ?? promptTokens
        tokens = later.tokens ?? tokens
        thinkingTokens = later.thinkingTokens ?? thinkingTokens
        cachedPromptTokens = later.cachedPromptTokens ?? cachedPromptTokens
    }
}
