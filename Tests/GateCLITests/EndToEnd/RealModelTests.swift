import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("A real model", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct RealModelTests {
    /// The metrics of a call (Metrics.md), for a server of OpenAI's dialect that chimera-gate starts itself: its `load`
    /// belongs to the run and is a cold one.
    static let expected: [StageName: [String]] = [
        .run: ["model_load.cold", "ingest", "analysis", "report", "workflow"],
        .analysis: callMetrics, .report: callMetrics,
    ]
    static let callMetrics = [
        "ttft", "itl.p50", "itl.p99", "itl.max", "throughput", "server.throughput", "prompt_eval", "eval",
        "prompt_tokens", "tokens", "bytes_per_token", "total", "connect",
    ]

    @Test(
        "leaves a report, its facts and every metric of the table",
        .enabled(if: RealModel.isPresent, RealModel.absence))
    func everyMetric() async throws {
        let folder = try #require(RealModel.folder)
        let workspace = try GateWorkspace(RealModel.configuration(folder: folder, port: LoopbackPort.free()))
        let run = try await workspace.gate(
            "run", "--corpus", GateWorkspace.corpus, environment: ["CHIMERA_GATE_MODEL_DIR": folder.path])
        #expect(run.status == 0, "\(run)")

        let session = try workspace.session()
        #expect(session.runs.count == 1 && session.runs[0].isComplete)
        #expect(session.origin.server?.product == "llama-server")
        #expect(session.model.contextLength == 1024)
        #expect(session.cacheStates == [.defeated])
        let samples = session.samples()
        for (stage, metrics) in Self.expected {
            let names = samples.keys.filter { $0.stage == stage }.map(\.metricName)
            // What others do on the machine may spoil gaps between tokens: then those figures are not there, and the call
            // says so.
            let calls = session.decisiveExchanges.map(\.exchange).filter { $0.stage == stage }
            let spoilt = calls.contains { $0.timing.degraded == true }
            let missing = Set(metrics).subtracting(names).subtracting(spoilt ? ["itl.p50", "itl.p99", "itl.max"] : [])
            #expect(missing.isEmpty && Set(names).isSubset(of: metrics), "\(stage): \(names)")
        }
        for sample in samples.values { #expect(sample.values.allSatisfy { $0 >= 0 && $0.isFinite }) }
        let tokens = samples[CheckID(stage: .analysis, metric: "tokens")]?.values[0] ?? 0
        #expect((2...24).contains(tokens))

        let report = try workspace.text(".chimera-gate/runs/0001/report.md")
        for part in ["# Technical Report", "**Model:** SmolLM2-135M-Instruct", "## Workflow Summary", "## Metrics"] {
            #expect(report.contains(part), "\(part)")
        }
        let facts = try workspace.json(".chimera-gate/runs/0001/facts.json")
        #expect(facts["generated_date"]?.string?.count == 10)
        #expect(facts["performance_metrics"] != nil && facts["ingest"] != nil && facts["config"] != nil)
    }
}

/// The folder that ci/model has filled.
enum RealModel {
    static let absence: Comment = "needs the model: 'ci/model', and its folder in CHIMERA_GATE_MODEL_DIR"
    static var isPresent: Bool { folder != nil }

    static let folder: URL? = {
        guard let named = ProcessInfo.processInfo.environment["CHIMERA_GATE_MODEL_DIR"] else { return nil }
        let folder = URL(filePath: named)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let hasPython = FileManager.default.isExecutableFile(atPath: folder.appending(path: "venv/bin/python").path)
        return hasPython && names.contains { $0.hasSuffix(".gguf") } ? folder : nil
    }()

    static func configuration(folder: URL, port: Int) -> String {
        let server = SharedData.packageRoot.appending(path: "ci/serve-model.py").path
        let command =
            [folder.appending(path: "venv/bin/python").path, server, "--port", "\(port)"]
            + ["--threads", "1", "--ctx", "1024"]
        return """
            machine_class: model
            corpus: {roots: [reports, csv_data]}
            agent: {model: SmolLM2-135M-Instruct.Q4_1, num_ctx: 1024, temperature: 0, seed: 1, max_tokens: 24}
            runs: 1

            """ + StartCommand.configuration(command, port: port)
    }
}
