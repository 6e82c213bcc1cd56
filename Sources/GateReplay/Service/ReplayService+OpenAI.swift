import GateClock
import GateCore
import GateHTTP
import GateJSON

extension ReplayService {
    /// The routes of llama-server; any other method on them is as unknown to it as any other path.
    func openAIScript(for request: HTTPRequest) -> (Script, ExchangeRecording?) {
        let method = request.method == "HEAD" ? "GET" : request.method
        let created = Int(WallClock.moment.count / 1_000_000_000)
        func answered(_ json: JSONValue) -> (Script, ExchangeRecording?) {
            (Script(HTTPResponse(json: json), to: request.head), nil)
        }
        switch (method, request.path) {
        case ("GET", "/health"), ("GET", "/v1/health"): return answered(["status": "ok"])
        case ("GET", "/v1/models"):
            return answered(["object": "list", "data": .array(cards.map { $0.entry(created: created) })])
        case ("GET", "/props"): return answered(cards[0].props(of: options.recordedServer))
        case ("POST", "/v1/chat/completions"): return complete(.chat, request, created: created)
        case ("POST", "/v1/completions"): return complete(.completion, request, created: created)
        default: return (Script(Dialect.openAI.notFound, to: request.head), nil)
        }
    }

    private func complete(
        _ route: OpenAIFormat.Route, _ request: HTTPRequest, created: Int
    ) -> (Script, ExchangeRecording?) {
        do throws(RequestProblem) {
            let wanted = try GenerationRequest(openAI: route, body: request.body)
            return answer(wanted, to: request, dialect: .openAI) { recording, faults, number in
                OpenAIFormat(
                    route: route, model: recording.model, id: "chatcmpl-replay-\(number)", created: created,
                    includesUsage: wanted.includesUsage, saysFigures: !faults.hasNoFigures)
            }
        } catch {
            return (Script(Dialect.openAI.problem(error), to: request.head), nil)
        }
    }
}
