import GateCore
import GateJSON

/// Ollama's own API (its docs/api.md): `/api/chat` and `/api/generate`, which answer one JSON object per line.
struct OllamaDialect: Dialect {
    let chatPath = "/api/chat"
    let generatePath: String? = "/api/generate"
    let readyPath = "/api/version"
    let modelList = ModelList(path: "/api/tags", list: "models", name: "name")
    let framing = StreamFraming.lines
    let mayLackEndMarker = false
    /// It answers when it has loaded.
    let saysLoading = false
    let countsEvaluatedPrompt = true
    let defendsCacheByProduct = false

    func optionsWithoutEffect(of agent: AgentConfiguration, product: ServerProduct) -> [String] { [] }
}

// MARK: - Body

extension OllamaDialect {
    func body(of request: ChatRequest) -> JSONValue {
        let (agent, prompt) = (request.agent, request.prompt)
        var options = BodyMembers()
        options.set("num_gpu", agent.numGpu)
        options.set("num_ctx", agent.numCtx)
        options.set("temperature", agent.temperature)
        options.set("top_p", agent.topP)
        options.set("top_k", agent.topK)
        options.set("repeat_penalty", agent.repeatPenalty)
        options.set("seed", agent.seed)
        options.set("num_predict", agent.maxTokens)
        var body = BodyMembers([("model", .string(agent.model)), ("stream", true)])
        switch request.route {
        // A template may put a system prompt of its own in front of the user's, which every request would share. Ollama
        // takes ours in its place, for every model.
        case .chat: body.add("messages", request.messages(marksBySystem: true))
        case .generate where prompt.system.isEmpty:
            if let nonce = request.defence.nonce { body.add("system", .string(nonce)) }
            body.add("prompt", .string(request.wholeQuestion))
        case .generate:
            body.add("system", request.marked(prompt.system))
            body.add("prompt", .string(request.wholeQuestion))
        }
        body.add("options", options.object)
        return body.object
    }
}

// MARK: - Stream

extension OllamaDialect {
    func events(in line: UnsafeBufferPointer<UInt8>) -> [StreamEvent] {
        guard line.contains(where: { $0 > 0x20 }) else { return [] }
        return events(in: line, of: events(of:))
    }

    /// A whole answer is written like the last object of a stream, with all of the text in it.
    func events(ofWhole object: JSONValue) -> [StreamEvent] { events(of: object) }

    private func events(of object: JSONValue) -> [StreamEvent] {
        if let failure = ServerErrorObject.failure(in: object) { return [.failure(failure)] }
        let message = object["message"]
        var events: [StreamEvent] = []
        func firstText(_ values: JSONValue?...) -> String? {
            values.lazy.compactMap { $0?.string }.first { !$0.isEmpty }
        }
        if let thinking = firstText(message?["thinking"], object["thinking"]) { events.append(.thinking(thinking)) }
        if let content = firstText(message?["content"], object["response"]) { events.append(.content(content)) }
        for call in message?["tool_calls"]?.array ?? [] {
            events.append(.toolCall(bytes: call["function"]?.text.utf8.count ?? 0))
        }
        if object["done"]?.bool == true {
            events.append(.figures(figures(of: object)))
            events.append(.finish(object["done_reason"]?.string.flatMap(AnswerEnd.init) ?? .regular(.stop)))
            events.append(.end)
        }
        return events
    }

    /// Ollama leaves figures out that are zero, so an absent one is not known rather than zero.
    private func figures(of object: JSONValue) -> ServerFigures {
        func seconds(_ key: String) -> Double? { ServerFigure.seconds(object[key], per: 1e9) }
        return ServerFigures(
            loadSeconds: seconds("load_duration"), promptEvalSeconds: seconds("prompt_eval_duration"),
            evalSeconds: seconds("eval_duration"), totalSeconds: seconds("total_duration"),
            promptTokens: ServerFigure.count(object["prompt_eval_count"]),
            tokens: ServerFigure.count(object["eval_count"]))
    }

    func scan(_ unit: UnsafeBufferPointer<UInt8>, with scanner: inout TokenScanner) -> TokenScanner.Finding {
        scanner.scan(unit) { cursor, texts in object(&cursor, &texts) }
    }

    private func object(_ cursor: inout JSONCursor, _ texts: inout TokenScanner) -> Bool {
        var hasMessage = false
        return cursor.members { key, cursor in
            switch key.bytes.count {
            case 4 where key.isEqual(to: "done"):
                guard cursor.next != 0x74, cursor.skipValue() else { return false }
            case 5 where key.isEqual(to: "error"), 4 where key.isEqual(to: "code"), 4 where key.isEqual(to: "type"),
                6 where key.isEqual(to: "object"):
                return false
            case 7 where key.isEqual(to: "message"):
                guard !hasMessage, message(&cursor, &texts) else { return false }
                hasMessage = true
            case 8 where key.isEqual(to: "response"):
                guard cursor.take(into: &texts.otherContent) else { return false }
            case 8 where key.isEqual(to: "thinking"):
                guard cursor.take(into: &texts.otherThinking) else { return false }
            default: guard cursor.skipValue() else { return false }
            }
            return true
        }
    }

    private func message(_ cursor: inout JSONCursor, _ texts: inout TokenScanner) -> Bool {
        guard cursor.next == 0x7B else { return cursor.skipValue() }
        return cursor.members { key, cursor in
            switch key.bytes.count {
            case 7 where key.isEqual(to: "content"):
                guard cursor.take(into: &texts.content) else { return false }
            case 8 where key.isEqual(to: "thinking"):
                guard cursor.take(into: &texts.thinking) else { return false }
            case 10 where key.isEqual(to: "tool_calls"):
                guard cursor.skipNothing() else { return false }
            default: guard cursor.skipValue() else { return false }
            }
            return true
        }
    }
}

// MARK: - Server

extension OllamaDialect {
    func profile(by probe: ServerProbe) throws(ProbeError) -> ServerProfile {
        let version = try probe.required(readyPath)
        let isReplay = version["chimera_gate_replay"]?.bool == true
        let entry = probe.optional(modelList.path)?[modelList.list]?.array?
            .first { probe.model.isMeant(by: $0["model"] ?? $0["name"]) }
        let shown = probe.optional("/api/show", body: ["model": .string(probe.model.asked)])
        let details = shown?["details"] ?? entry?["details"]
        let contextLength = shown?["model_info"]?.object?.first { $0.key.hasSuffix(".context_length") }?.value.int
        return probe.profile(
            product: isReplay ? .replay : .ollama, recorded: version["chimera_gate_recorded"]?.string,
            version: version["version"]?.string,
            model: ModelIdentity(
                name: probe.model.asked, digest: entry?["digest"]?.string,
                quantization: details?["quantization_level"]?.string,
                parameters: details?["parameter_size"]?.string, contextLength: contextLength))
    }

    func unloading(of model: String) -> Unloading? {
        let name = ModelName(asked: model)
        return Unloading(
            path: "/api/generate", body: ["model": .string(model), "stream": false, "keep_alive": 0],
            objection: { answer in
                answer["done_reason"]?.string == "unload" ? nil : "its answer to keep_alive 0 is not 'unload'"
            },
            listPath: "/api/ps",
            isListed: { answer in
                answer["models"]?.array?.contains { [$0["model"], $0["name"]].contains(where: name.isMeant) }
            })
    }
}
