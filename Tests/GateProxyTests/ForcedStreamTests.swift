import GateCore
import GateJSON
import GateProxy
import GateStream
import TestSupport
import Testing

@Suite("A stream that is asked for in place of a whole answer")
struct ForcedStreamTests {
    private func events(_ data: [String]) -> [ScriptedServer.Step] {
        [.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Own: 1\r\nTransfer-Encoding: chunked\r\n\r\n")]
            + data.flatMap { [ScriptedServer.Step].chunk("data: \($0)\n\n") } + [.send("0\r\n\r\n")]
    }

    /// What the client gets, what the server was asked, and the call.
    private func force(
        _ path: String, _ body: String, answered steps: [ScriptedServer.Step]
    ) throws -> (answer: JSONValue, request: String, call: ProxiedCall, status: Int) {
        let scripted = try ScriptedServer(steps)
        let server = try ProxiedServer(to: scripted.url, keeping: scripted) { $0.forcesStream = true }
        let reply = try server.client().request("POST", path, body)
        #expect(reply.stop == .complete)
        #expect(reply.headers["content-type"] == "application/json")
        #expect(reply.headers["transfer-encoding"] == nil)
        let request = try #require(scripted.requests.first)
        return (try reply.json(), request, try #require(server.calls().first), reply.status)
    }

    @Test("against the replay server, a forced answer is the one that was not forced, with a TTFT")
    func replay() throws {
        let whole = try ProxiedServer()
        let forced = try ProxiedServer { $0.forcesStream = true }
        for (path, body) in [
            (
                "/api/chat",
                #"{"model":"toy","stream":false,"messages":[{"role":"user","content":"Analyse the data."}]}"#
            ),
            ("/api/generate", #"{"model":"toy","stream":false,"prompt":"Analyse the data."}"#),
            ("/v1/chat/completions", #"{"model":"toy","messages":[{"role":"user","content":"Analyse the data."}]}"#),
            ("/v1/completions", #"{"model":"toy","prompt":"Analyse the data."}"#),
        ] {
            let (one, other) = (
                try whole.client().request("POST", path, body).json(),
                try forced.client().request("POST", path, body).json()
            )
            #expect(one.keys == other.keys, "\(path)")
            for key in ["model", "message", "response", "done", "done_reason", "eval_count", "object", "usage"] {
                #expect(one[key] == other[key], "\(path) \(key)")
            }
            #expect(one["choices"]?[0]?["message"] == other["choices"]?[0]?["message"])
            #expect(one["choices"]?[0]?["text"] == other["choices"]?[0]?["text"])
            #expect(one["choices"]?[0]?["finish_reason"] == other["choices"]?[0]?["finish_reason"])
        }
        for call in forced.calls() {
            #expect(call.wasForced)
            #expect(call.isStreamed)
            #expect(call.measurements["ttft"].map { $0 >= 0.02 } == true)
            #expect(call.timing.arrivals == 10)
        }
        #expect(whole.calls().allSatisfy { !$0.wasForced && !$0.isStreamed })
    }

    @Test("a stream that is asked for passes as it is")
    func streamed() throws {
        let server = try ProxiedServer { $0.forcesStream = true }
        #expect(try server.client().request("POST", "/api/chat", ollamaChat).lines().count == 11)
        #expect(try server.client().request("POST", "/v1/chat/completions", openAIChat).events.last == "[DONE]")
        #expect(server.calls().allSatisfy { !$0.wasForced && $0.isStreamed })
    }

    @Test("calls of tools are put together, and members that the stream has besides are kept")
    func tools() throws {
        let (answer, request, call, _) = try force(
            "/v1/chat/completions", #"{"model":"m","messages":[],"stream_options":{"x":1}}"#,
            answered: events([
                #"{"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"look","arguments":""}}]},"finish_reason":null}],"usage":null}"#,
                #"{"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"at\""}}]},"finish_reason":null}]}"#,
                #"{"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}},{"index":1,"id":"b","type":"function","function":{"name":"go","arguments":"{}"}}]},"finish_reason":null}]}"#,
                #"{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
                #"{"id":"c1","choices":[],"usage":{"prompt_tokens":4,"completion_tokens":5}}"#, "[DONE]",
            ]))
        #expect(
            answer.text
                == #"{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"look","arguments":"{\"at\":1}"}},{"id":"b","type":"function","function":{"name":"go","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":4,"completion_tokens":5}}"#
        )
        #expect(request.contains(#""stream_options":{"x":1,"include_usage":true},"stream":true"#))
        #expect(call.outcome == .completed(.toolCalls))
    }

    @Test("Anthropic's blocks are put together")
    func messages() throws {
        let (answer, request, call, _) = try force(
            "/v1/messages", #"{"model":"m","messages":[]}"#,
            answered: events([
                #"{"type":"message_start","message":{"id":"m1","type":"message","content":[],"stop_reason":null,"usage":{"input_tokens":5,"output_tokens":1}}}"#,
                #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" you"}}"#,
                #"{"type":"content_block_stop","index":0}"#,
                #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"look","input":{}}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"at\":"}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"1}"}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":7}}"#,
                #"{"type":"message_stop"}"#,
            ]))
        #expect(
            answer.text
                == #"{"id":"m1","type":"message","content":[{"type":"text","text":"Hi you"},{"type":"tool_use","id":"t","name":"look","input":{"at":1}}],"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":7}}"#
        )
        #expect(request.contains(#""stream":true"#))
        #expect(call.server.tokens == 7)
    }

    @Test("a response is the one in its last event")
    func responses() throws {
        let (answer, _, call, _) = try force(
            "/v1/responses", #"{"input":"x"}"#,
            answered: events([
                #"{"type":"response.output_text.delta","delta":"Hi"}"#,
                #"{"type":"response.completed","response":{"id":"r","status":"completed","output":[],"usage":{"input_tokens":1,"output_tokens":1}}}"#,
            ]))
        #expect(answer["id"]?.string == "r")
        #expect(call.outcome == .completed(.stop))
    }

    @Test("an error in the stream is an error of the answer")
    func streamError() throws {
        let (answer, _, call, status) = try force(
            "/v1/chat/completions", #"{"model":"m","messages":[]}"#,
            answered: events([
                #"{"choices":[{"index":0,"delta":{"content":"Hi"}}]}"#, #"{"error":{"message":"broken"}}"#,
            ]))
        #expect(status == 500)
        #expect(answer["error"]?["message"]?.string == "broken")
        #expect(!call.outcome.isValid)
    }

    @Test("a stream that is cut is no answer")
    func cut() throws {
        let scripted = try ScriptedServer(
            events([#"{"choices":[{"index":0,"delta":{"content":"Hi"}}]}"#]))
        let server = try ProxiedServer(to: scripted.url, keeping: scripted) { $0.forcesStream = true }
        let reply = try server.client().request("POST", "/v1/chat/completions", #"{"model":"m","messages":[]}"#)
        #expect(reply.status == 502)
        #expect(server.calls().first?.outcome.isValid == false)
    }

    @Test("an answer with a status of its own passes as it is")
    func refused() throws {
        let scripted = try ScriptedServer(.answer(status: "404 Not Found", body: #"{"error":"model 'm' not found"}"#))
        let server = try ProxiedServer(to: scripted.url, keeping: scripted) { $0.forcesStream = true }
        let reply = try server.client().request("POST", "/api/chat", #"{"model":"m","stream":false,"messages":[]}"#)
        #expect(reply.status == 404)
        #expect(reply.text == #"{"error":"model 'm' not found"}"#)
    }
}

extension JSONValue {
    /// Sorted; empty for anything but an object.
    fileprivate var keys: [String] { (object ?? []).map(\.key).sorted() }
}
