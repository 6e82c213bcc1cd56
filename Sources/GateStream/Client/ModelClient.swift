import GateClock
public import GateCore
import GateJSON

/// Calls the model server, one call at a time, and measures each. For the thread that made it only.
public final class ModelClient {
    let server: ServerConfiguration
    let dialect: any Dialect
    private let agent: AgentConfiguration
    private let engine: CallEngine
    /// Of the call that is under way, for any thread.
    package let answer = AnswerProgress()
    private var nonces: any RandomNumberGenerator
    /// Which program answers decides how its prompt cache is defeated; set by ``identify()``.
    private(set) var product: ServerProduct = .unknown

    /// - Parameters:
    ///   - token: what the server asks for, where it asks for one.
    ///   - nonces: the source of the lines that make prompts unique; only tests need another than the system's.
    public init(
        server: ServerConfiguration, agent: AgentConfiguration, token: BearerToken? = nil,
        nonces: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) throws(StreamSetupError) {
        self.server = server
        dialect = server.api.dialect
        self.agent = agent
        self.engine = try CallEngine(endpoint: Endpoint(chatOf: server, token: token, tokenCap: agent.maxTokens))
        self.nonces = nonces
    }

    /// Asks the server what it is and which model it serves.
    ///
    /// Throws the invalid call where the server does not answer at all; a server that answers but does not tell
    /// leaves fields empty.
    public func identify() throws(ProbeError) -> ServerProfile {
        let profile = try dialect.profile(
            by: ServerProbe(server: server, model: ModelName(asked: agent.model)) { path, body in
                self.fetch(path, body: body)
            })
        product = profile.product
        return profile
    }

    /// Whether the server says that it is ready to answer calls; nil when it does, else why not.
    public func reasonNotReady() -> InvalidCall? {
        switch fetch(dialect.readyPath) {
        case .success: nil
        // Servers without a health route are ready when they answer anything else.
        case .failure(let invalid):
            [.httpStatus, .routeNotFound, .modelNotFound].contains(invalid.kind) ? nil : invalid
        }
    }

    /// Asks the model and reads the whole answer.
    public func call(_ prompt: ChatPrompt) throws(StreamSetupError) -> ChatAnswer {
        let defence = CacheDefence(policy: agent.promptCache, product: product, nonces: &nonces)
        let body = dialect.body(
            of: ChatRequest(prompt: prompt, agent: agent, product: product, defence: defence))
        var request = CallRequest(body: RequestBody(body.encoded), keepsText: true)
        request.progress = answer
        var single = SingleCall(request)
        answer.begin(at: MonotonicClock.now())
        engine.run(&single)
        answer.end()
        guard let record = single.record else { throw .curlUnavailable("a call ended without a record") }
        return answer(of: record, prompt: prompt, defence: defence)
    }

    func fetch(_ path: String, body: JSONValue? = nil) -> Result<JSONValue, InvalidCall> {
        let collector = BodyCollector()
        let request = HTTPRequest(url: server.url + path, method: body.map { .post(RequestBody($0.encoded)) } ?? .get)
        // A question about the server must not wait as long as an answer of the model.
        var timeouts = server.timeouts
        timeouts.firstTokenSeconds = min(timeouts.firstTokenSeconds, 10)
        timeouts.totalSeconds = min(timeouts.totalSeconds, 10)
        if let failure = engine.transfer(request, timeouts: timeouts, sink: collector) { return .failure(failure) }
        let answer = (try? JSONValue.parse(collector.body)) ?? .null
        return .success(engine.endpoint.connection.token?.redacted(answer) ?? answer)
    }

    // MARK: - From stamps to figures

    private func answer(of record: CallRecord, prompt: ChatPrompt, defence: CacheDefence) -> ChatAnswer {
        var outcome = record.outcome
        if outcome.isValid, let truncation = promptTruncation(of: prompt, figures: record.server) {
            outcome = .invalid(truncation)
        }
        let arrivals = zip(record.stamps.arrivals, record.pieces ?? []).compactMap { offset, piece in
            piece.text.isEmpty
                ? nil
                : ContentArrival(
                    offsetNs: Nanoseconds(offset), text: piece.text, thinking: piece.isThinking ? true : nil)
        }
        return ChatAnswer(
            outcome: outcome, arrivals: arrivals, timing: record.timing, server: record.server,
            cache: defence.state(after: record.server, in: dialect), nonce: defence.nonce,
            retryAfterSeconds: record.retryAfterSeconds,
            measurements: outcome.isValid ? record.measurements : [:])
    }

    /// Some servers cut a prompt that is too long and say nothing; their count of its tokens gives them away.
    private func promptTruncation(of prompt: ChatPrompt, figures: ServerFigures) -> InvalidCall? {
        guard let evaluated = figures.promptTokens else { return nil }
        if evaluated < prompt.fewestTokens {
            return InvalidCall(
                .promptTruncated,
                "the server evaluated \(evaluated) tokens of a prompt that has at least \(prompt.fewestTokens)")
        }
        if let window = agent.numCtx, server.api.traits.setsContextWindow, evaluated >= window {
            return InvalidCall(.promptTruncated, "the prompt filled the context window of \(window) tokens and was cut")
        }
        return nil
    }
}

/// One call, at once.
private struct SingleCall: CallSchedule {
    private var pending: CallRequest?
    private let asked: CallRequest
    private(set) var record: CallRecord?

    init(_ request: CallRequest) {
        asked = request
        pending = request
    }

    func nextStart(nowNs: Int64, inFlight: Int) -> NextStart { pending == nil ? .finished : .at(nowNs) }

    mutating func request() -> CallRequest {
        pending = nil
        return asked
    }

    mutating func ended(_ record: CallRecord) { self.record = record }
}
