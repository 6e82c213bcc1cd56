public import GateCore
import GateJSON

/// Calls the model server, one call at a time, and measures each. For the thread that made it only.
public final class ModelClient {
    private let server: ServerConfiguration
    private let agent: AgentConfiguration
    private let loop: TransferLoop
    private var nonces: any RandomNumberGenerator
    /// Which program answers decides how its prompt cache is defeated; set by ``identify()``.
    private(set) var product: ServerProduct = .unknown

    /// - Parameter nonces: the source of the lines that make prompts unique; only tests need another than the system's.
    public init(
        server: ServerConfiguration, agent: AgentConfiguration,
        nonces: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) throws(StreamSetupError) {
        self.server = server
        self.agent = agent
        self.loop = try TransferLoop()
        self.nonces = nonces
    }

    /// Asks the server what it is and which model it serves.
    ///
    /// Throws the invalid call where the server does not answer at all; a server that answers but does not tell
    /// leaves fields empty.
    public func identify() throws(ProbeError) -> ServerProfile {
        let profile = try ServerProbe(server: server, model: agent.model) { path, body in self.fetch(path, body: body) }
            .profile()
        product = profile.product
        return profile
    }

    /// Whether the server says that it is ready to answer calls; nil when it does, else why not.
    public func reasonNotReady() -> InvalidCall? {
        switch fetch(server.api == .ollama ? "/api/version" : "/health") {
        case .success: nil
        // Servers without a health route are ready when they answer anything else.
        case .failure(let invalid): invalid.kind == .httpStatus ? nil : invalid
        }
    }

    /// Asks the model and reads the whole answer.
    public func call(_ prompt: ChatPrompt) throws(StreamSetupError) -> ChatAnswer {
        let defence = CacheDefence(policy: agent.promptCache, product: product, nonces: &nonces)
        let body = ChatRequest(prompt: prompt, agent: agent, api: server.api, product: product, defence: defence).body
        let decoder = StreamDecoder(api: server.api)
        let request = HTTPRequest(
            url: server.url + (server.api == .ollama ? "/api/chat" : "/v1/chat/completions"),
            method: .post(body: body.encoded))
        let transfer = try Transfer(request, timeouts: server.timeouts, sink: decoder, loop: loop)
        loop.start(transfer)
        loop.runUntilAllEnd()
        return answer(of: transfer, decoder: decoder, prompt: prompt, defence: defence)
    }

    private func fetch(_ path: String, body: JSONValue? = nil) -> Result<JSONValue, InvalidCall> {
        let collector = BodyCollector()
        let request = HTTPRequest(url: server.url + path, method: body.map { .post(body: $0.encoded) } ?? .get)
        // A question about the server must not wait as long as an answer of the model.
        var timeouts = server.timeouts
        timeouts.firstTokenSeconds = min(timeouts.firstTokenSeconds, 10)
        timeouts.totalSeconds = min(timeouts.totalSeconds, 10)
        do throws(StreamSetupError) {
            let transfer = try Transfer(request, timeouts: timeouts, sink: collector, loop: loop)
            loop.start(transfer)
            loop.runUntilAllEnd()
            if let failure = transfer.failure { return .failure(failure) }
        } catch {
            return .failure(InvalidCall(.connectionFailed, "\(error)"))
        }
        return .success((try? JSONValue.parse(collector.body)) ?? .null)
    }

    // MARK: - From stamps to figures

    private func answer(
        of transfer: Transfer, decoder: StreamDecoder, prompt: ChatPrompt, defence: CacheDefence
    ) -> ChatAnswer {
        let origin = transfer.requestedAt ?? transfer.beganAt
        let endedAt = transfer.endedAt ?? MonotonicClock.now()
        func offset(_ stamp: Int64) -> Nanoseconds { Nanoseconds(stamp - origin) }
        let streamFailure = transfer.failure ?? decoder.streamEnded(at: endedAt)
        let arrivals = decoder.arrivals.map { ContentArrival(offsetNs: offset($0.at), text: $0.text) }
        let timing = StreamTiming(
            connectNs: Nanoseconds(transfer.connectNanoseconds),
            firstThinkingNs: decoder.firstThinkingAt.map(offset), firstContentNs: arrivals.first?.offsetNs,
            lastContentNs: arrivals.last?.offsetNs, endNs: offset(endedAt), arrivals: arrivals.count,
            coalesced: decoder.coalesced)
        let outcome = outcome(of: decoder, failure: streamFailure, prompt: prompt)
        return ChatAnswer(
            outcome: outcome, arrivals: arrivals, timing: timing, server: decoder.figures,
            cache: defence.state(after: decoder.figures, api: server.api), nonce: defence.nonce,
            measurements: outcome.isValid
                ? CallMetrics.measure(timing: timing, arrivals: arrivals.map(\.offsetNs), server: decoder.figures)
                : [:])
    }

    private func outcome(of decoder: StreamDecoder, failure: InvalidCall?, prompt: ChatPrompt) -> ExchangeOutcome {
        if let failure { return .invalid(failure) }
        // A chat server that says why it ended has ended, even if it leaves the marker out.
        guard decoder.endMarkerAt != nil || (server.api == .openai && decoder.finish != nil) else {
            return .invalid(InvalidCall(.cutStream, "the stream ended without its end marker"))
        }
        if decoder.arrivals.isEmpty || decoder.figures.tokens == 0 {
            return .invalid(InvalidCall(.noTokens, "the model answered without any content"))
        }
        if let truncation = promptTruncation(of: prompt, figures: decoder.figures) { return .invalid(truncation) }
        return .completed(decoder.finish ?? .stop)
    }

    /// Some servers cut a prompt that is too long and say nothing; their count of its tokens gives them away.
    private func promptTruncation(of prompt: ChatPrompt, figures: ServerFigures) -> InvalidCall? {
        guard product != .replay, let evaluated = figures.promptTokens else { return nil }
        if evaluated < prompt.fewestTokens {
            return InvalidCall(
                .promptTruncated,
                "the server evaluated \(evaluated) tokens of a prompt that has at least \(prompt.fewestTokens)")
        }
        if let window = agent.numCtx, server.api == .ollama, evaluated >= window {
            return InvalidCall(.promptTruncated, "the prompt filled the context window of \(window) tokens and was cut")
        }
        return nil
    }
}
