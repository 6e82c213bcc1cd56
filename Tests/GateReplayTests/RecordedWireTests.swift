import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@testable import GateReplay

/// Compares what we send with what was sent before, by ourselves and by a real llama-server.
@Suite("Recorded traffic") struct RecordedWireTests {
    private func recorded(_ name: String) throws -> (status: Int, body: String) {
        let capture = try WireCapture(name)
        return (capture.status, String(decoding: capture.body, as: UTF8.self))
    }

    private func request(_ name: String) throws -> (path: String, body: String) {
        let text = try WireCapture.request(name)
        let end = try #require(text.range(of: "\r\n\r\n") ?? text.range(of: "\n\n"))
        return (String(text.split(separator: " ")[1]), String(text[end.upperBound...]))
    }

    private func values(_ body: String) throws -> [JSONValue] {
        guard body.hasPrefix("data: ") else { return [try JSONValue.parse(body)] }
        return try body.components(separatedBy: "\n\n").filter { $0.hasPrefix("data: {") }
            .map { try JSONValue.parse(String($0.dropFirst(6))) }
    }

    /// Keys with their nesting and the types of their values, in alphabetical order.
    private func shape(_ value: JSONValue) -> String {
        switch value {
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key):\(shape($0.value))" }.joined(separator: ",")
                + "}"
        case .array(let elements): "[" + elements.map(shape).joined(separator: ",") + "]"
        default: value.typeName
        }
    }

    @Test(
        "the same request gets an answer of the same shape, event by event",
        arguments: WireCapture.present(
            ["own_chat_usage", "own_chat_plain", "own_chat_whole", "own_completions"],
            besides: [
                "chat_stream_short_usage", "chat_stream_nousage", "chat_nostream", "v1_completions_stream",
                "chat_stop_eos", "err_unknown_model_name",
            ]))
    func shapes(name: String) throws {
        let request = try request(name)
        let theirs = try values(recorded(name).body)
        let pieces = theirs.compactMap { $0.deltaContent ?? $0["choices"]?[0]?["text"]?.string }.filter { $0 != "" }
        let stops = theirs.contains { $0["choices"]?[0]?["finish_reason"] == "stop" }
        let words = pieces.isEmpty ? (1...8).map { " w\($0)" } : pieces
        let answer = recording(
            words: words, startMs: 1, gapMs: 0, finish: stops ? .stop : .length,
            server: ServerFigures(
                promptEvalSeconds: 0.01, evalSeconds: 0.1, promptTokens: 33, tokens: words.count + (stops ? 1 : 0)))
        let reply = try RunningServer([answer]).post(request.path, request.body)
        let ours = try values(reply.text)
        #expect(ours.map(shape) == theirs.map(shape))
        #expect(reply.text.hasSuffix("data: [DONE]\n\n") == request.body.contains(#""stream": true"#))
        // Tokens and reasons are the same, too.
        #expect(ours.map { $0["choices"]?[0]?["finish_reason"] } == theirs.map { $0["choices"]?[0]?["finish_reason"] })
        #expect(ours.last?["timings"]?["predicted_n"] == theirs.last?["timings"]?["predicted_n"])
    }

    @Test(
        "the same mistake gets the same answer",
        arguments: WireCapture.present(
            ["own_unknown_path", "own_wrong_method", "own_health", "own_no_messages", "own_unknown_model"],
            besides: ["get_unknown", "err_method", "get_health", "err_missing_messages", "err_503_loading_health"]))
    func mistakes(name: String) throws {
        let theirs = try recorded(name)
        let request = try request(name)
        let method = request.body.isEmpty ? "GET" : "POST"
        let loading = name.contains("loading")
        let server = try RunningServer(faults: loading ? [.loading(requests: 1)] : [])
        let reply = try server.client().request(method, request.path, request.body)
        #expect(reply.status == theirs.status)
        // The order of members is chance in llama-server.
        #expect(shape(try reply.json()) == shape(try JSONValue.parse(theirs.body)))
        #expect(try reply.json()["error"]?["message"] == (try JSONValue.parse(theirs.body))["error"]?["message"])
    }

    @Test(
        "every request of the official clients is understood",
        .enabled(if: SharedData.isPresent, "their recorded requests lie beside the project"))
    func clientRequests() throws {
        let text = try String(contentsOf: SharedData.url("data/wire/client-requests.txt"), encoding: .utf8)
        let server = try RunningServer([recording(model: "gemma3")])
        var count = 0
        for request in text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "----\n") {
            let clean = request.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !clean.isEmpty else { continue }
            let parts = clean.components(separatedBy: "\n\n")
            let client = try server.client()
            client.send(parts[0].replacingOccurrences(of: "\n", with: "\r\n") + "\r\n\r\n")
            client.send(parts.count > 1 ? parts[1] : "")
            let reply = try client.reply()
            let refused = clean.contains(#""model":"missing""#) && clean.contains("/api/")
            let thinking = clean.contains(#""think":true"#)
            #expect(reply.status == (refused ? 404 : thinking ? 400 : 200), "\(clean)")
            #expect(reply.stop == .complete)
            count += 1
        }
        #expect(count == 17)
    }

    @Test(
        "requests in the forms of the official clients are understood, and what cannot be is refused",
        arguments: [
            (
                "/api/chat",
                #"{"model":"gemma3","stream":true,"messages":[{"role":"user","content":"Hi."}],"tools":[]}"#, 200
            ),
            ("/api/chat", #"{"model":"gemma3","messages":[{"role":"user","content":"Hi."}],"think":true}"#, 400),
            ("/api/chat", #"{"model":"missing","messages":[{"role":"user","content":"Hi."}]}"#, 404),
            (
                "/api/generate",
                #"{"model":"gemma3","prompt":"Hi.","stream":false,"options":{"seed":1,"num_ctx":512},"keep_alive":"5m"}"#,
                200
            ), ("/api/show", #"{"model":"gemma3"}"#, 200), ("/api/show", #"{"name":"missing"}"#, 404),
            (
                "/v1/chat/completions",
                #"{"messages":[{"role":"user","content":[{"type":"text","text":"Hi."}]}],"model":"gemma3","stream":true}"#,
                200
            ),
            (
                "/v1/chat/completions",
                #"{"messages":[{"role":"user","content":"Hi."}],"model":"gemma3","temperature":0,"top_p":1,"n":1}"#, 200
            ), ("/v1/completions", #"{"model":"gemma3","prompt":"Hi.","max_tokens":3}"#, 200),
        ])
    func ownRequests(path: String, body: String, status: Int) throws {
        let reply = try RunningServer([recording(model: "gemma3")]).post(path, body)
        #expect(reply.status == status, "\(reply.text)")
        #expect(reply.stop == .complete)
    }
}
