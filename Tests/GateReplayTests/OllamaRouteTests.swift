import GateClock
import GateCore
import GateHTTP
import GateJSON
import TestSupport
import Testing

@testable import GateReplay

@Suite("Ollama's routes")
struct OllamaRouteTests {
    @Test("/api/generate streams one line for each piece, and the figures in the last")
    func generate() throws {
        let reply = try RunningServer().post("/api/generate", generateBody)
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "application/x-ndjson")
        #expect(reply.stop == .complete)
        let lines = try reply.lines()
        #expect(lines.dropLast().compactMap { $0["response"]?.string } == (1...10).map { " w\($0)" })
        #expect(lines.dropLast().allSatisfy { $0.keys == ["model", "created_at", "response", "done"] })
        #expect(lines.dropLast().allSatisfy { $0["done"]?.bool == false })

        let last = try #require(lines.last)
        #expect(
            last.keys == [
                "model", "created_at", "response", "done", "done_reason", "total_duration", "load_duration",
                "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration",
            ])
        #expect(last["response"]?.string == "")
        #expect(last["done"]?.bool == true)
        #expect(last["done_reason"]?.string == "stop")
        #expect(last["total_duration"]?.int == 70_000_000)
        #expect(last["load_duration"]?.int == 2_000_000)
        #expect(last["prompt_eval_count"]?.int == 40)
        #expect(last["prompt_eval_duration"]?.int == 16_000_000)
        #expect(last["eval_count"]?.int == 11)
        #expect(last["eval_duration"]?.int == 50_000_000)
    }

    @Test("/api/chat streams messages of the assistant")
    func chat() throws {
        let lines = try RunningServer().post("/api/chat", ollamaChatBody).lines()
        #expect(lines.count == 11)
        #expect(lines[0].keys == ["model", "created_at", "message", "done"])
        #expect(lines.compactMap { $0["message"]?["content"]?.string }.joined() == wholeText)
        #expect(lines.allSatisfy { $0["message"]?["role"]?.string == "assistant" })
        #expect(lines.last?["done_reason"]?.string == "stop")
        #expect(lines.last?["eval_count"]?.int == 11)
    }

    @Test("with stream false the whole answer is one object", arguments: ["/api/generate", "/api/chat"])
    func notStreamed(path: String) throws {
        let body = (path == "/api/chat" ? ollamaChatBody : generateBody).dropLast() + #","stream":false}"#
        let reply = try RunningServer().post(path, String(body))
        #expect(reply.headers["content-type"] == "application/json; charset=utf-8")
        let answer = try reply.json()
        let text = path == "/api/chat" ? answer["message"]?["content"]?.string : answer["response"]?.string
        #expect(text == wholeText)
        #expect(answer["done"]?.bool == true)
        #expect(answer["eval_duration"]?.int == 50_000_000)
    }

    @Test("created_at is RFC 3339 and advances with the offsets of the pieces")
    func createdAt() throws {
        let format = OllamaFormat(route: .generate, model: "m", readAt: Nanoseconds(1_795_466_276_000_000_005))
        let line = try JSONValue.parse(format.content("x", at: milliseconds(20)))
        #expect(line["created_at"]?.string == "2026-11-23T20:37:56.020000005Z")
    }

    @Test("an empty prompt loads the model, and with keep_alive 0 unloads it")
    func loadAndUnload() throws {
        let server = try RunningServer([recording()], ReplayOptions(loadSeconds: 0.03))
        #expect(try server.get("/api/ps").json()["models"]?.array?.isEmpty == true)
        let before = MonotonicClock.moment
        let loaded = try server.post("/api/generate", #"{"model":"toy","stream":true}"#).json()
        #expect(MonotonicClock.moment - before >= milliseconds(30))
        #expect(loaded.keys == ["model", "created_at", "response", "done", "done_reason"])
        #expect(loaded["done_reason"]?.string == "load")
        #expect(try server.get("/api/ps").json()["models"]?[0]?["name"]?.string == "toy")

        for keepAlive in ["0", "0.0", #""0""#, #""0s""#] {
            let body = #"{"model":"toy","messages":[],"keep_alive":\#(keepAlive)}"#
            let unloaded = try server.post("/api/chat", body).json()
            #expect(unloaded["done_reason"]?.string == "unload")
            #expect(unloaded["message"]?["role"]?.string == "assistant")
        }
        #expect(try server.get("/api/ps").json()["models"]?.array?.isEmpty == true)
        #expect(try server.post("/api/chat", #"{"model":"toy","keep_alive":"5m"}"#).json()["done_reason"] == "load")
    }

    @Test("the first call waits for the model, the next ones find it")
    func coldStart() throws {
        let server = try RunningServer([recording()], ReplayOptions(speed: 2, loadSeconds: 0.1))
        let cold = try #require(try server.post("/api/generate", generateBody).lines().last)
        // 100 ms of load instead of the recorded 2 ms, then 18 ms to the first token, 50 ms to the end; twice as fast.
        #expect(cold["load_duration"]?.int == 50_000_000)
        #expect(cold["total_duration"]?.int == 84_000_000)
        #expect(cold["prompt_eval_duration"]?.int == 8_000_000)
        let warm = try #require(try server.post("/api/generate", generateBody).lines().last)
        #expect(warm["load_duration"]?.int == 1_000_000)
        #expect(warm["total_duration"]?.int == 35_000_000)
        _ = try server.post("/api/generate", generateBody.dropLast() + #","keep_alive":0}"#)
        let again = try #require(try server.post("/api/generate", generateBody).lines().last)
        #expect(again["load_duration"]?.int == 50_000_000)
    }

    @Test("num_predict caps the answer: its reason is length and its counts fit")
    func tokenCap() throws {
        let body = #"{"model":"toy","prompt":"Analyse the data.","options":{"num_predict":4}}"#
        let reply = try RunningServer().post("/api/generate", body)
        let lines = try reply.lines()
        #expect(lines.compactMap { $0["response"]?.string }.joined() == " w1 w2 w3 w4")
        #expect(lines.last?["done_reason"]?.string == "length")
        #expect(lines.last?["eval_count"]?.int == 4)
        // Three of the nine gaps of the stream, and so a third of the server's 50 ms.
        #expect(lines.last?["eval_duration"]?.int == 16_666_667)
        #expect(lines.last?["total_duration"]?.int == 35_000_000)
    }

    @Test("the models are listed, shown and running")
    func models() throws {
        let server = try RunningServer([recording(), recording(id: "r2", model: "other:7b")])
        let tags = try server.get("/api/tags").json()
        #expect(tags["models"]?.array?.compactMap { $0["name"]?.string } == ["toy", "other:7b"])
        let tag = try #require(tags["models"]?[0])
        #expect(tag.keys == ["name", "model", "modified_at", "size", "digest", "details"])
        #expect(tag["digest"]?.string?.count == 64)
        #expect(tag["digest"] != tags["models"]?[1]?["digest"])
        #expect(tag["details"]?["quantization_level"]?.string == "unknown")
        #expect(tag["details"]?["parameter_size"]?.string == "unknown")

        let shown = try server.post("/api/show", #"{"model":"toy"}"#).json()
        #expect(shown["model_info"]?["general.architecture"]?.string == "replay")
        #expect(shown["model_info"]?["replay.context_length"]?.int == 131_072)
        #expect(shown["capabilities"] == ["completion"])
        let running = try server.get("/api/ps").json()
        #expect(running["models"]?[0]?["digest"] == tag["digest"])
        #expect(running["models"]?[0]?["context_length"]?.int == 131_072)
        let version = try server.get("/api/version").json()
        #expect(version["version"]?.string == "0.0.0")
        #expect(version["chimera_gate_replay"]?.bool == true)
        #expect(try server.get("/").text == "Ollama is running")
    }

    @Test("the tag latest may be left out")
    func latest() throws {
        let server = try RunningServer([recording(model: "toy:latest")])
        #expect(try server.post("/api/show", #"{"model":"toy"}"#).status == 200)
        let lines = try server.post("/api/generate", generateBody).lines()
        #expect(lines.last?["model"]?.string == "toy")
    }

    @Test(
        "what is wrong is said in Ollama's words",
        arguments: [
            ("POST", "/api/generate", #"{"model":"x","prompt":"p"}"#, 404, #"{"error":"model 'x' not found"}"#),
            ("POST", "/api/chat", #"{"model":"x","stream":false}"#, 404, #"{"error":"model 'x' not found"}"#),
            ("POST", "/api/show", #"{"model":"x"}"#, 404, #"{"error":"model 'x' not found"}"#),
            ("POST", "/api/show", "{}", 400, #"{"error":"model is required"}"#),
            ("POST", "/api/chat", "{}", 400, #"{"error":"model is required"}"#),
            ("POST", "/api/generate", "{}", 404, #"{"error":"model '' not found"}"#),
            ("POST", "/api/generate", "", 400, #"{"error":"missing request body"}"#),
            (
                "POST", "/api/generate", #"{"model":"toy","prompt":"p","think":true}"#, 400,
                #"{"error":"\"toy\" does not support thinking"}"#
            ),
            (
                "POST", "/api/generate", #"{"model":"toy","stream":"yes"}"#, 400,
                #"{"error":"json: cannot unmarshal string into field stream of type bool"}"#
            ),
            ("GET", "/api/generate", "", 405, "405 method not allowed"),
            ("DELETE", "/api/tags", "", 405, "405 method not allowed"),
            ("GET", "/api/unknown", "", 404, "404 page not found"),
        ])
    func errors(method: String, path: String, body: String, status: Int, answer: String) throws {
        let reply = try RunningServer().client().request(method, path, body)
        #expect(reply.status == status)
        #expect(reply.text == answer)
    }

    @Test("JSON that is none is refused", arguments: ["{", "[]", "\u{0}", #"{"a":1}x"#, "\"toy\""])
    func badJSON(body: String) throws {
        let reply = try RunningServer().post("/api/generate", body)
        #expect(reply.status == 400)
        #expect(try reply.json()["error"]?.string?.isEmpty == false)
    }
}
