import GateCore
import TestSupport
import Testing

@testable import GateStream

private struct Counter: RandomNumberGenerator {
    var value: UInt64 = 0
    mutating func next() -> UInt64 {
        value += 1
        return value
    }
}

private let prompt = ChatPrompt(system: "You are terse.", user: "Say hi.")

private func content(_ text: String) -> [ScriptedServer.Step] {
    [.send(#"{"message":{"content":"\#(text)"},"done":false}"# + "\n")]
}

private let done: [ScriptedServer.Step] = [
    .send(
        #"{"message":{"content":""},"done":true,"done_reason":"stop","total_duration":90,"load_duration":25000000,"#
            + #""prompt_eval_count":20,"prompt_eval_duration":4000000,"eval_count":3,"eval_duration":60000000}"# + "\n"
    )
]

private func call(
    _ server: ScriptedServer, api: ServerAPI = .ollama, timeouts: TimeoutConfiguration = TimeoutConfiguration()
) throws -> ChatAnswer {
    try call(url: server.url, api: api, timeouts: timeouts)
}

private func call(
    url: String, api: ServerAPI = .ollama, timeouts: TimeoutConfiguration = TimeoutConfiguration()
) throws -> ChatAnswer {
    let client = try ModelClient(
        server: ServerConfiguration(api: api, url: url, timeouts: timeouts),
        agent: AgentConfiguration(model: "m", numCtx: 512, temperature: 0, maxTokens: 8), nonces: Counter())
    return try client.call(prompt)
}

private func reason(_ answer: ChatAnswer) -> InvalidCall.Kind? {
    if case .invalid(let reason) = answer.outcome { reason.kind } else { nil }
}

@Suite struct `Model client` {
    @Test("a whole answer gives every metric of its call")
    func everyMetric() throws {
        let server = try ScriptedServer(
            .okay + [.pause(milliseconds: 30)] + content("one") + [.pause(milliseconds: 20)] + content(" two")
                + [.pause(milliseconds: 10)] + content(" three") + done)
        let answer = try call(server)
        #expect(answer.outcome == .completed(.stop))
        #expect(answer.text == "one two three")
        let m = answer.measurements
        #expect(try #require(m["ttft"]) >= 0.03)
        #expect(try #require(m["total"]) >= 0.06)
        #expect(answer.timing.clock != nil)
        #expect(answer.timing.clockUncertaintyNs != nil)
        let spread = try #require(answer.timing.lastContentNs) - #require(answer.timing.firstContentNs)
        #expect(m["throughput"] == 2 / spread.seconds)
        #expect(m["server.throughput"] == 50)
        #expect(m["model_load"] == 0.025)
        #expect(m["prompt_eval"] == 0.004)
        #expect(m["eval"] == 0.06)
        #expect(m["prompt_tokens"] == 20)
        #expect(m["tokens"] == 3)
        #expect(m["connect"] != nil)
        // On a machine that reads them too late or together the gaps are not known, and there are no figures of them.
        if answer.timing.degraded == false {
            #expect(try #require(m["itl.max"]) >= 0.015)
            #expect(m.ordered.count == MetricCatalogue.call.count - 3, "all but those of thinking")
        } else {
            #expect(m["itl.max"] == nil)
        }
    }

    @Test("TTFT does not contain the time to connect")
    func connectIsApart() throws {
        let answer = try call(try ScriptedServer(.okay + content("one") + done))
        let first = try #require(answer.timing.firstContentNs)
        #expect(first > .zero)
        #expect(answer.timing.connectNs > .zero)
        #expect(answer.timing.endNs >= first)
    }

    @Test("the request carries the persona, the options and a nonce at its start")
    func request() throws {
        let server = try ScriptedServer(.okay + content("one") + done)
        let answer = try call(server)
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /api/chat HTTP/1.1\r\n"))
        #expect(answer.nonce == "Request 10000001.")
        #expect(request.contains(#"{"role":"system","content":"Request 10000001.\nYou are terse."}"#))
        #expect(request.contains(#""options":{"num_ctx":512,"temperature":0.0,"num_predict":8}"#))
        #expect(!request.contains("top_k"))
        #expect(answer.cache == .defeated)
    }

    @Test(
        "a stream that ends before its end marker is invalid",
        arguments: [
            .okay + content("one"), .okay + content("one") + [.reset],
            .chunked + .chunk(#"{"message":{"content":"one"},"done":false}"# + "\n"),
        ] as [[ScriptedServer.Step]])
    func cut(script: [ScriptedServer.Step]) throws {
        let answer = try call(try ScriptedServer(script))
        #expect(reason(answer) == .cutStream)
        #expect(answer.measurements.isEmpty)
        #expect(answer.text == "one")
    }

    @Test("a chat stream without [DONE] but with a finish reason is whole")
    func withoutDone() throws {
        let server = try ScriptedServer(
            .okay + [
                .send(#"data: {"choices":[{"delta":{"content":"Hi"}}]}"# + "\n\n"),
                .send(#"data: {"choices":[{"delta":{},"finish_reason":"length"}]}"# + "\n\n"),
            ])
        #expect(try call(server, api: .openai).outcome == .completed(.length))
    }

    @Test("an answer without content is invalid")
    func noTokens() throws {
        #expect(reason(try call(try ScriptedServer(.okay + done))) == .noTokens)
    }

    @Test(
        "a server's refusal has its reason",
        arguments: [
            ("404 Not Found", #"{"error":"model 'm' not found"}"#, InvalidCall.Kind.modelNotFound),
            (
                "400 Bad Request", #"{"error":{"code":400,"message":"too big","type":"exceed_context_size_error"}}"#,
                .contextOverflow
            ),
            (
                "400 Bad Request", #"{"error":{"message":"This model's maximum context length is 2048 tokens"}}"#,
                .contextOverflow
            ),
            ("400 Bad Request", #"{"error":{"message":"bad grammar"}}"#, .httpStatus),
            ("401 Unauthorized", #"{"error":{"message":"Invalid API Key"}}"#, .unauthorized),
            ("500 Internal Server Error", "oh", .httpStatus),
        ])
    func refusal(status: String, body: String, kind: InvalidCall.Kind) throws {
        #expect(reason(try call(try ScriptedServer(.answer(status: status, body: body)))) == kind)
    }

    @Test("a redirect is not followed")
    func redirect() throws {
        let server = try ScriptedServer([
            .send("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        ])
        #expect(reason(try call(server)) == .redirected)
        #expect(server.requests.count == 1)
    }

    @Test("an error inside the stream is the call's reason")
    func errorInside() throws {
        let server = try ScriptedServer(.okay + content("one") + [.send(#"{"error":"out of memory"}"# + "\n"), .hang])
        #expect(try call(server).outcome == .invalid(InvalidCall(.serverError, "out of memory")))
    }

    @Test("nobody listening is a refused connection")
    func refused() throws {
        let answer = try call(url: "http://127.0.0.1:1")
        #expect(reason(answer) == .connectionRefused)
    }

    @Test("headers and then silence end in the first token's time-out")
    func silence() throws {
        let server = try ScriptedServer(.okay + [.hang])
        #expect(reason(try call(server, timeouts: TimeoutConfiguration(firstTokenSeconds: 0.1))) == .firstTokenTimeout)
    }

    @Test("silence after the first content ends in the idle time-out")
    func idle() throws {
        let server = try ScriptedServer(.okay + content("one") + [.hang])
        #expect(reason(try call(server, timeouts: TimeoutConfiguration(idleSeconds: 0.1))) == .idleTimeout)
    }

    @Test("an answer without end is stopped by the total time-out")
    func total() throws {
        let slow = (0..<40).flatMap { _ in content("x") + [ScriptedServer.Step.pause(milliseconds: 25)] }
        let answer = try call(try ScriptedServer(.okay + slow), timeouts: TimeoutConfiguration(totalSeconds: 0.2))
        #expect(reason(answer) == .totalTimeout)
        #expect(answer.arrivals.count >= 2)
    }

    @Test("a connection that nobody accepts ends in the connect time-out")
    func connect() throws {
        let server = try DeafServer()
        let answer = try call(url: server.url, timeouts: TimeoutConfiguration(connectSeconds: 0.2))
        #expect(reason(answer) == .connectTimeout)
    }

    @Test("a server that counts fewer tokens than the prompt has words has cut it")
    func promptCut() throws {
        let few = #"{"message":{"content":""},"done":true,"prompt_eval_count":2,"eval_count":1}"# + "\n"
        #expect(reason(try call(try ScriptedServer(.okay + content("a") + [.send(few)]))) == .promptTruncated)
    }

    @Test("a count of cached tokens shows that the cache was hit")
    func cacheHit() throws {
        let server = try ScriptedServer(
            .okay + [
                .send(#"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"# + "\n\n"),
                .send(
                    #"data: {"choices":[],"usage":{"prompt_tokens":30,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":29}}}"#
                        + "\n\ndata: [DONE]\n\n"),
            ])
        #expect(try call(server, api: .openai).cache == .hit)
    }
}
