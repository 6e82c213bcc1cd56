import GateCore
import GateStream
import TestSupport
import Testing

@testable import GateProxy

/// A stream of events, each in a chunk of its own, as the APIs' documentation shows them.
private func events(_ data: [String]) -> [ScriptedServer.Step] {
    let chunks = data.map { data -> String in
        let type = data.firstRange(of: #""type":""#).map { data[$0.upperBound...].prefix { $0 != "\"" } } ?? ""
        let event = "event: \(type)\ndata: \(data)\n\n"
        return "\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n"
    }
    return [
        .send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks.joined() + "0\r\n\r\n")
    ]
}

private func json(_ body: String) -> [ScriptedServer.Step] {
    [
        .send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    ]
}

@Suite("The APIs that the proxy reads")
struct APITests {
    private func call(_ path: String, _ body: String, answered steps: [ScriptedServer.Step]) throws -> ProxiedCall {
        let server = try ProxiedServer(scripts: [steps])
        let reply = try server.client().request("POST", path, body)
        #expect(reply.stop == .complete)
        return try #require(server.calls().first)
    }

    // MARK: Anthropic

    private let message = """
        {"model":"claude","max_tokens":64,"temperature":0,"system":[{"type":"text","text":"Be brief."}],"stream":true,\
        "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}
        """

