import GateCore
import GateJSON
import GateReplay
import GateStream
import TestSupport
import Testing

@testable import GateProxy

@Suite("What passes the proxy")
struct PassingTests {
    @Test("a stream comes through as it was sent, and is measured")
    func stream() throws {
        let server = try ProxiedServer()
        let reply = try server.client().request("POST", "/api/chat", ollamaChat)
        #expect(reply.status == 200)
        #expect(reply.stop == .complete)
        #expect(reply.headers["content-type"] == "application/x-ndjson")
        #expect(try reply.lines().compactMap { $0["message"]?["content"]?.string }.joined() == wholeText)
        let call = try #require(server.calls().first)
        #expect(call.route == .ollamaChat)
        #expect(call.isStreamed)
        #expect(call.outcome == .completed(.stop))
        #expect(call.text == wholeText)
        #expect(call.server.tokens == 11)
        #expect(call.timing.arrivals == 10)
        #expect(call.measurements["ttft"].map { $0 >= 0.02 } == true)
        #expect(call.request.model == "toy")
        #expect(call.request.texts == [.init(role: "user", text: "Analyse the data.")])
    }

    @Test("several requests follow each other on one connection, of either API")
    func keepAlive() throws {
        let server = try ProxiedServer()
        let client = try server.client()
        #expect(try client.request("POST", "/api/generate", ollamaGenerate).stop == .complete)
        #expect(try client.request("POST", "/v1/chat/completions", openAIChat).events.last == "[DONE]")
        #expect(try client.request("GET", "/api/tags").status == 200)
        #expect(try client.request("GET", "/nothing").status == 404)
        #expect(try client.request("HEAD", "/health").status == 200)
        #expect(try client.request("POST", "/api/generate", ollamaGenerate).stop == .complete)
        let calls = server.calls()
        #expect(calls.map(\.number) == Array(0..<6))
        #expect(calls.map(\.route) == [.ollamaGenerate, .openAIChat, .other, .other, .other, .ollamaGenerate])
        #expect(calls.map(\.status) == [200, 200, 200, 404, 200, 200])
        #expect(calls.map(\.outcome.isValid) == [true, true, true, false, true, true])
    }

    @Test("a whole answer has figures and no stamps")
    func whole() throws {
        let server = try ProxiedServer()
        let body = #"{"model":"toy","stream":false,"messages":[{"role":"user","content":"Analyse the data."}]}"#
        #expect(try server.client().request("POST", "/api/chat", body).json()["done"]?.bool == true)
        #expect(try server.client().request("POST", "/v1/chat/completions", body).status == 200)
        for call in server.calls() {
            #expect(!call.isStreamed)
            #expect(call.outcome == .completed(.stop))
            #expect(call.text == wholeText)
            #expect(call.server.tokens == 11)
            #expect(call.measurements["ttft"] == nil)
            #expect(call.measurements["throughput"] == nil)
            #expect(call.measurements["total"].map { $0 >= 0.07 } == true)
        }
    }
}
