import GateCore
import GateJSON
import TestSupport
import Testing

@testable import GateReplay

@Suite("What goes wrong on purpose")
struct FaultTests {
    private func ollama(_ faults: ReplayFault..., timeout: Double = 20) throws -> TestClient.Reply {
        try RunningServer(faults: faults).post("/api/generate", generateBody, timeout: timeout)
    }

    private func openAI(_ faults: ReplayFault..., timeout: Double = 20) throws -> TestClient.Reply {
        try RunningServer(faults: faults).post("/v1/chat/completions", chatBody, timeout: timeout)
    }

    // MARK: instead of an answer

    @Test("a model that is not found")
    func modelNotFound() throws {
        let ollama = try ollama(.modelNotFound)
        #expect(ollama.status == 404)
        #expect(ollama.text == #"{"error":"model 'toy' not found"}"#)
        let openAI = try openAI(.modelNotFound)
        #expect(openAI.status == 404)
        #expect(try openAI.json()["error"]?["message"]?.string == "The model `toy` does not exist.")
    }

    @Test("a prompt that is too long")
    func contextOverflow() throws {
        #expect(try ollama(.contextOverflow).status == 400)
        let error = try #require(try openAI(.contextOverflow).json()["error"])
        #expect(error["type"]?.string == "exceed_context_size_error")
        #expect(error["n_ctx"]?.int == 131_072)
        #expect(error["n_prompt_tokens"]?.int == 131_073)
    }

    @Test("a wrong key, any status, and a redirect")
    func statuses() throws {
        #expect(try ollama(.unauthorized).status == 401)
        #expect(try openAI(.unauthorized).json()["error"]?["type"]?.string == "authentication_error")
        #expect(try ollama(.status(500)).status == 500)
        #expect(try openAI(.status(429)).status == 429)
        let moved = try openAI(.redirect(to: "http://127.0.0.1:1/"))
        #expect(moved.status == 307)
        #expect(moved.headers["location"] == "http://127.0.0.1:1/")
    }

    @Test("loading answers the first requests of any route with 503, and then no more")
    func loading() throws {
        let server = try RunningServer(faults: [.loading(requests: 3)])
        let health = try server.get("/health")
        #expect(health.status == 503)
        #expect(try health.json()["error"]?["message"]?.string == "Loading model")
        #expect(try health.json()["error"]?["type"]?.string == "unavailable_error")
        #expect(try server.post("/v1/chat/completions", chatBody).status == 503)
        #expect(try server.post("/api/generate", generateBody).status == 503)
        #expect(try server.get("/health").status == 200)
        #expect(try server.post("/v1/chat/completions", chatBody).status == 200)
    }

    @Test("a connection that ends before a byte of the answer")
    func closeWithoutAnswer() throws {
        #expect(throws: TestClient.Failure.self) { try ollama(.closeWithoutAnswer) }
    }

    // MARK: in the middle

