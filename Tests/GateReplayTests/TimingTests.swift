import GateClock
import GateCore
import GateHTTP
import GateJSON
import TestSupport
import Testing

@testable import GateReplay

@Suite("When bytes are sent")
struct TimingTests {
    /// No read may come before its time: the clock of the test begins before the server's, so only lateness is free.
    private func expectNotEarly(_ reply: TestClient.Reply, after sent: Nanoseconds, startMs: Int, gapMs: Int) throws {
        var last = Nanoseconds.zero
        for index in 0..<10 {
            let at = try #require(reply.arrival(of: "\" w\(index + 1)\"")) - sent
            #expect(at >= milliseconds(startMs + gapMs * index))
            #expect(at >= last)
            last = at
        }
    }

    @Test("no piece comes before its recorded time", arguments: ["/api/generate", "/v1/chat/completions"])
    func notEarly(path: String) throws {
        let server = try RunningServer()
        let client = try server.client()
        let sent = MonotonicClock.moment
        let reply = try client.request("POST", path, path == "/api/generate" ? generateBody : chatBody)
        try expectNotEarly(reply, after: sent, startMs: 20, gapMs: 5)
        #expect(try #require(reply.reads.last).at - sent >= milliseconds(70))
    }

    @Test("factors stretch the stream that is sent as they stretch the figures")
    func factors() throws {
        let options = ReplayOptions(throughputFactor: 0.5, ttftFactor: 2)
        let server = try RunningServer([recording()], options)
        let client = try server.client()
        let sent = MonotonicClock.moment
        let reply = try client.request("POST", "/api/generate", generateBody)
        try expectNotEarly(reply, after: sent, startMs: 40, gapMs: 10)
        let last = try #require(try reply.lines().last)
        #expect(last["eval_duration"]?.int == 100_000_000)
        #expect(last["prompt_eval_duration"]?.int == 32_000_000)
        #expect(last["total_duration"]?.int == 140_000_000)
    }

    @Test("an answer that is not streamed comes when the stream would have ended")
    func whole() throws {
        let server = try RunningServer()
        let client = try server.client()
        let sent = MonotonicClock.moment
        _ = try client.request("POST", "/v1/chat/completions", #"{"messages":[]}"#)
        #expect(MonotonicClock.moment - sent >= milliseconds(70))
    }

    /// What would be sent, without sending it.
    private func script(_ recorded: ExchangeRecording, _ path: String, _ body: String) throws -> Script {
        let service = try ReplayService(recordings: [recorded], options: ReplayOptions())
        let head = try HTTPHead(Array("POST \(path) HTTP/1.1\r\n".utf8)[...])
        return service.script(for: HTTPRequest(head: head, body: Array(body.utf8), readAt: .zero))
    }

    @Test("llama-server's headers come before the first token, Ollama's with it")
    func headers() throws {
        let openAI = try script(recording(), "/v1/chat/completions", chatBody)
        #expect(openAI.sends[0].at == .zero)
        #expect(!String(decoding: openAI.sends[0].bytes, as: UTF8.self).contains("data:"))
        let ollama = try script(recording(), "/api/generate", generateBody)
        #expect(ollama.sends[0].at == milliseconds(20))
        #expect(String(decoding: ollama.sends[0].bytes, as: UTF8.self).contains("w1"))
    }

    @Test("pieces with one offset are one send, each in its own chunk")
    func equalOffsets() throws {
        let reply = try RunningServer([recording(gapMs: 0)]).post("/api/generate", generateBody)
        #expect(reply.chunks.count == 11)
        #expect(try script(recording(gapMs: 0), "/api/generate", generateBody).sends.map(\.at) == [milliseconds(20)])
    }

    @Test("silences of more than 30 seconds have heartbeats on OpenAI's routes, and none on Ollama's")
    func heartbeats() throws {
        func times(_ path: String, _ body: String) throws -> [Nanoseconds] {
            try script(recording(startMs: 64_000), path, body).sends.map(\.at)
        }
        let openAI = try times("/v1/chat/completions", chatBody)
        #expect(openAI.prefix(4).map(\.seconds) == [0, 30, 60, 64])
        #expect(try times("/api/generate", generateBody).first?.seconds == 64)
    }
}
