import GateClock
import GateCore
import GateHTTP
import GateJSON

extension ReplayService {
    /// Ollama's routes; what they answer to mistakes is what Ollama's server/routes.go answers.
    func ollamaScript(for request: HTTPRequest) -> (Script, ExchangeRecording?) {
        let method = request.method == "HEAD" ? "GET" : request.method
        let now = OllamaFormat.timestamp(WallClock.moment)
        func answered(_ json: JSONValue) -> (Script, ExchangeRecording?) {
            (Script(HTTPResponse(json: json), to: request.head), nil)
        }
        switch (method, request.path) {
        case ("GET", "/"):
            let greeting = HTTPResponse(200, type: "text/plain; charset=utf-8", body: Array("Ollama is running".utf8))
            return (Script(greeting, to: request.head), nil)
        case ("GET", "/api/version"):
            return answered([
                "version": .string(options.recordedServer?.version ?? "0.0.0"), "chimera_gate_replay": true,
                "chimera_gate_recorded": options.recordedServer.map { .string($0.product) } ?? .null,
            ])
        case ("GET", "/api/tags"): return answered(["models": .array(cards.map { $0.tag(modified: now) })])
        case ("GET", "/api/ps"):
            let later = OllamaFormat.timestamp(WallClock.moment + Nanoseconds(seconds: 300))
            return answered(["models": .array(isLoaded ? cards.map { $0.process(expires: later) } : [])])
        case ("POST", "/api/show"): return (show(request), nil)
        case ("POST", "/api/generate"): return generate(.generate, request)
        case ("POST", "/api/chat"): return generate(.chat, request)
        case (_, "/"), (_, "/api/version"), (_, "/api/tags"), (_, "/api/ps"):
            return (Script(Dialect.ollama.methodNotAllowed(allowed: ["HEAD", "GET"]), to: request.head), nil)
        case (_, "/api/show"), (_, "/api/generate"), (_, "/api/chat"):
            return (Script(Dialect.ollama.methodNotAllowed(allowed: ["POST"]), to: request.head), nil)
        default: return (Script(Dialect.ollama.notFound, to: request.head), nil)
        }
    }

    private func show(_ request: HTTPRequest) -> Script {
        do throws(RequestProblem) {
            let body = try JSONValue.ollama(request.body)
            let model = try body.ollama("model", \.string, of: "string")
            let olderName = try body.ollama("name", \.string, of: "string")
            guard let name = model ?? olderName, !name.isEmpty else { throw RequestProblem("model is required") }
            guard let model = library.model(named: name), let card = cards.first(where: { $0.name == model }) else {
                return Script(Dialect.ollama.modelNotFound(name), to: request.head)
            }
            return Script(
                HTTPResponse(json: card.show(modified: OllamaFormat.timestamp(WallClock.moment))), to: request.head)
        } catch {
            return Script(Dialect.ollama.problem(error), to: request.head)
        }
    }

    private func generate(_ route: OllamaFormat.Route, _ request: HTTPRequest) -> (Script, ExchangeRecording?) {
        do throws(RequestProblem) {
            let wanted = try GenerationRequest(ollama: route, body: request.body)
            if wanted.model.isEmpty, route == .chat { throw RequestProblem("model is required") }
            guard library.model(named: wanted.model) != nil else {
                return (Script(Dialect.ollama.modelNotFound(wanted.model), to: request.head), nil)
            }
            let readAt = WallClock.moment
            let format = OllamaFormat(route: route, model: wanted.model, readAt: readAt)
            if wanted.text.isEmpty { return (changeState(wanted, format: format, request), nil) }
            return answer(wanted, to: request, dialect: .ollama) { _, faults, _ in
                OllamaFormat(
                    route: route, model: wanted.model, readAt: readAt, saysFigures: !faults.hasNoFigures)
            }
        } catch {
            return (Script(Dialect.ollama.problem(error), to: request.head), nil)
        }
    }

    /// An empty prompt loads the model, or unloads it where it is not to be kept alive.
    private func changeState(_ wanted: GenerationRequest, format: OllamaFormat, _ request: HTTPRequest) -> Script {
        if wanted.unloads {
            isLoaded = false
            return Script(HTTPResponse(json: format.stateChange("unload", at: .zero)), to: request.head)
        }
        let time = load() ? Nanoseconds(seconds: options.loadSeconds ?? 0).scaled(by: 1 / options.speed) : .zero
        return Script(HTTPResponse(json: format.stateChange("load", at: time)), to: request.head, at: time)
    }
}
