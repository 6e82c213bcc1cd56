import Foundation
import GateCore
import GateFiles
import GateReplay
import GateStream
import GateVerdict
import TestSupport
import Testing

@testable import GateMeasure

/// Whole sessions against the replay server, over real sockets.
@Suite struct `Cold starts` {
    private let folder: MeasuredFolder
    private let load = CheckID(stage: .run, metric: "model_load", modelState: .cold)

    init() throws { folder = try MeasuredFolder() }

    private func run(_ server: ServerConfiguration, coldStarts: Int) throws -> Session {
        try SessionRun(
            configuration: MeasuredFolder.configuration(server, coldStarts: coldStarts), corpusFolder: folder.corpus,
            outputPath: folder.output, isServerNamed: true, progress: .silent
        ).perform().session
    }

    @Test("a model of Ollama is unloaded and loaded as often as asked, and warm in the runs")
    func unloaded() throws {
        let server = try ReplayServer(recordings: .ofBothStages, options: ReplayOptions(loadSeconds: 1.2))
        try server.start()
        let session = try run(ServerConfiguration(api: .ollama, url: try #require(server.url)), coldStarts: 2)

        let loads = try #require(session.modelLoads)
        #expect(loads.map(\.loadSeconds) == [1.2, 1.2])
        #expect(loads.allSatisfy { $0.callSeconds > 1.2 && $0.callSeconds < 30 })
        #expect(session.samples()[load]?.values == [1.2, 1.2])
        #expect(session.serverStarts == [])
        let calls = session.decisiveExchanges.map(\.exchange)
        #expect(calls.count == 4)
        #expect(session.runs.allSatisfy { $0.interference?.end.own != nil && $0.interference?.ingest != nil })
        #expect(calls.allSatisfy { $0.modelState == .warm && ($0.server.loadSeconds ?? 0) < 1 })
        #expect(try SessionDirectory.open(at: folder.output).session() == session)

        let asked = server.requests.filter { $0.method == "POST" && $0.path != "/api/show" }
        #expect(
            asked.map(\.path) == [
                "/api/generate", "/api/chat", "/api/generate", "/api/chat", "/api/chat", "/api/chat", "/api/chat",
                "/api/chat",
            ])
        // Ollama would load the model again for other options.
        #expect(asked[1].body.contains(#""options":{"num_ctx":8192,"num_predict":1}"#))
        #expect(asked[4].body.contains(#""options":{"num_ctx":8192,"num_predict":64}"#))
    }

    @Test("without cold starts on purpose nothing is unloaded and no load is counted")
    func none() throws {
        let server = try ReplayServer(recordings: .ofBothStages)
        try server.start()
        let session = try run(ServerConfiguration(api: .ollama, url: try #require(server.url)), coldStarts: 0)
        #expect(session.modelLoads == nil)
        #expect(session.samples()[load] == nil)
        #expect(!server.requests.contains { $0.body.contains("keep_alive") })
    }

    @Test("a cold start that fails ends the session, says which, and keeps what was measured")
    func fails() throws {
        let server = try ReplayServer(
            recordings: .ofBothStages,
            options: ReplayOptions(loadSeconds: 0.01, faultsOfRequest: [2: [try ReplayFault("cut:0")]]))
        try server.start()
        let error = #expect(throws: MeasuringError.self) {
            try run(ServerConfiguration(api: .ollama, url: try #require(server.url)), coldStarts: 3)
        }
        guard case .coldStart(2, of: 3, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try SessionDirectory.open(at: folder.output).session().modelLoads?.count == 1)
    }
}
