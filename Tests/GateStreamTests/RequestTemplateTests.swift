import GateCore
import GateJSON
import Testing

@testable import GateStream

@Suite struct `Request template` {
    private func bytes(_ body: RequestBody) -> String { String(decoding: body.bytes, as: UTF8.self) }

    @Test(
        "a body from the template is the body that would have been encoded",
        arguments: [
            ChatPrompt(system: "", user: "Request 11111111. 22222222"),
            ChatPrompt(system: "You are terse.", user: "Hi"),
        ], ServerAPI.allCases)
    func same(prompt: ChatPrompt, api: ServerAPI) {
        let agent = AgentConfiguration(model: "m")
        let template = RequestTemplate(prompt: prompt, agent: agent, api: api)
        for number: UInt32 in [10_000_000, 12_345_678, 99_999_999] {
            let encoded = RequestBody(chat: prompt, agent: agent, api: api, uniqueNumber: number)
            #expect(bytes(template.body(uniqueNumber: number)) == bytes(encoded))
        }
    }

    @Test("where the prompt cache may answer, every body is the same")
    func allowed() {
        let agent = AgentConfiguration(model: "m", promptCache: .allow)
        let template = RequestTemplate(prompt: ChatPrompt(system: "", user: "Hi"), agent: agent, api: .openai)
        #expect(template.body(uniqueNumber: 10_000_000) === template.body(uniqueNumber: 10_000_001))
    }

    @Test("an example stands between persona and question; where there are no messages, in front of the question")
    func example() throws {
        let agent = AgentConfiguration(model: "m", promptCache: .allow)
        let prompt = ChatPrompt(
            system: "Be brief.", example: PromptExample(user: "2 + 2?", answer: "4"), user: "3 + 3?")
        #expect(prompt.fewestTokens == 9)
        for api in ServerAPI.allCases {
            let body = bytes(RequestTemplate(prompt: prompt, agent: agent, api: api).body(uniqueNumber: 12_345_678))
            let messages = try #require(try JSONValue.parse(Array(body.utf8))["messages"]?.array)
            #expect(messages.map { $0["role"]?.string } == ["system", "user", "assistant", "user"])
            #expect(messages.map { $0["content"]?.string } == ["Be brief.", "2 + 2?", "4", "3 + 3?"])
        }
        let generate = RequestTemplate(prompt: prompt, agent: agent, api: .ollama, route: .generate)
        let body = try JSONValue.parse(Array(bytes(generate.body(uniqueNumber: 12_345_678)).utf8))
        #expect(body["system"]?.string == "Be brief." && body["prompt"]?.string == "2 + 2?\n\n4\n\n3 + 3?")
    }

    private func body(_ api: ServerAPI, _ product: ServerProduct, route: PromptRoute = .chat) throws -> JSONValue {
        let template = RequestTemplate(
            prompt: ChatPrompt(system: "", user: "Hi"), agent: AgentConfiguration(model: "m"), api: api,
            product: product, route: route)
        return try JSONValue.parse(Array(bytes(template.body(uniqueNumber: 12_345_678)).utf8))
    }

    @Test("without a persona there is no system message, and the prompt is unique at its start")
    func noSystem() throws {
        let messages = try #require(try body(.openai, .unknown)["messages"]?.array)
        #expect(messages.map { $0["role"]?.string } == ["user"])
        #expect(messages[0]["content"]?.string == "Request 12345678.\nHi")
    }

    @Test("Ollama's own system prompt gives way to the line that makes the prompt unique")
    func beforeTemplate() throws {
        let messages = try #require(try body(.ollama, .ollama)["messages"]?.array)
        #expect(messages.map { $0["role"]?.string } == ["system", "user"])
        #expect(messages.map { $0["content"]?.string } == ["Request 12345678.", "Hi"])
        let generate = try body(.ollama, .ollama, route: .generate)
        #expect(generate["system"]?.string == "Request 12345678." && generate["prompt"]?.string == "Hi")
    }

    @Test("vLLM gets a salt and a unique start, llama-server its switch, others neither parameter")
    func parameters() throws {
        let vllm = try body(.openai, .vllm)
        #expect(vllm["cache_salt"]?.string == "12345678" && vllm["cache_prompt"] == nil)
        #expect(vllm["messages"]?[0]?["content"]?.string == "Request 12345678.\nHi")
        let llama = try body(.openai, .llamaServer)
        #expect(llama["cache_prompt"]?.bool == false && llama["cache_salt"] == nil)
        #expect(llama["messages"]?[0]?["content"]?.string == "Hi")
        let unknown = try body(.openai, .unknown)
        #expect(unknown["cache_salt"] == nil && unknown["cache_prompt"] == nil)
    }

    @Test(
        "what is known of the cache is what the server tells, else an assumption where the prompt was unique",
        arguments: [
            (ServerProduct.vllm, ServerFigures(promptTokens: 100), PromptCacheState.assumedDefeated),
            (.unknown, ServerFigures(promptTokens: 100), .assumedDefeated),
            (.llamaServer, ServerFigures(promptTokens: 100), .assumedDefeated),
            (.vllm, ServerFigures(promptTokens: 100, cachedPromptTokens: 10), .defeated),
            (.vllm, ServerFigures(promptTokens: 100, cachedPromptTokens: 11), .hit),
            (.llamaServer, ServerFigures(promptTokens: 49, cachedPromptTokens: 33), .hit),
            (.llamaServer, ServerFigures(promptTokens: 1, cachedPromptTokens: .max), .hit),
        ])
    func state(product: ServerProduct, figures: ServerFigures, state: PromptCacheState) {
        let prompt = ChatPrompt(system: "", user: "Hi")
        let template = RequestTemplate(
            prompt: prompt, agent: AgentConfiguration(model: "m"), api: .openai, product: product)
        #expect(template.cacheState(after: figures) == state)
        let allowing = RequestTemplate(
            prompt: prompt, agent: AgentConfiguration(model: "m", promptCache: .allow), api: .openai, product: product)
        #expect(allowing.cacheState(after: figures) == (figures.cachedPromptTokens == nil ? .unknown : state))
    }
}

extension RequestBody {
    /// The body of one chat request, encoded by itself.
    fileprivate convenience init(
        chat prompt: ChatPrompt, agent: AgentConfiguration, api: ServerAPI, uniqueNumber: UInt32
    ) {
        let defence = CacheDefence(policy: agent.promptCache, product: .unknown, number: uniqueNumber)
        self.init(
            api.dialect.body(of: ChatRequest(prompt: prompt, agent: agent, product: .unknown, defence: defence)).encoded
        )
    }
}
