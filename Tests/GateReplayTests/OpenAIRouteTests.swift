import GateCore
import GateJSON
import TestSupport
import Testing

@testable import GateReplay

@Suite("OpenAI's routes")
struct OpenAIRouteTests {
    @Test("/v1/chat/completions streams role, content, finish, usage with timings, and the end marker")
    func chat() throws {
        let reply = try RunningServer().post("/v1/chat/completions", chatBody)
        #expect(reply.headers["content-type"] == "text/event-stream")
        #expect(reply.stop == .complete)
        #expect(reply.events.last == "[DONE]")
        let events = try reply.eventValues()
        #expect(events.count == 13)
        #expect(events[0]["choices"]?[0]?["delta"] == ["role": "assistant", "content": .null])
        #expect(events[1...10].compactMap(\.deltaContent).joined() == wholeText)
        #expect(events[11]["choices"]?[0]?["finish_reason"]?.string == "stop")
        #expect(events[11]["choices"]?[0]?["delta"] == [:])
        #expect(events[11]["timings"] == nil)
        #expect(events[12]["choices"]?.array?.isEmpty == true)
        #expect(
            events[12]["usage"] == [
                "completion_tokens": 11, "prompt_tokens": 40, "total_tokens": 51,
                "prompt_tokens_details": ["cached_tokens": 0],
            ])
        #expect(
            events[12]["timings"] == [
                "cache_n": 0, "prompt_n": 40, "prompt_ms": 16.0, "prompt_per_token_ms": 0.4,
                "prompt_per_second": 2500.0, "predicted_n": 11, "predicted_ms": 50.0,
                "predicted_per_token_ms": 5.0, "predicted_per_second": 200.0,
            ])
        #expect(Set(events.compactMap { $0["id"]?.string }).count == 1)
        #expect(events.allSatisfy { $0["model"]?.string == "toy" })
    }

    @Test("without include_usage the timings are in the finish chunk")
    func withoutUsage() throws {
        let body = #"{"messages":[{"role":"user","content":"Analyse the data."}],"stream":true}"#
        let events = try RunningServer().post("/v1/chat/completions", body).eventValues()
        #expect(events.count == 12)
        #expect(events[11]["usage"] == nil)
        #expect(events[11]["timings"]?["predicted_n"]?.int == 11)
    }

    @Test("not streamed, the answer is one object with usage and timings")
    func notStreamed() throws {
        let body = #"{"messages":[{"role":"user","content":[{"type":"text","text":"Analyse the data."}]}]}"#
        let answer = try RunningServer().post("/v1/chat/completions", body).json()
        #expect(answer["object"]?.string == "chat.completion")
        #expect(answer["choices"]?[0]?["message"] == ["role": "assistant", "content": .string(wholeText)])
        #expect(answer["choices"]?[0]?["finish_reason"]?.string == "stop")
        #expect(answer["usage"]?["completion_tokens"]?.int == 11)
        #expect(answer["timings"]?["predicted_ms"]?.double == 50)
    }

    @Test("/v1/completions answers a prompt, streamed and not")
    func completions() throws {
        let server = try RunningServer()
        let body = #"{"prompt":"Analyse the data.","max_tokens":100"#
        let events = try server.post("/v1/completions", body + #","stream":true}"#).eventValues()
        #expect(events.compactMap { $0["choices"]?[0]?["text"]?.string }.joined() == wholeText)
        #expect(events.last?["choices"]?[0]?["finish_reason"]?.string == "stop")
        #expect(events.last?["usage"]?["completion_tokens"]?.int == 11)
        #expect(events.last?["timings"]?["predicted_n"]?.int == 11)
        let answer = try server.post("/v1/completions", body + "}").json()
        #expect(answer["object"]?.string == "text_completion")
        #expect(answer["choices"]?[0]?["text"]?.string == wholeText)
    }

    @Test("every name of the token cap is respected", arguments: ["max_tokens", "max_completion_tokens", "n_predict"])
    func tokenCap(key: String) throws {
        let body = #"{"messages":[{"role":"user","content":"Analyse the data."}],"\#(key)":3}"#
        let answer = try RunningServer().post("/v1/chat/completions", body).json()
        #expect(answer["choices"]?[0]?["message"]?["content"]?.string == " w1 w2 w3")
        #expect(answer["choices"]?[0]?["finish_reason"]?.string == "length")
        #expect(answer["usage"]?["completion_tokens"]?.int == 3)
        #expect(answer["timings"]?["predicted_n"]?.int == 3)
    }

    @Test("a cap that only leaves out the token that ends the answer cuts no text")
    func capAtTheEnd() throws {
        let body = #"{"messages":[{"role":"user","content":"Analyse the data."}],"max_tokens":10}"#
        let answer = try RunningServer().post("/v1/chat/completions", body).json()
        #expect(answer["choices"]?[0]?["message"]?["content"]?.string == wholeText)
        #expect(answer["choices"]?[0]?["finish_reason"]?.string == "length")
        #expect(answer["usage"]?["completion_tokens"]?.int == 10)
    }

    @Test("an unknown model is answered all the same, under the name of the recorded one")
    func unknownModel() throws {
        let body = #"{"model":"gpt","messages":[{"role":"user","content":"x"}]}"#
        let reply = try RunningServer().post("/v1/chat/completions", body)
        #expect(reply.status == 200)
        #expect(try reply.json()["model"]?.string == "toy")
    }

    @Test("health, models and props say what is served, and that it is a replay")
    func identity() throws {
        let server = try RunningServer([recording()], ReplayOptions(contextLength: 4096))
        #expect(try server.get("/health").text == #"{"status":"ok"}"#)
        let model = try #require(try server.get("/v1/models").json()["data"]?[0])
        #expect(model["id"]?.string == "toy")
        #expect(model["meta"]?["n_ctx"]?.int == 4096)
        let props = try server.get("/props").json()
        #expect(props["model_path"]?.string == "toy")
        #expect(props["default_generation_settings"]?["n_ctx"]?.int == 4096)
        #expect(props["build_info"]?.string == "b0-replay")
        #expect(props["chimera_gate_replay"]?.bool == true)
    }

    @Test(
        "what is wrong is said as llama-server says it",
        arguments: [
            ("GET", "/v1/nothing", "", 404, "not_found_error"),
            ("GET", "/v1/chat/completions", "", 404, "not_found_error"),
            ("POST", "/health", "{}", 404, "not_found_error"),
            ("POST", "/v1/chat/completions", "{", 400, "invalid_request_error"),
            ("POST", "/v1/chat/completions", "", 400, "invalid_request_error"),
            ("POST", "/v1/chat/completions", "[]", 400, "invalid_request_error"),
            ("POST", "/v1/chat/completions", #"{"model":"m"}"#, 400, "invalid_request_error"),
            ("POST", "/v1/chat/completions", #"{"messages":"m"}"#, 400, "invalid_request_error"),
            ("POST", "/v1/chat/completions", #"{"messages":[],"max_tokens":"many"}"#, 400, "invalid_request_error"),
            ("POST", "/v1/completions", #"{"n_predict":3}"#, 400, "invalid_request_error"),
        ])
    func errors(method: String, path: String, body: String, status: Int, type: String) throws {
        let reply = try RunningServer().client().request(method, path, body)
        #expect(reply.status == status)
        let error = try #require(try reply.json()["error"])
        #expect(error["code"]?.int == status)
        #expect(error["type"]?.string == type)
        #expect(error["message"]?.string?.isEmpty == false)
    }
}
