import GateCore
import GateJSON

/// OpenAI's API as llama-server, vLLM and their like imitate it: server-sent events of `/v1/chat/completions`, which end
/// with `[DONE]`.
struct OpenAIDialect: Dialect {
    private static let endMarker = "[DONE]".utf8

    let chatPath = "/v1/chat/completions"
    let generatePath: String? = nil
    let readyPath = "/health"
    let modelList = ModelList(path: "/v1/models", list: "data", name: "id")
    let framing = StreamFraming.serverSentEvents
    let mayLackEndMarker = true
    let saysLoading = true
    let countsEvaluatedPrompt = false
    let defendsCacheByProduct = true

    func unloading(of model: String) -> Unloading? { nil }
}

extension ServerProduct {
    /// True where a request's parameter keeps the prompt out of the cache and the answer says how much came out of it.
    /// vLLM has the parameter, but says nothing unless it was started to.
    var tellsCachedTokens: Bool { self == .llamaServer }

    /// True where the sampling options that OpenAI's API does not know (`top_k`, `repeat_penalty`) are understood.
    fileprivate var takesExtendedSampling: Bool { [.llamaServer, .vllm, .replay].contains(self) }
}

// MARK: - Body

extension OpenAIDialect {
    func body(of request: ChatRequest) -> JSONValue {
        let (agent, product) = (request.agent, request.product)
        var body = BodyMembers([
            ("model", .string(agent.model)), ("stream", true), ("stream_options", ["include_usage": true]),
            ("messages", request.messages(marksBySystem: false)),
        ])
        body.set("max_tokens", agent.maxTokens)
        body.set("temperature", agent.temperature)
        body.set("top_p", agent.topP)
        body.set("seed", agent.seed)
        if product.takesExtendedSampling {
            body.set("top_k", agent.topK)
            // vLLM calls it by another name than llama.cpp.
            body.set(product == .vllm ? "repetition_penalty" : "repeat_penalty", agent.repeatPenalty)
        }
        if agent.promptCache == .defeat {
            if product == .llamaServer { body.add("cache_prompt", false) }
            if product == .vllm { body.add("cache_salt", .string(String(request.defence.salt))) }
        }
        return body.object
    }

    func optionsWithoutEffect(of agent: AgentConfiguration, product: ServerProduct) -> [String] {
        var names: [String] = []
        if agent.numGpu != nil { names.append("num_gpu") }
        guard !product.takesExtendedSampling else { return names }
        if agent.topK != nil { names.append("top_k") }
        if agent.repeatPenalty != nil { names.append("repeat_penalty") }
        return names
    }
}

// MARK: - Stream

extension OpenAIDialect {
    func events(in data: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        let words = data.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
        // WHATWG HTML: an event without data is none.
        if words.isEmpty { return [] }
        if words.count == 1, words[0].elementsEqual(OpenAIDialect.endMarker) { return [.end] }
        return events(in: data, of: events(of:))
    }

    private func events(of object: JSONValue) -> [StreamEvent] { events(of: object, text: "delta") }

    /// A whole answer has a message where a stream has deltas.
    func events(ofWhole object: JSONValue) -> [StreamEvent] { events(of: object, text: "message") }

    private func events(of object: JSONValue, text member: String) -> [StreamEvent] {
        if let failure = ServerErrorObject.failure(in: object) { return [.failure(failure)] }
        let choice = object["choices"]?[0]
        var events = AnswerParts(delta: choice?[member], text: choice?["text"]).events
        let figures = figures(of: object)
        if figures != ServerFigures() { events.append(.figures(figures)) }
        if let end = choice?["finish_reason"]?.string.flatMap(AnswerEnd.init) { events.append(.finish(end)) }
        return events
    }

