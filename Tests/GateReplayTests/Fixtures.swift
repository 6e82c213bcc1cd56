import GateCore
import GateJSON
import TestSupport

@testable import GateReplay

/// Ten pieces from 20 ms on, one each 5 ms, and the token that ends the answer: the model's eleventh.
func recording(
    id: String = "r1", stage: StageName = .analysis, model: String = "toy", prompt: String = "Analyse the data.",
    words: [String] = (1...10).map { " w\($0)" }, startMs: Int = 20, gapMs: Int = 5,
    finish: FinishReason = .stop, server: ServerFigures? = nil
) -> ExchangeRecording {
    let arrivals = words.enumerated().map { index, word in
        ContentArrival(offsetNs: milliseconds(startMs + index * gapMs), text: word)
    }
    let end = milliseconds(startMs + words.count * gapMs)
    let figures = ServerFigures(
        loadSeconds: 0.002, promptEvalSeconds: 0.016, evalSeconds: 0.05, totalSeconds: 0.07, promptTokens: 40,
        tokens: words.count + 1, cachedPromptTokens: 0)
    return ExchangeRecording(
        id: id, stage: stage, model: model, system: "You are terse.", prompt: prompt, arrivals: arrivals,
        finish: finish, endNs: end, server: server ?? figures)
}

let wholeText = (1...10).map { " w\($0)" }.joined()

func milliseconds(_ count: Int) -> Nanoseconds { Nanoseconds(Int64(count) * 1_000_000) }

/// A running server that stops when it is let go.
final class RunningServer {
    let server: ReplayServer
    let port: Int

    init(_ recordings: [ExchangeRecording] = [recording()], _ options: ReplayOptions = ReplayOptions()) throws {
        server = try ReplayServer(recordings: recordings, options: options)
        port = try server.start()
    }

    convenience init(faults: [ReplayFault]) throws {
        try self.init([recording()], ReplayOptions(faults: faults))
    }

    deinit { server.stop() }

    /// A connection that keeps the server running as long as it is there itself.
    func client(timeout: Double = 20) throws -> TestClient {
        let client = try TestClient(port: port, timeout: timeout)
        client.server = self
        return client
    }

    func get(_ path: String) throws -> TestClient.Reply { try client().request("GET", path) }
    func post(_ path: String, _ body: String, timeout: Double = 20) throws -> TestClient.Reply {
        try client(timeout: timeout).request("POST", path, body)
    }
}

let generateBody = #"{"model":"toy","prompt":"Analyse the data."}"#
let ollamaChatBody = #"{"model":"toy","messages":[{"role":"user","content":"Analyse the data."}]}"#

/// A streamed chat completion with usage.
let chatBody = """
    {"model":"toy","stream":true,"stream_options":{"include_usage":true},\
    "messages":[{"role":"system","content":"s"},{"role":"user","content":"Analyse the data."}]}
    """

extension JSONValue {
    /// Keys in their order; empty for anything but an object.
    var keys: [String] { (object ?? []).map(\.key) }
    /// The content of a chat chunk.
    var deltaContent: String? { self["choices"]?[0]?["delta"]?["content"]?.string }
}