    @Test("an error object inside the stream")
    func errorInStream() throws {
        let reply = try ollama(.error(afterTokens: 3))
        #expect(reply.status == 200)
        #expect(reply.stop == .complete)
        let lines = try reply.lines()
        #expect(lines.count == 4)
        #expect(lines[3] == ["error": "an error was encountered while running the model"])

        let events = try openAI(.error(afterTokens: 3)).events
        #expect(events.count == 5)
        #expect(try JSONValue.parse(events[4])["error"]?["code"]?.int == 500)
        // The status can still say it while nothing has been sent.
        #expect(try ollama(.error(afterTokens: 0)).status == 500)
        let whole = try RunningServer(faults: [.error(afterTokens: 3)])
            .post("/v1/chat/completions", #"{"messages":[]}"#)
        #expect(whole.status == 500)
    }

    @Test("a connection that is cut, by its end or by a reset", arguments: [0, 4, 10, 99])
    func cut(tokens: Int) throws {
        let ollama = try ollama(.cut(afterTokens: tokens))
        #expect(ollama.stop == .endOfConnection)
        #expect(try ollama.lines().count == min(tokens, 10))
        #expect(!ollama.text.contains("done_reason"))
        let openAI = try openAI(.cut(afterTokens: tokens))
        #expect(openAI.stop == .endOfConnection)
        #expect(!openAI.text.contains("[DONE]"))
        #expect(try openAI.eventValues().compactMap(\.deltaContent).count == min(tokens, 10))
        #expect(try self.openAI(.reset(afterTokens: max(tokens, 1))).stop == .reset)
    }

    @Test("a whole answer that is cut in its middle")
    func cutWhole() throws {
        let reply = try RunningServer(faults: [.cut(afterTokens: 2)])
            .post("/v1/chat/completions", #"{"messages":[]}"#)
        #expect(reply.stop == .endOfConnection)
        #expect(Int(try #require(reply.headers["content-length"])) ?? 0 > reply.body.count)
    }

    @Test("a stream that ends as HTTP says, without its last object")
    func endWithoutMarker() throws {
        let ollama = try ollama(.endWithoutMarker(afterTokens: 2))
        #expect(ollama.stop == .complete)
        #expect(try ollama.lines().count == 2)
        let openAI = try openAI(.endWithoutMarker(afterTokens: 2))
        #expect(openAI.stop == .complete)
        #expect(openAI.events.count == 3)
    }

    @Test("headers and then silence")
    func silence() throws {
        for reply in [try ollama(.silence, timeout: 1), try openAI(.silence, timeout: 1)] {
            #expect(reply.status == 200)
            #expect(reply.stop == .timeout)
            #expect(reply.body.isEmpty)
        }
    }

    @Test("tokens and then silence")
    func stall() throws {
        let ollama = try ollama(.stall(afterTokens: 3), timeout: 1)
        #expect(ollama.stop == .timeout)
        #expect(try ollama.lines().count == 3)
        #expect(try openAI(.stall(afterTokens: 3), timeout: 1).stop == .timeout)
    }

    @Test("a line that is no JSON, in a stream that goes on")
    func garbage() throws {
        let lines = try ollama(.garbage(afterTokens: 2)).text.split(separator: "\n").map(String.init)
        #expect(lines.count == 12)
        #expect(throws: JSONError.self) { try JSONValue.parse(lines[2]) }
        #expect(try JSONValue.parse(lines[11])["done"]?.bool == true)
        let events = try openAI(.garbage(afterTokens: 2)).events
        #expect(throws: JSONError.self) { try JSONValue.parse(events[3]) }
        #expect(events.last == "[DONE]")
    }

    @Test("a line without an end in sight")
    func oversizedLine() throws {
        for reply in [try ollama(.oversizedLine(bytes: 300_000)), try openAI(.oversizedLine(bytes: 300_000))] {
            #expect(reply.stop == .endOfConnection)
            let lines = reply.text.split(separator: "\n")
            #expect(try #require(lines.last).utf8.count > 300_000)
        }
    }

    // MARK: complete and odd

    @Test("an answer without a token")
    func noTokens() throws {
        let lines = try ollama(.noTokens).lines()
        #expect(lines.count == 1)
        #expect(lines[0]["done"]?.bool == true)
        #expect(lines[0]["eval_count"] == nil)
        #expect(lines[0]["prompt_eval_count"]?.int == 40)
        let openAI = try openAI(.noTokens)
        #expect(openAI.events.last == "[DONE]")
        #expect(try openAI.eventValues().compactMap(\.deltaContent).isEmpty)
        #expect(try openAI.eventValues().last?["usage"]?["completion_tokens"]?.int == 0)
    }

    @Test("every byte by itself is the same answer")
    func bytewise() throws {
        let ollama = try ollama(.bytewise)
        #expect(try ollama.lines().compactMap { $0["response"]?.string }.joined() == wholeText)
        #expect(ollama.reads.count > 20)
        #expect(try openAI(.bytewise).eventValues().compactMap(\.deltaContent).joined() == wholeText)
    }

    @Test("empty content and thinking come before the first token and are none")
    func earlyEvents() throws {
        let lines = try ollama(.emptyContentFirst, .thinking(pieces: 2)).lines()
        #expect(lines[0]["response"]?.string == "")
        #expect(lines[0]["thinking"] == nil)
        #expect(lines[1]["thinking"]?.string == "hm ")
        #expect(lines[1]["response"]?.string == "")
        #expect(lines[3]["response"]?.string == " w1")
        let events = try openAI(.emptyContentFirst, .thinking(pieces: 1)).eventValues()
        #expect(events[0].deltaContent == "")
        #expect(events[1]["choices"]?[0]?["delta"]?["reasoning_content"]?.string == "hm ")
        let body = generateBody.dropLast() + #","think":true,"stream":false}"#
        let whole = try RunningServer(faults: [.thinking(pieces: 2)]).post("/api/generate", String(body)).json()
        #expect(whole["thinking"]?.string == "hm hm ")
        #expect(whole["response"]?.string == wholeText)
    }

    @Test("heartbeats fill the silences of a stream")
    func heartbeats() throws {
        let reply = try openAI(.heartbeats(seconds: 0.0101))
        #expect(reply.text.hasPrefix(":\n\ndata: "))
        #expect(try reply.eventValues().compactMap(\.deltaContent).joined() == wholeText)
    }

    @Test("a server that says nothing of counts and durations")
    func noFigures() throws {
        let last = try #require(try ollama(.noFigures).lines().last)
        #expect(last.keys == ["model", "created_at", "response", "done", "done_reason"])
        let openAI = try openAI(.noFigures)
        #expect(openAI.events.last == "[DONE]")
        #expect(try openAI.eventValues().allSatisfy { $0["usage"] == nil && $0["timings"] == nil })
    }

    @Test("a prompt out of the cache, and one that was cut silently")
    func promptFigures() throws {
        let cached = try #require(try openAI(.cachedPrompt).eventValues().last)
        #expect(cached["usage"]?["prompt_tokens_details"]?["cached_tokens"]?.int == 39)
        #expect(cached["timings"]?["cache_n"]?.int == 39)
        #expect(cached["timings"]?["prompt_n"]?.int == 1)
        #expect(cached["timings"]?["prompt_ms"]?.double == 0.4)
        let last = try #require(try ollama(.promptTokens(7)).lines().last)
        #expect(last["prompt_eval_count"]?.int == 7)
    }

    // MARK: which requests

    @Test("a fault of one request leaves the others alone; requests for other things are not counted")
    func singleRequest() throws {
        let server = try RunningServer(
            [recording()], ReplayOptions(faultsOfRequest: [2: [.cut(afterTokens: 1)]]))
        #expect(try server.post("/api/generate", generateBody).stop == .complete)
        _ = try server.get("/api/tags")
        _ = try server.post("/api/generate", #"{"model":"toy"}"#)
        #expect(try server.post("/api/generate", generateBody).stop == .endOfConnection)
        #expect(try server.post("/api/generate", generateBody).stop == .complete)
    }
}

@Suite("Faults as text")
struct FaultTextTests {
    @Test(
        "every form is read",
        arguments: [
            ("model-not-found", ReplayFault.modelNotFound), ("cut:5", .cut(afterTokens: 5)),
            ("loading:2", .loading(requests: 2)), ("status:429", .status(429)),
            ("heartbeats:0.5", .heartbeats(seconds: 0.5)),
            ("redirect:http://h:1/x", .redirect(to: "http://h:1/x")), ("stall:0", .stall(afterTokens: 0)),
        ])
    func read(text: String, fault: ReplayFault) throws {
        #expect(try ReplayFault(text) == fault)
    }

    @Test(
        "what is none is refused with the forms that there are",
        arguments: ["", "cut", "cut:", "cut:x", "silence:1", "explode", "redirect:", "heartbeats:", "cut:1.5"])
    func unknown(text: String) {
        let error = #expect(throws: ReplayError.self) { try ReplayFault(text) }
        #expect(error == .unknownFault(text))
        #expect(error?.description.contains("stall:N") == true)
    }

    @Test(
        "numbers out of range are refused",
        arguments: ["status:200", "cut:-1", "heartbeats:0", "heartbeats:nan", "oversized:99999999999", "redirect:a b"])
    func range(text: String) {
        let error = #expect(throws: ReplayError.self) { try ReplayFault(text) }
        #expect(error != .unknownFault(text))
    }

    @Test(
        "options out of range are refused",
        arguments: [
            ReplayOptions(throughputFactor: 0), ReplayOptions(throughputFactor: .nan),
            ReplayOptions(ttftFactor: -1), ReplayOptions(speed: .infinity), ReplayOptions(loadSeconds: -1),
            ReplayOptions(contextLength: 0), ReplayOptions(faults: [.status(99)]),
            ReplayOptions(faultsOfRequest: [0: [.silence]]),
        ])
    func options(options: ReplayOptions) {
        #expect(throws: ReplayError.self) { try ReplayServer(recordings: [recording()], options: options) }
    }
}