    private func figures(of object: JSONValue) -> ServerFigures {
        let usage = object["usage"]
        let timings = object["timings"]
        var figures = ServerFigures(
            promptEvalSeconds: ServerFigure.seconds(timings?["prompt_ms"], per: 1e3),
            evalSeconds: ServerFigure.seconds(timings?["predicted_ms"], per: 1e3),
            promptTokens: ServerFigure.count(usage?["prompt_tokens"]),
            tokens: ServerFigure.count(usage?["completion_tokens"]),
            cachedPromptTokens: ServerFigure.count(usage?["prompt_tokens_details"]?["cached_tokens"])
                ?? ServerFigure.count(timings?["cache_n"]))
        figures.thinkingTokens =
            ServerFigure.count(usage?["completion_tokens_details"]?["reasoning_tokens"])
            ?? ServerFigure.count(usage?["reasoning_tokens"])
        figures.countThinkingIn(total: ServerFigure.count(usage?["total_tokens"]))
        return figures
    }

    func scan(_ unit: UnsafeBufferPointer<UInt8>, with scanner: inout TokenScanner) -> TokenScanner.Finding {
        scanner.scan(unit) { cursor, texts in object(&cursor, &texts) }
    }

    private func object(_ cursor: inout JSONCursor, _ texts: inout TokenScanner) -> Bool {
        var hasChoice = false
        return cursor.members { key, cursor in
            switch key.bytes.count {
            case 7 where key.isEqual(to: "choices"):
                guard !hasChoice, choices(&cursor, &texts) else { return false }
                hasChoice = true
            case 5 where key.isEqual(to: "usage"), 7 where key.isEqual(to: "timings"):
                guard cursor.skip(word: "null") else { return false }
            case 5 where key.isEqual(to: "error"), 4 where key.isEqual(to: "code"), 4 where key.isEqual(to: "type"),
                7 where key.isEqual(to: "message"):
                return false
            case 6 where key.isEqual(to: "object"):
                // Only `"error"` is as long as this.
                guard let name = cursor.string(), name.bytes.count != 5 else { return false }
            default: guard cursor.skipValue() else { return false }
            }
            return true
        }
    }

    private func choices(_ cursor: inout JSONCursor, _ texts: inout TokenScanner) -> Bool {
        guard cursor.next == 0x5B else { return cursor.skipValue() }
        var isFirst = true
        return cursor.array { cursor in
            defer { isFirst = false }
            return isFirst && cursor.next == 0x7B ? choice(&cursor, &texts) : cursor.skipValue()
        }
    }

    private func choice(_ cursor: inout JSONCursor, _ texts: inout TokenScanner) -> Bool {
        var hasDelta = false
        return cursor.members { key, cursor in
            switch key.bytes.count {
            case 5 where key.isEqual(to: "delta"):
                guard !hasDelta, delta(&cursor, &texts) else { return false }
                hasDelta = true
            case 4 where key.isEqual(to: "text"):
                guard cursor.take(into: &texts.otherContent) else { return false }
            case 13 where key.isEqual(to: "finish_reason"):
                guard cursor.next != 0x22, cursor.skipValue() else { return false }
            default: guard cursor.skipValue() else { return false }
            }
            return true
        }
    }

    private func delta(_ cursor: inout JSONCursor, _ texts: inout TokenScanner) -> Bool {
        guard cursor.next == 0x7B else { return cursor.skipValue() }
        return cursor.members { key, cursor in
            switch key.bytes.count {
            case 7 where key.isEqual(to: "content"):
                guard cursor.take(into: &texts.content) else { return false }
            case 17 where key.isEqual(to: "reasoning_content"):
                guard cursor.take(into: &texts.thinking) else { return false }
            case 9 where key.isEqual(to: "reasoning"), 8 where key.isEqual(to: "thinking"):
                guard cursor.take(into: &texts.otherThinking) else { return false }
            case 7 where key.isEqual(to: "refusal"),
                10 where key.isEqual(to: "tool_calls"), 13 where key.isEqual(to: "function_call"):
                guard cursor.skipNothing() else { return false }
            default: guard cursor.skipValue() else { return false }
            }
            return true
        }
    }
}

// MARK: - Server

