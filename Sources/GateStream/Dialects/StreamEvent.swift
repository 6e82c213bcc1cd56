import GateCore
import GateJSON

/// What one line of a stream says, in either dialect.
enum StreamEvent: Equatable {
    case content(String)
    case thinking(String)
    case figures(ServerFigures)
    case finish(FinishReason)
    /// The end marker: nothing of the answer follows.
    case end
    case failure(InvalidCall)
}

/// The fields of one object of a stream, read as one of the dialects.
protocol StreamDialect {
    /// The events of one line (Ollama) or of one event's data (OpenAI), in order.
    func events(in bytes: UnsafeBufferPointer<UInt8>) -> [StreamEvent]
}

extension StreamDialect {
    func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, InvalidCall> {
        do throws(JSONError) {
            return .success(try JSONValue.parse(bytes))
        } catch {
            return .failure(InvalidCall(.malformedStream, "a line of the stream is not JSON (\(error))"))
        }
    }
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
        cachedPromptTokens = later.cachedPromptTokens ?? cachedPromptTokens
    }
}
