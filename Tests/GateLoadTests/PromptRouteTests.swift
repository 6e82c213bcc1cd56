import GateCore
import GateStream
import TestSupport
import Testing

@testable import GateLoad

@Suite struct `Route of a prompt` {
    private let missing: [ScriptedServer.Step] = .answer(status: "404 Not Found", body: "404 page not found")
    private let answer: [ScriptedServer.Step] =
        .okay + [
            .send(#"{"response":"a","done":false}"# + "\n" + #"{"response":"","done":true,"eval_count":1}"# + "\n")
        ]

    private func measure(
        _ scripts: [[ScriptedServer.Step]], requests: Int
    ) throws -> (window: LoadWindow, generator: LoadGenerator, ended: Int, requests: [String]) {
        let server = try ScriptedServer(scripts)
        let generator = try LoadGenerator(
            server: ServerConfiguration(api: .ollama, url: server.url), agent: AgentConfiguration(model: "m"),
            prompts: [ChatPrompt(system: "", user: "Hi")],
            load: LoadConfiguration(concurrency: 1, extent: .requests(requests)))
        var ended = 0
        let window = generator.measure { _, _ in ended += 1 }
        return (window, generator, ended, server.requests)
    }

    @Test("where /api/chat is missing, /api/generate is asked, and the window has no failed request for it")
    func missingChat() throws {
        let measured = try measure([missing, answer], requests: 3)
        #expect(measured.window.requests == 3)
        #expect(measured.window.completed == 3)
        #expect(measured.ended == 3)
        #expect(measured.generator.usesGenerateRoute)
        #expect(
            measured.requests.map { $0.prefix(18) } == ["POST /api/chat HTT"]
                + Array(repeating: "POST /api/generate", count: 3))
        #expect(measured.requests.last?.contains("\"system\":\"Request ") == true)
        #expect(measured.requests.last?.contains("\"messages\"") == false)
    }

    @Test("where both are missing, or one answer was there before, a missing route is an error like any other")
    func noRoute() throws {
        let none = try measure([missing], requests: 3)
        #expect(none.window.requests == 3 && none.window.completed == 0 && none.ended == 3)
        let chat = ScriptedServer.Step.send(#"{"message":{"content":"a"},"done":true,"eval_count":1}"# + "\n")
        let later = try measure([.okay + [chat], missing, .okay + [chat]], requests: 3)
        #expect(later.window.requests == 3 && later.window.completed == 2)
        #expect(!later.generator.usesGenerateRoute)
    }

    @Test("a model that is missing is not a missing route")
    func missingModel() throws {
        let measured = try measure(
            [.answer(status: "404 Not Found", body: #"{"error":"model 'm' not found"}"#)], requests: 2)
        #expect(measured.window.requests == 2)
        #expect(!measured.generator.usesGenerateRoute)
        #expect(measured.requests.allSatisfy { $0.hasPrefix("POST /api/chat ") })
    }
}