    @Test("Anthropic's events: text, thinking, usage and the end")
    func messages() throws {
        let call = try call(
            "/v1/messages", message,
            answered: events([
                #"{"type":"message_start","message":{"usage":{"input_tokens":5,"cache_read_input_tokens":20,"cache_creation_input_tokens":3,"output_tokens":1}}}"#,
                #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
                #"{"type":"ping"}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"Eq"}}"#,
                #"{"type":"content_block_stop","index":0}"#,
                #"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" you"}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":7}}"#,
                #"{"type":"message_stop"}"#,
            ]))
        #expect(call.route == .anthropicMessages)
        #expect(call.isStreamed)
        #expect(call.outcome == .completed(.stop))
        #expect(call.text == "Hi you")
        #expect(call.arrivals.map(\.text) == ["hm", "Hi", " you"])
        #expect(call.server == ServerFigures(promptTokens: 28, tokens: 7, cachedPromptTokens: 20))
        #expect(call.cache == .hit)
        #expect(call.request.model == "claude")
        #expect(
            call.request.texts == [.init(role: "system", text: "Be brief."), .init(role: "user", text: "Hello")])
        #expect(call.request.options == ["max_tokens": "64", "temperature": "0"])
    }

    @Test("a call of a tool is an answer")
    func toolUse() throws {
        let streamed = try call(
            "/v1/messages", message,
            answered: events([
                #"{"type":"message_start","message":{"usage":{"input_tokens":5,"output_tokens":1}}}"#,
                #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"look","input":{}}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"at\":1}"}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}"#,
                #"{"type":"message_stop"}"#,
            ]))
        #expect(streamed.outcome == .completed(.toolCalls))
        #expect(streamed.timing.arrivals == 2)
        #expect(streamed.server.tokens == 9)
        let whole = try call(
            "/v1/messages", message,
            answered: json(
                #"{"type":"message","content":[{"type":"tool_use","name":"look","input":{"at":1}}],"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":9}}"#
            ))
        #expect(whole.outcome == .completed(.toolCalls))
        #expect(whole.server.tokens == 9)
        let ollama = try call(
            "/api/chat", ollamaChat,
            answered: json(
                #"{"message":{"content":"","tool_calls":[{"function":{"name":"look","arguments":{}}}]},"done":true,"done_reason":"stop","eval_count":3}"#
            ))
        #expect(ollama.outcome == .completed(.toolCalls))
    }

    @Test("an error in the middle of a stream is one")
    func streamError() throws {
        let call = try call(
            "/v1/messages", message,
            answered: events([
                #"{"type":"message_start","message":{"usage":{"input_tokens":5,"output_tokens":1}}}"#,
                #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            ]))
        #expect(call.outcome == .invalid(InvalidCall(.serverError, "Overloaded")))
    }

    // MARK: OpenAI's responses

    private let response =
        #"{"model":"gpt","instructions":"Be brief.","input":"Hello","stream":true,"max_output_tokens":9}"#

    @Test("events of responses: text, reasoning, usage and the end")
    func responses() throws {
        let call = try call(
            "/v1/responses", response,
            answered: events([
                #"{"type":"response.created","response":{"status":"in_progress","error":null}}"#,
                #"{"type":"response.output_item.added","item":{"type":"message","content":[]}}"#,
                #"{"type":"response.reasoning_summary_text.delta","delta":"hm"}"#,
                #"{"type":"response.output_text.delta","delta":"Hi"}"#,
                #"{"type":"response.output_text.delta","delta":" you"}"#,
                #"{"type":"response.output_text.done","text":"Hi you"}"#,
                #"{"type":"response.completed","response":{"status":"completed","error":null,"usage":{"input_tokens":12,"input_tokens_details":{"cached_tokens":0},"output_tokens":8,"output_tokens_details":{"reasoning_tokens":4}}}}"#,
            ]))
        #expect(call.outcome == .completed(.stop))
        #expect(call.text == "Hi you")
        #expect(call.server == ServerFigures(promptTokens: 12, tokens: 8, thinkingTokens: 4, cachedPromptTokens: 0))
        #expect(call.request.texts.map(\.text) == ["Be brief.", "Hello"])
        #expect(call.request.options == ["max_output_tokens": "9"])
    }

    @Test(
        "why a response ended",
        arguments: [
            (
                #"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}"#,
                ExchangeOutcome.completed(.length)
            ),
            (
                #"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}}"#,
                .invalid(InvalidCall(.endedByServer, "the server ended the answer: content_filter"))
            ),
            (
                #"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"It broke."}}}"#,
                .invalid(InvalidCall(.serverError, "It broke."))
            ),
        ])
    func responseEnds(event: String, outcome: ExchangeOutcome) throws {
        let text = #"{"type":"response.output_text.delta","delta":"Hi"}"#
        #expect(try call("/v1/responses", response, answered: events([text, event])).outcome == outcome)
    }

    @Test("a whole response, and one that calls a function")
    func wholeResponse() throws {
        let whole = try call(
            "/v1/responses", #"{"input":[{"role":"user","content":"Hello"}]}"#,
            answered: json(
                #"{"status":"completed","error":null,"output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},{"type":"message","content":[{"type":"output_text","text":"Hi"}]}],"usage":{"input_tokens":3,"output_tokens":2}}"#
            ))
        #expect(whole.outcome == .completed(.stop))
        #expect(whole.text == "Hi")
        #expect(whole.server == ServerFigures(promptTokens: 3, tokens: 2))
        #expect(whole.request.texts == [.init(role: "user", text: "Hello")])
        let calling = try call(
            "/v1/responses", response,
            answered: json(
                #"{"status":"completed","output":[{"type":"function_call","name":"look","arguments":"{}"}],"usage":{"input_tokens":3,"output_tokens":6}}"#
            ))
        #expect(calling.outcome == .completed(.toolCalls))
    }

    // MARK: OpenAI's older routes

    @Test("completions have text where chats have deltas")
    func completions() throws {
        let call = try call(
            "/v1/completions", #"{"model":"m","prompt":"Once","stream":true}"#,
            answered: events([
                #"{"choices":[{"index":0,"text":" upon","finish_reason":null}]}"#,
                #"{"choices":[{"index":0,"text":" a","finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
                "[DONE]",
            ]))
        #expect(call.route == .openAICompletions)
        #expect(call.outcome == .completed(.length))
        #expect(call.text == " upon a")
        #expect(call.server.tokens == 2)
    }

    @Test("a chat that calls a tool")
    func chatTool() throws {
        let streamed = try call(
            "/v1/chat/completions", openAIChat,
            answered: events([
                #"{"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"c","function":{"name":"look","arguments":""}}]}}]}"#,
                #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}}]}"#,
                #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":4,"completion_tokens":5}}"#,
                "[DONE]",
            ]))
        #expect(streamed.outcome == .completed(.toolCalls))
        let whole = try call(
            "/v1/chat/completions", openAIChat,
            answered: json(
                #"{"choices":[{"index":0,"message":{"content":null,"tool_calls":[{"id":"c","function":{"name":"look","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":4,"completion_tokens":5}}"#
            ))
        #expect(whole.outcome == .completed(.toolCalls))
        #expect(whole.server.tokens == 5)
    }

    @Test("embeddings and what is not known are timed as a whole", arguments: ["/api/embed", "/v1/embeddings", "/x"])
    func others(path: String) throws {
        let call = try call(path, #"{"model":"m","input":"x"}"#, answered: json(#"{"embeddings":[[0.5]]}"#))
        #expect(call.route == .other)
        #expect(call.outcome == .completed(.stop))
        #expect(Set(call.measurements.ordered.map(\.metric.id.rawValue)) == ["connect", "total"])
    }

    @Test(
        "of embeddings the model is known, and the tokens of the prompt where the server says them",
        arguments: [
            #"{"data":[{"embedding":[0.5]}],"usage":{"prompt_tokens": 8,"total_tokens":8}}"#,
            #"{"usage":{"prompt_tokens":8},"data":[\#(String(repeating: "0.25,", count: 20_000))0]}"#,
            #"{"data":[\#(String(repeating: "0.25,", count: 60_000))0],"usage":{"prompt_tokens":8}}"#,
            #"{"embeddings":[[0.5]],"prompt_eval_count":8}"#,
        ])
    func embeddings(body: String) throws {
        let call = try call("/v1/embeddings", #"{"model":"m","input":"x"}"#, answered: json(body))
        #expect(call.outcome == .completed(.stop) && call.request.model == "m")
        #expect(call.server.promptTokens == 8 && call.server.tokens == nil)
        #expect(call.measurements["prompt_tokens"] == 8)
    }

    @Test(
        "a status that is none of an answer is named as our own calls name it",
        arguments: [
            (429, InvalidCall.Kind.rateLimited), (404, .routeNotFound), (500, .httpStatus), (403, .unauthorized),
        ])
    func statuses(status: Int, kind: InvalidCall.Kind) throws {
        let call = try call(
            "/v1/messages", message,
            answered: .answer(status: "\(status) Sorry", body: #"{"type":"error","error":{"message":"no"}}"#))
        #expect(call.outcome == .invalid(InvalidCall(kind, "HTTP \(status): no")))
    }

    @Test("a request to load a model has no answer, and nothing is wrong with it")
    func load() throws {
        let call = try call(
            "/api/generate", #"{"model":"m"}"#, answered: json(#"{"response":"","done":true,"done_reason":"load"}"#))
        #expect(call.outcome == .completed(.stop))
    }
}
