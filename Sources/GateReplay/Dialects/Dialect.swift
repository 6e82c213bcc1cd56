import GateHTTP
import GateJSON

/// Which API a path belongs to, and how that API says that something is wrong.
enum Dialect: Sendable {
    case ollama
    case openAI

    init(path: String) { self = path == "/" || path == "/api" || path.hasPrefix("/api/") ? .ollama : .openAI }

    /// Ollama's web framework answers these two in plain text; llama-server knows no 405.
    var notFound: HTTPResponse {
        switch self {
        case .ollama: HTTPResponse(404, type: "text/plain", body: Array("404 page not found".utf8))
        case .openAI: error(404, "File Not Found", type: "not_found_error")
        }
    }

    func methodNotAllowed(allowed: [String]) -> HTTPResponse {
        guard self == .ollama else { return notFound }
        var response = HTTPResponse(405, type: "text/plain", body: Array("405 method not allowed".utf8))
        response.fields.append(("Allow", allowed.joined(separator: ", ")))
        return response
    }

    var loading: HTTPResponse { error(503, "Loading model", type: "unavailable_error") }

    func problem(_ problem: RequestProblem) -> HTTPResponse {
        error(400, problem.message, type: "invalid_request_error")
    }

    func error(_ status: Int, _ message: String, type: String) -> HTTPResponse {
        switch self {
        case .ollama: HTTPResponse(status, json: ["error": .string(message)])
        case .openAI:
            HTTPResponse(
                status,
                json: ["error": ["code": JSONValue(status), "message": .string(message), "type": .string(type)]])
        }
    }

    /// What a generation request gets instead of an answer; nil where the connection just ends.
    func response(to refusal: FaultPlan.Refusal, model: String, contextLength: Int) -> HTTPResponse? {
        switch refusal {
        case .modelNotFound: return modelNotFound(model)
        case .contextOverflow: return contextOverflow(contextLength)
        case .unauthorized:
            return error(401, self == .ollama ? "unauthorized" : "Invalid API Key", type: "authentication_error")
        case .status(let status):
            let type = status < 500 ? "invalid_request_error" : "server_error"
            return error(status, AnswerComposer.errorMessage, type: type)
        case .busy(let seconds):
            var response = error(429, "the server is busy", type: "rate_limit_error")
            response.fields.append(("Retry-After", "\(seconds)"))
            return response
        case .redirect(let url):
            var response = HTTPResponse(307, type: "text/plain", body: [])
            response.fields.append(("Location", url))
            return response
        case .closeWithoutAnswer: return nil
        }
    }

    func modelNotFound(_ model: String) -> HTTPResponse {
        switch self {
        case .ollama: error(404, "model '\(model)' not found", type: "")
        // llama-server never says it; these are the words of vLLM.
        case .openAI: error(404, "The model `\(model)` does not exist.", type: "NotFoundError")
        }
    }

    private func contextOverflow(_ contextLength: Int) -> HTTPResponse {
        guard self == .openAI else {
            return error(400, "the input length exceeds the context length", type: "")
        }
        let tokens = contextLength + 1
        let sizes = "request (\(tokens) tokens) exceeds the available context size (\(contextLength) tokens)"
        let message = sizes + ", try increasing it"
        return HTTPResponse(
            400,
            json: [
                "error": [
                    "code": 400, "message": .string(message), "type": "exceed_context_size_error",
                    "n_prompt_tokens": JSONValue(tokens), "n_ctx": JSONValue(contextLength),
                ]
            ])
    }
}
