import Foundation
import GateCore
import GateReplay
import Synchronization
import TestSupport
import Testing

@testable import GateMeasure

/// A corpus, a place for a session, and what is told meanwhile.
final class MeasuredFolder {
    private let folder: TemporaryFolder
    private let told = Told()

    private final class Told: Sendable {
        let lines = Mutex<[String]>([])
    }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("model,tokens_s\ngemma3,101.5\n", to: "corpus/reports/speed.csv")
    }

    var corpus: String { path("corpus") }
    var output: String { path("out") }
    var notes: [String] { told.lines.withLock { $0 } }
    var progress: ProgressNotes {
        ProgressNotes(lines: { [told] line in told.lines.withLock { $0.append(line.text) } })
    }

    func path(_ name: String) -> String { folder.url.appending(path: name).path }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try folder.write(text, to: name).path }

    /// Runs against a server, in this folder.
    func run(
        _ server: ServerConfiguration, runs: Int = 2, warmupRuns: Int = 0, isServerNamed: Bool = true
    ) -> SessionRun {
        SessionRun(
            configuration: Self.configuration(server, runs: runs, warmupRuns: warmupRuns), corpusFolder: corpus,
            outputPath: output, isServerNamed: isServerNamed, progress: progress)
    }

    static func configuration(
        _ server: ServerConfiguration, runs: Int = 2, warmupRuns: Int = 0, coldStarts: Int = 0
    ) -> Configuration {
        Configuration(
            // Room for the recorded prompts, which a replay does not count anew.
            agent: AgentConfiguration(model: "smollm2:135m", numCtx: 8192, maxTokens: 64), server: server, runs: runs,
            warmupRuns: warmupRuns, coldStarts: coldStarts)
    }
}

extension ReplayServer {
    /// Answers of both stages, as long as any prompt of ours.
    static func started(_ options: ReplayOptions = ReplayOptions()) throws -> ReplayServer {
        let server = try ReplayServer(recordings: .ofBothStages, options: options)
        try server.start()
        return server
    }

    /// The prompts that were sent.
    var calls: [ReplayedRequest] {
        requests.filter { ["/api/chat", "/v1/chat/completions"].contains($0.path) }
    }

    func configuration(_ api: ServerAPI = .openai, readySeconds: Double = 30) throws -> ServerConfiguration {
        ServerConfiguration(
            api: api, url: try #require(url), timeouts: TimeoutConfiguration(readySeconds: readySeconds))
    }
}

extension [ExchangeRecording] {
    static var ofBothStages: [ExchangeRecording] {
        [StageName.analysis, .report].map { stage in
            let base = Fixtures.recording(stage)
            return ExchangeRecording(
                id: base.id, stage: stage, model: base.model, system: base.system, prompt: base.prompt,
                arrivals: base.arrivals, finish: base.finish, endNs: base.endNs,
                server: ServerFigures(promptTokens: 3_000, tokens: 2))
        }
    }
}
