import Foundation
import GateCore
import GateCorpus
import GateFiles
import GateMeasure
import GateProcess
import GateProxy
import GateReplay
import Synchronization
import TestSupport
import Testing

@Suite("A proxy of its own")
struct ProxyRunTests {
    private func recording() -> ExchangeRecording {
        ExchangeRecording(
            id: "r1", stage: "calls", model: "toy", system: "", prompt: "Analyse the data.",
            arrivals: (0..<5).map {
                ContentArrival(offsetNs: Nanoseconds(Int64(5 + $0) * 1_000_000), text: " w\($0)")
            },
            finish: .stop, endNs: Nanoseconds(10_000_000),
            server: ServerFigures(promptTokens: 40, tokens: 6))
    }

    @Test("what passed is a line for each call, and a session of one run that can be replayed")
    func session() throws {
        let folder = try TemporaryFolder()
        let server = try ReplayServer(recordings: [recording()])
        let port = try server.start()
        defer { server.stop() }
        let told = Mutex<[Int]>([])
        let run = try ProxyRun(
            configuration: Configuration(
                agent: AgentConfiguration(model: "any"),
                server: ServerConfiguration(api: .ollama, url: "http://127.0.0.1:\(port)")),
            corpusFolder: folder.url.path,
            options: ProxyListening(address: .loopback(port: 0), forcesStream: false, stageHeader: "X-Chimera-Stage"),
            outputPath: folder.url.path + "/out", told: { call in told.withLock { $0.append(call.number) } })
        guard case .loopback(let proxyPort) = run.address else {
            Issue.record("it listens elsewhere")
            return
        }
        let client = try TestClient(port: proxyPort)
        #expect(try client.request("GET", "/api/tags").status == 200)
        let body = #"{"model":"toy","messages":[{"role":"user","content":"Analyse the data."}]}"#
        #expect(try client.request("POST", "/api/chat", body, headers: "X-Chimera-Stage: plan\r\n").status == 200)
        #expect(try client.request("POST", "/v1/chat/completions", body).status == 200)
        let (calls, session) = try run.finish()
        #expect(calls.map(\.path) == ["/api/tags", "/api/chat", "/v1/chat/completions"])
        #expect(told.withLock { $0 } == [0, 1, 2])

        let written = try SessionDirectory.open(at: run.directory.path).session()
        #expect(written == session)
        #expect(written.workload == .command)
        #expect(written.corpus?.files == 0)
        #expect(written.warnings.map(\.message).contains { $0.hasPrefix("which data the agent read is not known") })
        #expect(written.model.name == "toy")
        #expect(written.runs.count == 1)
        #expect(written.runs[0].stages.map(\.name.rawValue) == ["plan", "calls"])
        #expect(written.runs[0].measurements["calls"] == 2)
        #expect(written.runs[0].measurements["tokens_sum"] == 12)
        #expect(written.runs[0].isComplete)
        let recordings = try run.directory.recordings()
        #expect(recordings.map(\.text) == [" w0 w1 w2 w3 w4", " w0 w1 w2 w3 w4"])
        #expect(recordings[0].prompt == "Analyse the data.")

        let lines = try String(contentsOfFile: run.directory.path(of: SessionDirectory.exchangesName), encoding: .utf8)
            .split(separator: "\n")
        let objects = try lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(objects.map { $0["path"] as? String } == ["/api/tags", "/api/chat", "/v1/chat/completions"])
        #expect(objects[1]["stage"] as? String == "plan")
        #expect((objects[1]["token_offsets_ns"] as? [Int])?.count == 5)
        #expect(objects[2]["streamed"] as? Bool == false)
    }

