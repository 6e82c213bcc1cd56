import GateCore
import GateProxy
import GateReplay
import GateStream
import TestSupport

/// Ten pieces from 20 ms on, one each 5 ms.
func recording(
    prompt: String = "Analyse the data.", startMs: Int = 20, gapMs: Int = 5, pieces: Int = 10,
    finish: FinishReason = .stop
) -> ExchangeRecording {
    let arrivals = (0..<pieces).map { index in
        ContentArrival(offsetNs: milliseconds(startMs + index * gapMs), text: " w\(index + 1)")
    }
    return ExchangeRecording(
        id: "r1", stage: .analysis, model: "toy", system: "You are terse.", prompt: prompt, arrivals: arrivals,
        finish: finish, endNs: milliseconds(startMs + pieces * gapMs),
        server: ServerFigures(
            loadSeconds: 0.002, promptEvalSeconds: 0.016, evalSeconds: 0.05, totalSeconds: 0.07, promptTokens: 40,
            tokens: pieces + 1, cachedPromptTokens: 0))
}

func milliseconds(_ count: Int) -> Nanoseconds { Nanoseconds(Int64(count) * 1_000_000) }

let wholeText = (1...10).map { " w\($0)" }.joined()

/// A proxy in front of a server; both end when they are let go.
final class ProxiedServer {
    let proxy: MeasuringProxy
    private let server: AnyObject?

    init(
        to url: String, keeping server: AnyObject? = nil, listen: ProxyAddress = .loopback(port: 0),
        _ change: (inout ProxyOptions) -> Void = { _ in }
    ) throws {
        var options = ProxyOptions(server: ServerConfiguration(api: .ollama, url: url), listen: listen)
        options.keepsText = true
        change(&options)
        proxy = try MeasuringProxy(options)
        self.server = server
    }

    /// In front of a replay server.
    convenience init(
        replaying recordings: [ExchangeRecording] = [recording()], _ options: ReplayOptions = ReplayOptions(),
        _ change: (inout ProxyOptions) -> Void = { _ in }
    ) throws {
        let server = try ReplayServer(recordings: recordings, options: options)
        let port = try server.start()
        try self.init(to: "http://127.0.0.1:\(port)", keeping: server, change)
    }

    /// In front of a server that does as it is told.
    convenience init(scripts: [[ScriptedServer.Step]], _ change: (inout ProxyOptions) -> Void = { _ in }) throws {
        let server = try ScriptedServer(scripts)
        try self.init(to: server.url, keeping: server, change)
    }

    deinit { proxy.stop() }

    var port: Int {
        if case .loopback(let port) = proxy.address { port } else { 0 }
    }

    /// A connection that keeps both running as long as it is there itself.
    func client(timeout: Double = 20) throws -> TestClient {
        let client = try TestClient(port: port, timeout: timeout)
        client.server = self
        return client
    }

    /// The calls so far, once all have ended.
    func calls() -> [ProxiedCall] {
        _ = eventually { proxy.callsInFlight == 0 }
        return proxy.takeCalls()
    }
}

let ollamaChat = #"{"model":"toy","messages":[{"role":"user","content":"Analyse the data."}]}"#
let ollamaGenerate = #"{"model":"toy","prompt":"Analyse the data."}"#
let openAIChat = """
    {"model":"toy","stream":true,"stream_options":{"include_usage":true},\
    "messages":[{"role":"system","content":"s"},{"role":"user","content":"Analyse the data."}]}
    """
