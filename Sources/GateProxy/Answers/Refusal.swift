import GateCore
import GateHTTP
import GateJSON
import GateStream

/// An error that the proxy itself answers, in the words of the API that was asked.
struct Refusal {
    let status: Int
    let message: String
    /// OpenAI's and Anthropic's name for the kind of error.
    var type = "invalid_request_error"

    /// What a client is told where its request could not be handed on.
    init(_ reason: InvalidCall) {
        status = reason.kind == .connectTimeout ? 504 : 502
        message = "the model server did not answer (\(reason.kind.rawValue)): \(reason.detail)"
        type = "api_error"
    }

    init(_ problem: HTTPProblem) {
        status = problem.status
        message = problem.message
    }

    init(status: Int, message: String) {
        self.status = status
        self.message = message
    }

    func response(of route: PassedRoute) -> HTTPResponse {
        let body: JSONValue =
            switch route {
            case .ollamaChat, .ollamaGenerate: ["error": .string(message)]
            case .anthropicMessages:
                ["type": "error", "error": ["type": .string(type), "message": .string(message)]]
            case .openAIChat, .openAICompletions, .openAIResponses, .other:
                [
                    "error": [
                        "message": .string(message), "type": .string(type), "param": .null, "code": JSONValue(status),
                    ]
                ]
            }
        return HTTPResponse(status, type: "application/json", body: body.encoded)
    }
}