extension OpenAIDialect {
    func profile(by probe: ServerProbe) throws(ProbeError) -> ServerProfile {
        let entries = try probe.required(modelList.path)[modelList.list]?.array ?? []
        let entry = entries.first { probe.model.isMeant(by: $0["id"]) } ?? (entries.count == 1 ? entries[0] : nil)
        let properties = probe.optional("/props")
        let product: ServerProduct
        var version: String?
        if let properties, properties["model_path"] != nil || properties["default_generation_settings"] != nil {
            product = properties["chimera_gate_replay"]?.bool == true ? .replay : .llamaServer
            version = properties["build_info"]?.string
        } else if let answer = probe.optional("/version"), let text = answer["version"]?.string {
            product = .vllm
            version = text
        } else {
            product = .unknown
        }
        let meta = entry?["meta"]
        // llama-server says which file it serves; its folder is the server's own business.
        let file = properties?["model_path"]?.string?.split(separator: "/").last.map(String.init)
        return probe.profile(
            product: product, recorded: properties?["chimera_gate_recorded"]?.string, version: version,
            options: properties.flatMap(options),
            model: ModelIdentity(
                name: file ?? entry?["id"]?.string ?? probe.model.asked, digest: nil,
                quantization: properties?["model_ftype"]?.string ?? meta?["ftype"]?.string,
                parameters: meta?["n_params"]?.int.map(String.init),
                contextLength: properties?["default_generation_settings"]?["n_ctx"]?.int
                    ?? meta?["n_ctx"]?.int ?? entry?["max_model_len"]?.int))
    }

    private func options(_ properties: JSONValue) -> ServerOptions? {
        let options = ServerOptions(
            slots: properties["total_slots"]?.int,
            contextLength: properties["default_generation_settings"]?["n_ctx"]?.int)
        return options == ServerOptions() ? nil : options
    }
}

extension ServerFigures {
    /// Some servers leave the thinking out of their count of generated tokens, and only their total shows it.
    fileprivate mutating func countThinkingIn(total: Int?) {
        guard let total, let thinking = thinkingTokens, thinking > 0, let answer = tokens, let prompt = promptTokens,
            total == prompt.adding(clamping: answer).adding(clamping: thinking)
        else { return }
        tokens = answer.adding(clamping: thinking)
    }
}

/// What a delta of an answer holds, in the spellings of the servers that imitate OpenAI's.
private struct AnswerParts {
    private(set) var events: [StreamEvent] = []

    init(delta: JSONValue?, text: JSONValue?) {
        for key in ["reasoning_content", "reasoning", "thinking"] where add(delta?[key], as: StreamEvent.thinking) {
            break
        }
        if !add(delta?["content"], as: StreamEvent.content) { _ = add(text, as: StreamEvent.content) }
        _ = add(delta?["refusal"], as: StreamEvent.refusal)
        let calls = (delta?["tool_calls"]?.array ?? []).compactMap { $0["function"] }
        for call in calls + [delta?["function_call"]].compactMap({ $0 }) where call.object != nil {
            let bytes = ["name", "arguments"].reduce(0) { $0 + (call[$1]?.string?.utf8.count ?? 0) }
            events.append(.toolCall(bytes: bytes))
        }
    }

    /// A text, or a list of parts with text; true where there was any.
    private mutating func add(_ value: JSONValue?, as event: (String) -> StreamEvent) -> Bool {
        let before = events.count
        if let text = value?.string {
            if !text.isEmpty { events.append(event(text)) }
        } else {
            for part in value?.array ?? [] { add(part: part, as: event) }
        }
        return events.count > before
    }

    private mutating func add(part: JSONValue, as event: (String) -> StreamEvent) {
        let kind = part["type"]?.string ?? ""
        if kind == "thinking" || kind == "reasoning" {
            _ = add(part[kind] ?? part["text"], as: StreamEvent.thinking)
        } else {
            let text = part["text"]?.string ?? ""
            if !text.isEmpty { events.append(event(text)) }
        }
    }
}
