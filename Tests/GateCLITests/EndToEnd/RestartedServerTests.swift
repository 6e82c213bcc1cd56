import Foundation
import GateCore
import GateFiles
import GateMeasure
import GateStream
import TestSupport
import Testing

@Suite("Restarted server", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct RestartedServerTests {
    @Test("a server that we start is ended and started again; the first start counts")
    func restarted() throws {
        let folder = try TemporaryFolder()
        try folder.write("model,tokens_s\ngemma3,101.5\n", to: "corpus/reports/speed.csv")
        let recorded = folder.url.appending(path: "recorded")
        try SessionDirectory.create(at: recorded.path).write(
            [Fixtures.recording(.analysis), Fixtures.recording(.report)].map(\.counted), run: 1)
        let port = try LoopbackPort.free()
        let file = recorded.appending(path: "runs/0001/recording.jsonl").path
        let server = ServerConfiguration(
            api: .openai, url: "http://127.0.0.1:\(port)",
            start: [try GateBinary.required(), "replay", file, "--port", "\(port)"])
        let run = SessionRun(
            configuration: Configuration(
                agent: AgentConfiguration(model: "smollm2:135m", numCtx: 8192, maxTokens: 64), server: server, runs: 2,
                coldStarts: 3),
            corpusFolder: folder.url.appending(path: "corpus").path,
            outputPath: folder.url.appending(path: "out").path, isServerNamed: true, progress: .silent)
        let session = try run.perform().session
        #expect(session.serverStarts.count == 3)
        #expect(session.serverStarts.allSatisfy { $0 > 0 && $0 < 60 })
        let load = CheckID(stage: .run, metric: "model_load", modelState: .cold)
        #expect(session.samples()[load]?.values == session.serverStarts)
        #expect(session.modelLoads == nil)
        #expect(session.measuredRuns.count { $0.isComplete } == 2)
        #expect(try ModelClient(server: server, agent: AgentConfiguration(model: "m")).reasonNotReady() != nil)
    }
}

extension ExchangeRecording {
    /// The same with the server's counts, without which a call has no throughput.
    fileprivate var counted: ExchangeRecording {
        ExchangeRecording(
            id: id, stage: stage, model: model, system: system, prompt: prompt, arrivals: arrivals, finish: finish,
            endNs: endNs, server: ServerFigures(promptTokens: 3_000, tokens: 2))
    }
}
