import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@testable import GateReplay

/// Compares what we send with what a real llama-server sent.
@Suite("Recorded traffic", .enabled(if: SharedData.isPresent, "the recorded traffic lies beside the project"))
struct RecordedWireTests {
    private struct Read: Decodable {
        let b64: String?
    }

    /// Status and body of a recorded answer, chunks joined.
    private func recorded(_ name: String) throws -> (status: Int, body: String) {
        let lines = try String(contentsOf: SharedData.url("data/wire/\(name).jsonl"), encoding: .utf8)
        var bytes: [UInt8] = []
        for line in lines.split(separator: "\n") {
            let read = try JSONDecoder().decode(Read.self, from: Data(line.utf8))
            bytes += Data(base64Encoded: read.b64 ?? "") ?? Data()
        }
        let head = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        let text = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
        var rest = bytes[head.upperBound...]
        let status = try #require(Int(text.split(separator: " ")[1]))
        guard text.contains("chunked") else { return (status, String(decoding: rest, as: UTF8.self)) }
        var body: [UInt8] = []
        while let line = rest.firstRange(of: [0x0D, 0x0A]),
            let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), size > 0
        {
            body += rest[line.upperBound..<(line.upperBound + size)]
            rest = rest[(line.upperBound + size + 2)...]
        }
        return (status, String(decoding: body, as: UTF8.self))
    }

    private func request(_ name: String) throws -> (path: String, body: String) {
        let text = try String(contentsOf: SharedData.url("data/wire/\(name).req"), encoding: .utf8)
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
        arguments: [
            "chat_stream_short_usage", "chat_stream_nousage", "chat_nostream", "v1_completions_stream",
            "chat_stop_eos", "err_unknown_model_name",
        ])
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
        arguments: ["get_unknown", "err_method", "get_health", "err_missing_messages", "err_503_loading_health"])
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

    @Test("every request of the official clients is understood")
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
}
