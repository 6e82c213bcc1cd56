import Foundation
import GateCore
import GateFiles
import GateReplay
import GateVerdict
import Synchronization
import TestSupport
import Testing

@testable import GateMeasure

@Suite struct `Load against a real server` {
    /// Ten pieces from 20 ms on, one each 2 ms.
    private static let recording = ExchangeRecording(
        id: "r1", stage: .analysis, model: "toy", system: "", prompt: "Count.",
        arrivals: (0..<10).map {
            ContentArrival(offsetNs: Nanoseconds(Int64(20 + $0 * 2) * 1_000_000), text: " w\($0)")
        }, finish: .stop, endNs: Nanoseconds(40_000_000),
        server: ServerFigures(
            loadSeconds: 0.002, promptEvalSeconds: 0.016, evalSeconds: 0.02, totalSeconds: 0.04, promptTokens: 40,
            tokens: 11, cachedPromptTokens: 0))

    private struct Measured {
        let session: Session
        let directory: SessionDirectory
        let lines: [[String: Any]]
        let requests: [ReplayedRequest]
        /// What whoever watches was told first.
        let progress: String?

        var window: LoadWindow { get throws { try #require(session.runs.first?.load) } }
    }

    private func measure(
        _ load: LoadConfiguration, api: ServerAPI = .ollama, runs: Int = 1, prompts: [String] = ["Count."],
        options: ReplayOptions = ReplayOptions()
    ) throws -> Measured {
        let server = try ReplayServer(recordings: [Self.recording], options: options)
        try server.start()
        defer { server.stop() }
        let folder = try TemporaryFolder()
        let files = try prompts.enumerated().map { try folder.write($1, to: "prompt\($0).txt").path }
        let log = folder.url.appending(path: "exchanges.jsonl").path
        var configuration = Configuration(
            workload: .load, agent: AgentConfiguration(model: "toy"),
            server: ServerConfiguration(api: api, url: try #require(server.url)), runs: runs)
        configuration.load = load
        let told = Mutex<[String]>([])
        let (_, directory) = try LoadRun(
            configuration: configuration, prompts: try PromptFiles(paths: files), exchangesPath: log,
            outputPath: folder.url.appending(path: "session").path, isServerNamed: true,
            progress: ProgressNotes(lines: { line in told.withLock { $0.append(line.text) } })
        ).perform()
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        // As it is on disk, so that what is written is what is read.
        return Measured(
            session: try directory.session(), directory: directory, lines: lines, requests: server.requests,
            progress: told.withLock { $0.first { $0.contains(" ended, ") } })
    }

    @Test("a closed loop of 16 makes 64 requests, measures all of them, and its session can be approved and judged")
    func closedLoop() throws {
        let load = LoadConfiguration(
            concurrency: 16, extent: .requests(64), limits: [LoadLimit(metric: "e2e", value: 60)])
        let measured = try measure(load, api: .openai, prompts: ["One.", "Two.", "Three."])
        let window = try measured.window
        #expect(window.requests == 64)
        #expect(window.completed == 64)
        #expect(measured.progress == "load: 1 of 64 requests ended, 0 of them invalid")
        #expect(window.peakConcurrency == 16)
        #expect(window.arrivals == 640)
        #expect(window.cacheStates == [.defeated])
        // Nothing can be faster than the server sends.
        #expect(try #require(window.measurements["ttft.p50"]) >= 0.019)
        #expect(try #require(window.measurements["e2e.p50"]) >= 0.037)
        #expect(window.measurements["goodput"] == window.measurements["requests_per_second"])
        let rate = try #require(window.measurements["output_throughput"])
        #expect(abs(rate * window.wallSeconds - 64 * 11) < 1e-6)

        #expect(measured.session.workload == .load)
        #expect(measured.session.origin.server?.product == "replay")
        #expect(measured.session.corpus?.files == 3)
        #expect(measured.session.approvalDoubts.allSatisfy { $0.doubt == .dirty })
        let judgement = Judge.judge(
            session: measured.session, against: .baseline(Fixtures.baseline(measured.session)), policy: Policy())
        #expect(judgement.overall == .pass)

        #expect(measured.lines.count == 64)
        #expect(Set(measured.lines.compactMap { $0["id"] as? String }).count == 64)
        for line in measured.lines {
            #expect((line["token_offsets_ns"] as? [Int])?.count == 10)
            #expect(line["outcome"] as? String == "completed")
        }
    }

    @Test("the file of requests gives the window's figures again")
    func audit() throws {
        let measured = try measure(LoadConfiguration(concurrency: 3, extent: .requests(20)))
        let offsets = try measured.lines.map { try #require($0["token_offsets_ns"] as? [Int]) }
        let firsts = offsets.map { Double($0[0]) / 1e9 }
        let gaps = offsets.flatMap { zip($0.dropFirst(), $0).map { Double($0 - $1) / 1e9 } }
        let values = try measured.window.measurements
        #expect(values["ttft.p90"] == OrderStatistics.quantile(firsts, 0.9))
        #expect(values["itl.p99"] == OrderStatistics.quantile(gaps, 0.99))
        #expect(values["itl.max"] == gaps.max())
    }

    @Test("an open loop starts its requests at their moments, while others are in flight")
    func openLoop() throws {
        let load = LoadConfiguration(
            concurrency: nil, openLoop: OpenLoop(rate: 200, arrivals: .constant, seed: 1), extent: .requests(30))
        let measured = try measure(load)
        #expect(try measured.window.completed == 30)
        #expect(try measured.window.peakConcurrency > 1)
        let planned = measured.lines.compactMap { $0["scheduled_monotonic_ns"] as? Int }.sorted()
        #expect(zip(planned.dropFirst(), planned).allSatisfy { abs($0 - $1 - 5_000_000) <= 1 })
        for line in measured.lines {
            #expect(
                try #require(line["began_monotonic_ns"] as? Int) >= #require(line["scheduled_monotonic_ns"] as? Int))
        }
    }

    @Test("a faulty request is counted by its kind and is in no figure", arguments: ServerAPI.allCases)
    func fault(api: ServerAPI) throws {
        let measured = try measure(
            LoadConfiguration(concurrency: 4, extent: .requests(16)), api: api,
            options: ReplayOptions(faultsOfRequest: [3: [.cut(afterTokens: 2)], 9: [.status(500)]]))
        let window = try measured.window
        #expect(window.completed == 14)
        #expect(Set(window.errors.map(\.kind)) == [.cutStream, .httpStatus])
        #expect(window.errors.allSatisfy { $0.count == 1 && !$0.firstDetail.isEmpty })
        #expect(window.measurements["error_share"] == 0.125)
        #expect(window.arrivals == 140)
        let doubt = measured.session.approvalDoubts.first
        #expect(doubt?.doubt == .calls && doubt?.reason.hasPrefix("2 of its 16 requests are invalid") == true)
        #expect(measured.lines.count { $0["outcome"] as? String == "cut_stream" } == 1)
    }

    @Test("each run is a window of its own, and a duration ends it")
    func windows() throws {
        let measured = try measure(LoadConfiguration(concurrency: 2, extent: .seconds(2)), runs: 3)
        #expect(measured.session.runs.map(\.index) == [1, 2, 3])
        #expect(
            measured.progress?.contains(/^load, run 1\/3: 1 request ended, 0 of them invalid, [0-9]+ s of 2 s gone$/)
                == true)
        let samples = measured.session.samples()
        #expect(samples[CheckID(stage: .load, metric: "ttft.p50")]?.values.count == 3)
        for run in measured.session.runs {
            let window = try #require(run.load)
            #expect(window.completed > 0)
            // The two seconds are over before it ends, however long the machine stalls.
            #expect(try #require(run.interference).wallSeconds >= 2)
            // It is as long as from its first request to its last answer.
            let lines = measured.lines.filter { ($0["id"] as? String)?.hasPrefix("run-\(run.index)/") == true }
            #expect(lines.count == window.requests)
            let sent = lines.compactMap { $0["sent_monotonic_ns"] as? Int }
            let ends = lines.compactMap { line in
                (line["sent_monotonic_ns"] as? Int).flatMap { sent in (line["end_offset_ns"] as? Int).map { sent + $0 }
                }
            }
            let (first, last) = (try #require(sent.min()), try #require(ends.max()))
            #expect(abs(window.wallSeconds - Double(last - first) / 1e9) < 1e-9)
            // Nothing is asked after the two seconds.
            let planned = lines.compactMap { $0["scheduled_monotonic_ns"] as? Int }
            #expect(try #require(planned.max()) - #require(planned.min()) < 2_000_000_000)
        }
    }

    @Test("a ramp goes up to the end of its range where every limit is kept")
    func ramp() throws {
        let load = LoadConfiguration(
            concurrency: nil, extent: .requests(4), rampLimit: 6, limits: [LoadLimit(metric: "ttft", value: 3600)])
        let measured = try measure(load)
        let window = try measured.window
        #expect(window.ramp.map(\.concurrency) == [1, 2, 4, 6])
        #expect(window.ramp.allSatisfy { $0.isWithinLimits && $0.goodShare == 1 })
        #expect(window.measurements["concurrency.max"] == 6)
        #expect(window.peakConcurrency == 6)
        #expect(measured.lines.count == 4 + 4 + 8 + 12)
    }

    @Test("a ramp whose limits cannot be kept says so")
    func hopelessRamp() throws {
        let load = LoadConfiguration(
            concurrency: nil, extent: .requests(4), rampLimit: 8, limits: [LoadLimit(metric: "ttft", value: 0.001)])
        let measured = try measure(load)
        #expect(try measured.window.measurements["concurrency.max"] == 0)
        #expect(try measured.window.ramp.map(\.concurrency) == [1])
        #expect(measured.session.warnings.contains { $0.message.hasPrefix("not even one request at a time") })
    }

    @Test("the first thing that a server is asked is the first request, and each prompt is sent in its turn")
    func order() throws {
        let measured = try measure(
            LoadConfiguration(concurrency: 1, extent: .requests(4)), prompts: ["Alpha.", "Beta."])
        let bodies = measured.requests.map(\.body)
        #expect(measured.requests.first?.path == "/api/chat")
        #expect(bodies.prefix(4).map { $0.contains("Alpha.") } == [true, false, true, false])
        #expect(Set(bodies.prefix(4)).count == 4, "each is unique, so that no cache answers")
    }

    @Test("an interrupted load goes on behind its finished windows, and so does the file of its requests")
    func resumed() throws {
        let server = try ReplayServer(recordings: [Self.recording])
        try server.start()
        defer { server.stop() }
        let folder = try TemporaryFolder()
        let log = folder.url.appending(path: "exchanges.jsonl").path
        func run(concurrency: Int = 2, prompt: String = "Count.", resumes: Bool = true) throws -> Session {
            var configuration = Configuration(
                workload: .load, agent: AgentConfiguration(model: "toy"),
                server: ServerConfiguration(api: .openai, url: try #require(server.url)), runs: 4)
            configuration.load = LoadConfiguration(concurrency: concurrency, extent: .requests(5))
            let file = try folder.write(prompt, to: "prompt.txt").path
            return try LoadRun(
                configuration: configuration, prompts: try PromptFiles(paths: [file]), exchangesPath: log,
                outputPath: folder.url.appending(path: "session").path, isServerNamed: true, progress: .silent,
                resumes: resumes
            ).perform().session
        }
        func ids() throws -> [String] {
            try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
                String($0.prefix(while: { $0 != "/" }).dropFirst(#"{"id":""#.count))
            }
        }
        var kept = try run(resumes: false)
        let directory = try SessionDirectory.open(at: folder.url.appending(path: "session").path)
        // In the third of four windows.
        kept.runs.removeLast(2)
        try directory.write(kept)
        #expect(
            throws: MeasuringError.cannotGoOn(directory: directory.path, reason: "its configuration is another one")
        ) {
            try run(concurrency: 3)
        }
        #expect(throws: MeasuringError.cannotGoOn(directory: directory.path, reason: "its corpus is another one")) {
            try run(prompt: "Count again.")
        }
        #expect(try directory.session() == kept)
        #expect(try ids().count == 20)

        let before = server.requests.count { $0.path == "/v1/chat/completions" }
        let whole = try run()
        #expect(whole.id == kept.id && Array(whole.runs.prefix(2)) == kept.runs)
        #expect(whole.runs.map(\.index) == [1, 2, 3, 4])
        #expect(server.requests.count { $0.path == "/v1/chat/completions" } == before + 10)
        #expect(try ids() == (1...4).flatMap { Array(repeating: "run-\($0)", count: 5) })
        #expect(try directory.session() == whole)
        #expect(try run().runs == whole.runs)
    }

    @Test("where nothing answers, there is no session, and the requests are in their file")
    func noServer() throws {
        let folder = try TemporaryFolder()
        let prompt = try folder.write("Count.", to: "prompt.txt").path
        let log = folder.url.appending(path: "exchanges.jsonl").path
        var configuration = Configuration(
            workload: .load, agent: AgentConfiguration(model: "toy"),
            server: ServerConfiguration(api: .ollama, url: "http://127.0.0.1:1"), runs: 2)
        configuration.load = LoadConfiguration(concurrency: 2, extent: .requests(5))
        let run = LoadRun(
            configuration: configuration, prompts: try PromptFiles(paths: [prompt]), exchangesPath: log,
            outputPath: folder.url.appending(path: "session").path, isServerNamed: true, progress: .silent)
        #expect(throws: (any Error).self) { try run.perform() }
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.contains("\"sent_monotonic_ns\":null") && $0.contains("connection_refused") })
    }
}
