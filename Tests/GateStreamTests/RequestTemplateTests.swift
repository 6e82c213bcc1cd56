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
        #expect(template.isUnique)
        for number: UInt32 in [10_000_000, 12_345_678, 99_999_999] {
            let encoded = RequestBody(chat: prompt, agent: agent, api: api, uniqueNumber: number)
            #expect(bytes(template.body(uniqueNumber: number)) == bytes(encoded))
        }
    }

    @Test("where the prompt cache may answer, every body is the same")
    func allowed() {
        let agent = AgentConfiguration(model: "m", promptCache: .allow)
        let template = RequestTemplate(prompt: ChatPrompt(system: "", user: "Hi"), agent: agent, api: .openai)
        #expect(!template.isUnique)
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

    @Test("without a persona there is no system message")
    func noSystem() {
        let agent = AgentConfiguration(model: "m")
        let template = RequestTemplate(prompt: ChatPrompt(system: "", user: "Hi"), agent: agent, api: .openai)
        let body = bytes(template.body(uniqueNumber: 12_345_678))
        #expect(!body.contains("system"))
        #expect(body.contains(#""content":"Request 12345678.\nHi""#))
    }
}