    @Test("the session says which data the agent could read, as that of a command does")
    func corpus() throws {
        let folder = try TemporaryFolder()
        let server = try ReplayServer(recordings: [recording()])
        let port = try server.start()
        defer { server.stop() }
        func measured(_ roots: [CorpusRoot]) throws -> Session {
            let run = try ProxyRun(
                configuration: Configuration(
                    corpus: CorpusConfiguration(roots: roots), agent: AgentConfiguration(model: "any"),
                    server: ServerConfiguration(api: .ollama, url: "http://127.0.0.1:\(port)")),
                corpusFolder: folder.url.path,
                options: ProxyListening(
                    address: .loopback(port: 0), forcesStream: false, stageHeader: "x-chimera-stage"),
                outputPath: folder.url.path + "/out", told: { _ in })
            guard case .loopback(let port) = run.address else { throw CocoaError(.fileNoSuchFile) }
            let body = #"{"model":"toy","messages":[{"role":"user","content":"Analyse the data."}]}"#
            #expect(try TestClient(port: port).request("POST", "/api/chat", body).status == 200)
            return try #require(try run.finish().session)
        }
        let data = [CorpusRoot(path: "data", extensions: ["csv"])]
        #expect(throws: IngestError.self) { try measured(data) }
        try folder.write("model,ms\ngemma3,12\n", to: "data/times.csv")
        let session = try measured(data)
        #expect(session.corpus == (try Ingest.read(folder.url.path, CorpusConfiguration(roots: data)).identity))
        #expect(session.corpus?.files == 1)
        #expect(!session.warnings.contains { $0.message.hasPrefix("which data the agent read") })
        try folder.write("model,ms\ngemma3,13\n", to: "data/times.csv")
        #expect(try measured(data).corpus?.sha256 != session.corpus?.sha256)
    }

    @Test("an older session stays where the proxy cannot begin, and under another name until there is a new one")
    func olderSession() throws {
        let folder = try TemporaryFolder()
        let server = try ReplayServer(recordings: [recording()])
        let port = try server.start()
        defer { server.stop() }
        let output = folder.url.path + "/out"
        func begin(port listening: Int = 0, _ words: [String] = []) throws -> ProxyRun {
            try ProxyRun(
                configuration: Configuration(
                    agent: AgentConfiguration(model: "any"),
                    server: ServerConfiguration(api: .ollama, url: "http://127.0.0.1:\(port)")),
                corpusFolder: folder.url.path,
                options: ProxyListening(
                    address: .loopback(port: listening), forcesStream: false, stageHeader: "x-chimera-stage"),
                outputPath: output, words: words, told: { _ in })
        }
        // A run holds its folder as long as it is there.
        func measured() throws -> Session? {
            let run = try begin()
            guard case .loopback(let port) = run.address else { throw CocoaError(.fileNoSuchFile) }
            let body = #"{"model":"toy","messages":[{"role":"user","content":"Analyse the data."}]}"#
            #expect(try TestClient(port: port).request("POST", "/api/chat", body).status == 200)
            return try run.finish().session
        }
        func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: output).sorted() }
        let session = try #require(try measured())
        let kept = [".gitignore", "exchanges.jsonl", "runs", "session.json"]
        #expect(try files() == kept)
        #expect(throws: ProxyError.self) { try begin(port: port) }
        #expect(throws: ProcessError.self) { try begin(["no-such-program"]) }
        #expect(try files() == kept)
        #expect(try SessionDirectory.open(at: output).session() == session)
        let log = try String(contentsOfFile: output + "/exchanges.jsonl", encoding: .utf8)
        #expect(log.contains("/api/chat"))

        #expect(try begin().finish().session == nil)
        #expect(try files() == [".gitignore", "earlier-session.json", "exchanges.jsonl", "runs"])
        let second = try #require(try measured())
        #expect(try files() == kept)
        #expect(try SessionDirectory.open(at: output).session() == second && second.id != session.id)
    }

    @Test("without a call of a model there is no session")
    func nothing() throws {
        let folder = try TemporaryFolder()
        let run = try ProxyRun(
            configuration: Configuration(
                agent: AgentConfiguration(model: "any"),
                server: ServerConfiguration(api: .ollama, url: "http://127.0.0.1:1")),
            corpusFolder: folder.url.path,
            options: ProxyListening(address: .loopback(port: 0), forcesStream: false, stageHeader: "x-chimera-stage"),
            outputPath: folder.url.path + "/out", told: { _ in })
        #expect(try run.finish().session == nil)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/out").sorted() == [
                ".gitignore", "exchanges.jsonl",
            ])
    }
}
