import GateClock
import GateCore
import GateHTTP
import GateJSON
import GateProxy
import GateReplay
import GateStream
import TestSupport
import Testing

@Suite("Calls that passed a proxy, answered again")
struct PassedReplayTests {
    private static let whole =
        #"{"model":"toy","stream":false,"messages":[{"role":"user","content":"Analyse the data."}]}"#

    /// What passes a proxy in front of a replay server, once each.
    private func record(_ requests: [(path: String, body: String)]) throws -> [ProxiedCall] {
        let server = try ProxiedServer { $0.keepsAnswers = true }
        for request in requests {
            #expect(try server.client().request("POST", request.path, request.body).stop == .complete)
        }
        return server.calls()
    }

    private func serve(
        _ calls: [ProxiedCall], _ options: ReplayOptions = ReplayOptions()
    ) throws -> (server: ReplayServer, client: TestClient) {
        let server = try ReplayServer(
            recordings: calls.compactMap { $0.recording(id: "r", stage: "calls") }, passed: calls.compactMap(\.passed),
            options: options)
        let client = try TestClient(port: try server.start())
        client.server = server
        return (server, client)
    }

    @Test("the same request gets the same answer, in its time")
    func same() throws {
        let calls = try record([
            ("/api/chat", ollamaChat), ("/v1/chat/completions", openAIChat), ("/api/chat", Self.whole),
        ])
        let (server, client) = try serve(calls)
        defer { server.stop() }
        let began = MonotonicClock.moment
        let streamed = try client.request("POST", "/api/chat", ollamaChat)
        #expect(streamed.headers["content-type"] == "application/x-ndjson")
        #expect(streamed.text == calls[0].passed?.pieces.map(\.text).joined())
        let recorded = try #require(calls[0].passed)
        #expect(MonotonicClock.moment - began >= recorded.endNs)
        for word in (1...10).map({ "\" w\($0)\"" }) {
            let piece = try #require(recorded.pieces.first { $0.text.contains(word) })
            #expect(try #require(streamed.arrival(of: word)) - began >= piece.offsetNs)
        }
        #expect(try client.request("POST", "/v1/chat/completions", openAIChat).events.last == "[DONE]")
        #expect(try client.request("POST", "/api/chat", Self.whole).json()["message"]?["content"]?.string == wholeText)
    }

    @Test("the order of members is no difference, and a request that was made twice gets both answers in turn")
    func canonical() throws {
        let calls = try record([("/api/chat", ollamaChat), ("/api/chat", ollamaChat)])
        #expect(Set(calls.compactMap { $0.passed?.pieces.last?.text }).count == 2)
        let (server, client) = try serve(calls)
        defer { server.stop() }
        let turned = #"{ "messages" : [{"content":"Analyse the data.","role":"user"}], "model":"toy" }"#
        for turn in [0, 1, 0] {
            #expect(
                try client.request("POST", "/api/chat", turned).text == calls[turn].passed?.pieces.map(\.text).joined())
        }
    }

    @Test("a request that was not recorded is told which is nearest and what differs")
    func missing() throws {
        let calls = try record([("/api/chat", ollamaChat), ("/v1/chat/completions", openAIChat)])
        let (server, client) = try serve(calls)
        defer { server.stop() }
        func error(_ path: String, _ body: String) throws -> String {
            let reply = try client.request("POST", path, body)
            #expect(reply.status == 404)
            return try reply.json()["error"]?["message"]?.string ?? reply.json()["error"]?.string ?? ""
        }
        #expect(
            try error("/api/chat", #"{"model":"toy","messages":[{"role":"user","content":"Analyse the date."}]}"#)
                == "this request for POST /api/chat was not recorded. The nearest is 'call-1', which differs in"
                + " messages[0].content from character 16 on: recorded \"Analyse the data.\", now \"Analyse the date.\"."
                + " Record it again, or make the agent ask the same.")
        #expect(
            try error(
                "/v1/chat/completions", openAIChat.replacing(#""model":"toy""#, with: #""model":"tin""#)
            ).contains(#"model from character 2 on: recorded "toy", now "tin""#))
        #expect(
            try error("/v1/embeddings", "{}")
                == "no request for POST /v1/embeddings was recorded; recorded are POST /api/chat, POST"
                + " /v1/chat/completions. Record it again.")
        // What the server is can still be asked.
        #expect(try client.request("GET", "/api/tags").status == 200)
    }

    @Test("speed and factors stretch what was recorded")
    func factors() throws {
        let calls = try record([("/api/chat", ollamaChat)])
        let (server, client) = try serve(calls, ReplayOptions(throughputFactor: 0.5, ttftFactor: 2))
        defer { server.stop() }
        let began = MonotonicClock.moment
        _ = try client.request("POST", "/api/chat", ollamaChat)
        let recorded = try #require(calls[0].passed)
        #expect(MonotonicClock.moment - began >= Nanoseconds(recorded.endNs.count * 2 - 1000))
    }

    @Test("a forced answer is kept as the client got it, and characters are never cut")
    func kept() throws {
        let server = try ProxiedServer { options in
            options.keepsAnswers = true
            options.forcesStream = true
        }
        let answer = try server.client().request("POST", "/api/chat", Self.whole).text
        let passed = try #require(server.calls().first?.passed)
        #expect(passed.pieces.map(\.text) == [answer])
        #expect(!passed.isStreamed)
        #expect(passed.contentType == "application/json")

        let body = "Zürich – 東京 🗼"
        let bytes = Array(body.utf8)
        let slow = try ProxiedServer(scripts: [
            [.send("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\n\r\n"), .sendByByte(body)]
        ]) { $0.keepsAnswers = true }
        #expect(try slow.client().request("POST", "/x", "{}").text == body)
        #expect(slow.calls().first?.passed?.pieces.map(\.text).joined() == body)
    }
}
