import GateCore
import GateJSON

/// What a status other than 200 means, by the rules of both APIs.
enum HTTPFailure {
    /// Both APIs answer `{"error": …}`: Ollama with a string, OpenAI-compatible servers with an object.
    ///
    /// - Parameter token: taken out of what the server says, before that is shortened.
    static func invalidCall(status: Int, body: [UInt8], token: BearerToken? = nil) -> InvalidCall {
        let body = token?.redacted(body) ?? body
        let error = (try? JSONValue.parse(body))?["error"]
        let message = error?.string ?? error?["message"]?.string ?? excerpt(of: body)
        let type = error?["type"]?.string ?? ""
        let detail = message.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(message)"
        switch status {
        case 401, 403: return InvalidCall(.unauthorized, detail)
        case 404 where isNotRecorded(type: type, message: message): return InvalidCall(.notRecorded, detail)
        case 404 where message.lowercased().contains("model"): return InvalidCall(.modelNotFound, detail)
        case 404, 405: return InvalidCall(.routeNotFound, detail)
        case 400, 413:
            return InvalidCall(isOverflow(type: type, message: message) ? .contextOverflow : .httpStatus, detail)
        case 503 where message.lowercased().contains("loading"): return InvalidCall(.serverLoading, detail)
        case 429: return InvalidCall(.rateLimited, detail)
        default: return InvalidCall(.httpStatus, detail)
        }
    }

    /// What 'chimera-gate replay' answers; an error of Ollama's API has no type.
    private static func isNotRecorded(type: String, message: String) -> Bool {
        type == "not_recorded" || message.hasPrefix("this request for ") && message.contains(" was not recorded. ")
            || message.hasPrefix("no request for ") && message.contains(" was recorded; recorded are ")
    }

    /// llama-server names it by type; vLLM and others only in words.
    static func isOverflow(type: String, message: String) -> Bool {
        let words = message.lowercased()
        return type == "exceed_context_size_error" || type == "context_length_exceeded"
            || (words.contains("context") && (words.contains("exceed") || words.contains("maximum")))
    }

    private static func excerpt(of body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(300), as: UTF8.self)
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
