import GateCore
import GateFiles
import GateReplay
import TestSupport
import Testing

@testable import GateMeasure

/// Against the replay server, over real sockets.
@Suite struct `Session run` {
    private let folder: MeasuredFolder

    init() throws { folder = try MeasuredFolder() }

    private func kept() throws -> Session { try SessionDirectory.open(at: folder.output).session() }

    @Test("warm-up and runs are made in their order, told, and on disk as they are returned")
    func whole() throws {
        let server = try ReplayServer.started()
        let session = try folder.run(try server.configuration(), runs: 2, warmupRuns: 1).perform().session

        #expect(session.runs.map(\.index) == [1, 2, 3])
        #expect(session.runs.map(\.isWarmup) == [true, false, false])
        #expect(session.runs.allSatisfy { $0.isComplete && $0.reportFile != nil && $0.interference != nil })
        #expect(session.toolVersion == ToolVersion.current)
        #expect(server.calls.count == 6)
        #expect(try kept() == session)
        let names = folder.notes.compactMap { $0.contains("ingested") ? $0.prefix { $0 != ":" } : nil }
        #expect(names == ["warm-up 1/1", "run 1/2", "run 2/2"])
    }

    @Test("a call that fails once is kept with its reason, and the runs go on")
    func failsOnce() throws {
        let server = try ReplayServer.started(ReplayOptions(faultsOfRequest: [2: [.cut(afterTokens: 1)]]))
        let session = try folder.run(try server.configuration(), runs: 3).perform().session
        #expect(session.runs.map(\.isComplete) == [false, true, true])
        #expect(session.invalidExchanges.map(\.reason.kind) == [.cutStream])
        #expect(!session.warnings.contains { $0.message.hasPrefix("stopped after") })
    }

    @Test("where every further call would fail alike the session ends, and keeps the runs before")
    func hopeless() throws {
        let gone = Dictionary(uniqueKeysWithValues: (3...40).map { ($0, [ReplayFault.modelNotFound]) })
        let server = try ReplayServer.started(ReplayOptions(faultsOfRequest: gone))
        let session = try folder.run(try server.configuration(), runs: 5).perform().session
        #expect(session.runs.map(\.isComplete) == [true, false])
        #expect(session.warnings.contains { $0.message.hasPrefix("stopped after run 2/5: ") })
        #expect(try kept() == session)
        #expect(SessionWarnings.interruption(of: session) == nil)
    }

    @Test("where nothing answers no earlier session is replaced, and the error says what was tried")
    func noServer() throws {
        let server = try ReplayServer.started()
        let before = try folder.run(try server.configuration(), runs: 1).perform().session
        let nobody = ServerConfiguration(api: .ollama, url: "http://127.0.0.1:9")
        for isNamed in [true, false] {
            let error = #expect(throws: MeasuringError.self) {
                try folder.run(nobody, isServerNamed: isNamed).perform()
            }
            #expect(error?.description.hasPrefix("no model server answers at http://127.0.0.1:9: ") == true)
            #expect(error?.remedy?.contains("ollama pull MODEL") == !isNamed)
        }
        #expect(try kept() == before)
    }

    @Test("an empty corpus ends it before anything is asked")
    func emptyCorpus() throws {
        let server = try ReplayServer.started()
        let run = SessionRun(
            configuration: MeasuredFolder.configuration(try server.configuration()), corpusFolder: folder.path("none"),
            outputPath: folder.output, isServerNamed: true, progress: folder.progress)
        #expect(throws: (any Error).self) { try run.perform() }
        #expect(server.requests.isEmpty)
        #expect(PathKind.of(folder.output) == .nothing)
    }
}
