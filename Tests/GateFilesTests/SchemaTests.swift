import Foundation
import GateCore
import GateFiles
import GateVerdict
import GateVocabulary
import TestSupport
import Testing

/// The variable that names a Python in which the packages of ci/requirements.txt are installed.
private let variable = "CHIMERA_GATE_PYTHON"
private let python = ProcessInfo.processInfo.environment[variable]

/// The published schemas against what the encoder really writes, judged by an independent validator.
@Suite(.enabled(if: python != nil, "set \(variable) to a python with the packages of ci/requirements.txt"))
struct SchemaTests {
    @Test("session.schema.json holds for whole, bare and failing sessions and for nothing else")
    func session() throws {
        let whole = Fixtures.session(
            warnings: [Warning("load 3.1", remedy: "Wait.")],
            policy: Policy(
                metrics: [
                    MetricPolicy(metric: "itl.p99", stage: .report, tolerance: .absolute(0.05), budget: Budget(max: 2)),
                    MetricPolicy(metric: "throughput", tolerance: .relative(percent: 7.5), budget: Budget(min: 1)),
                    MetricPolicy(metric: "total", role: .info, tolerance: .larger(percent: 5, absolute: 0.1)),
                ], inconclusive: .fail, alpha: 0.05, pairs: 12))
        let failing = InvalidCall.Kind.allCases.map {
            Fixtures.call(.report, outcome: .invalid(InvalidCall($0, "what the server said")))
        }
        let states = ModelState.allCases.map { state in
            var call = Fixtures.call(.inventory, outcome: .completed(.length))
            call.modelState = state
            return call
        }
        var loaded = Fixtures.session(runs: [Fixtures.run(1, calls: failing + states)])
        loaded.modelLoads = [ModelLoad(loadSeconds: 4.6, callSeconds: 4.8)]
        let busy = Fixtures.session(runs: [
            Fixtures.run(1, interference: Fixtures.interference()),
            Fixtures.run(
                2,
                interference: Interference(
                    start: MachineReading(monotonicNs: .zero), end: MachineReading(monotonicNs: .zero), ingest: nil)),
        ])
        let paired = Fixtures.session(
            runs: [
                Run(
                    index: 1, isWarmup: false, startedAt: Fixtures.start, stages: [], measurements: [:],
                    reportFile: nil, factsFile: nil, arm: .head, pair: 1)
            ], base: Fixtures.base())
        let load = LoadConfiguration(
            concurrency: nil, openLoop: OpenLoop(rate: 2, arrivals: .poisson, seed: 0), extent: .seconds(30),
            rampLimit: 8)
        let ramp = RampStep(concurrency: 1, isWithinLimits: true, goodShare: 1)
        let reached = bareSession(
            reached: TransportConfiguration(
                unixSocket: "/s", caFile: "ca.pem", followsRedirects: true, proxy: .environment, token: .variable("T")))
        let good = [
            whole, reached, bareSession(), loaded, busy, paired, Fixtures.loadSession([Fixtures.window(invalid: 2)]),
            Fixtures.loadSession([Fixtures.window(loadSeconds: nil, ramp: [ramp])], load: load),
        ]
        try expect(
            good.map(text),
            [
                ("\"format_version\" : 1", "\"format_version\" : 2"), ("\"cpu_count\" : 2,", ""),
                ("\"is_warmup\" : false", "\"is_warmup\" : 0"), ("\"hostname\"", "\"host_name\""),
                ("\"unit\" : \"s\"", "\"unit\" : \"ms\""), ("T20:30:00Z", " 20:30:00"),
                ("runs/0001/report.md", "../report.md"), ("\"stop\"", "\"tired\""),
            ], by: "session")
    }

    @Test("baseline.schema.json holds for approved baselines and for nothing else")
    func baseline() throws {
        let good = [
            Fixtures.baseline(), Fixtures.baseline(Fixtures.session(runs: [Fixtures.run(1)])),
            Fixtures.baseline(Fixtures.loadSession()),
        ]
        try expect(
            good.map(text),
            [
                ("\"format_version\" : 3", "\"format_version\" : 0"), ("\"epoch\" : 1", "\"epoch\" : 0"),
                ("\"history\"", "\"story\""),
                ("\"reason\" : \"first baseline\"", "\"reason\" : \"\""),
                ("0.25", "-0.25"), ("\"ci-small\"", "\"CI small\""), ("\"samples\"", "\"sample\""),
            ], by: "baseline")
    }

    @Test("verdict.schema.json holds for every outcome and for nothing else")
    func verdict() throws {
        let judged = Judge.judge(
            session: Fixtures.session(),
            against: .baseline(
                Fixtures.baseline(),
                reference: BaselineReference(
                    id: "sha256:" + String(repeating: "0f", count: 32), file: "Baselines/analysis/ci-small.json",
                    approval: Fixtures.approval)), policy: Policy())
        let alone = Judge.judge(session: bareSession(), against: .nothing, policy: Policy())
        let verdicts = Outcome.allCases.map { outcome in
            Verdict(
                check: CheckID(stage: .run, metric: "model_load", modelState: .cold), demand: .budget, outcome: outcome,
                unit: .tokensPerSecond, direction: .neutral, baseline: nil, observed: SampleSummary([1, 2]),
                change: -0.5, worsening: Worsening(MetricFinding(outcome, reason: "r")),
                tolerance: .absolute(1), budget: Budget(min: 1, max: 2), explanation: "e", remedy: "")
        }
        let every = Judgement(
            Judgement.Parts(verdicts: verdicts, warnings: [Warning("w", remedy: "r")]), sessionId: "s", workload: .dual,
            machineClass: "m")
        try expect(
            [text(judged), text(alone), text(every)],
            [
                ("\"format_version\" : 3", "\"format_version\" : 1"), ("\"exit_code\" : 0", "\"exit_code\" : 2"),
                ("\"direction\" : \"lower\"", "\"direction\" : \"down\""), ("\"percent\"", "\"permille\""),
                ("\"explanation\"", "\"explained\""), ("\"stored_baseline\"", "\"guess\""),
                ("\"role\" : \"gate\"", "\"role\" : \"both\""), ("\"detectable\"", "\"mde\""),
            ], by: "verdict")
    }

    @Test("the schemas hold for several workloads, too")
    func workloads() throws {
        let judged = Judge.judge(
            session: Fixtures.session(), against: .baseline(Fixtures.baseline()), policy: Policy(workloads: 2))
        let parts = ["a", "b"].map {
            JointJudgement.Part(name: $0, folder: "workloads/\($0)", judgement: judged)
        }
        let whole = JointJudgement(
            parts, declared: ["a", "b"], warnings: [Warning("w", remedy: "r")], toolVersion: "1")
        let shard = JointJudgement([], declared: ["a"], shard: Shard(index: 1, count: 3), toolVersion: "1")
        try expect(
            [text(whole), text(shard)],
            [
                ("\"declared\"", "\"all\""), ("workloads/a", "../a"), ("\"workloads\" : 2", "\"workloads\" : 0"),
                ("\"tool_version\"", "\"tool\""), ("\"format_version\" : 1", "\"format_version\" : 2"),
            ], by: "verdict")
        try expect(
            [
                text(WorkloadList(declared: ["a", "b"], measured: ["b"], shard: Shard(index: 2, count: 2))),
                text(WorkloadList(declared: ["a"], measured: ["a"])),
            ], [("\"b\"", "\"B\""), ("\"count\" : 2", "\"count\" : 0"), ("\"measured\"", "\"here\"")],
            by: "workloads")
    }

    @Test("the schemas hold for what is kept of a command, too")
    func command() throws {
        let session = Fixtures.everyCommandRun()
        try expect(
            [text(session)],
            [
                ("\"time_limit\"", "\"too_late\""), ("\"left_behind\" : 0", "\"left_behind\" : -1"),
                ("\"stage_header\"", "\"header_of_stage\""), ("\"is_generation\"", "\"generates\""),
                ("\"force\"", "\"often\""), ("\"order\" : 1", "\"order\" : 0"),
            ], by: "session")
        try expect(
            [text(Fixtures.baseline(session))],
            [("\"asked\"", "\"told\""), ("\"prompts\"", "\"prompt\""), ("\"force\"", "\"often\"")], by: "baseline")
        let judged = Judge.judge(
            session: Fixtures.everyCommandRun(calls: 3), against: .baseline(Fixtures.baseline(session)),
            policy: Policy())
        try expect(
            [text(judged)], [("\"command_failed\"", "\"command_lost\""), ("\"asked\"", "\"told\"")], by: "verdict")
    }

    @Test("judge-case.schema.json holds for cases and for nothing else")
    func judgeCase() throws {
        let whole = """
            {"id": 1, "policy": {"alpha": 0.01, "runs": 5, "pairs": 20, "strict": false, "metrics": {"ttft":
            {"direction": "lower", "tolerance": {"relative": 0.05, "absolute": 0.1}, "max": 2, "min": 0, "gate": true},
            "x": {"direction": "higher", "tolerance": 0.05, "gate": "info"}}}, "baseline": [{"session": "a",
            "metrics": {"ttft": [0.4, null, "NaN"]}}], "candidate": {"metrics": {"ttft": []}},
            "pairs": [{"base": {"ttft": 1}, "head": {"ttft": null}}]}
            """
        try expect(
            [whole, #"{"id": null, "policy": null, "candidate": null}"#],
            [
                (#""id": 1,"#, ""), (#""pairs": 20"#, #""pairs": 7"#), (#""lower""#, #""down""#), ("[0.4", "[true"),
                (#""head""#, #""tail""#), (#""alpha": 0.01"#, #""alpha": 0"#), (#""candidate""#, #""head""#),
            ], by: "judge-case")
    }

    @Test("calibration.schema.json holds for calibrations and for nothing else")
    func calibration() throws {
        let history = RunHistory([SessionValues(["ttft": [0.4, 0.41]])], demands: Demands(Policy(others: .gate)))
        let evidence = CalibratedEvidence(
            evidence: .storedBaseline,
            trials: [UnchangedTrial(overall: .inconclusive, runs: 5, pairs: 0, undecided: [0])],
            changes: [CatchableChange(metric: "ttft", direction: .lowerIsBetter, thresholds: [0.2, .infinity])])
        let advice = CalibrationAdvice(
            change: "approve 5 sessions instead of 1", evidence: .storedBaseline, metric: "ttft",
            direction: .lowerIsBetter, undecided: (1, 0.5),
            caughtAt80: (nil, 0.2))
        let report = CalibrationReport(
            toolVersion: "1.0.0", source: "there", alpha: 0.01, seed: 1, history: history,
            measured: ObservedRate(count: 0, trials: 1), evidence: [evidence], advice: [advice],
            warnings: [Warning("a", remedy: "b")])
        let whole = String(decoding: try CanonicalJSON.encode(report), as: UTF8.self)
        try expect(
            [whole],
            [
                ("\"format_version\" : 2", "\"format_version\" : 1"), ("\"alpha\"", "\"beta\""),
                ("\"stored_baseline\"", "\"stored\""), ("\"trials\" : 1", "\"trials\" : 0"),
                ("\"undecided_after\"", "\"undecided_later\""),
            ], by: "calibration")
    }

    @Test("facts.schema.json holds for the facts of a corpus and for nothing else")
    func facts() throws {
        let path = "reports/gemma3.csv"
        let sources = [
            FactSource(file: path, line: 2, column: "tokens_s"), FactSource(file: "a.json", pointer: "/a/0"),
        ]
        let facts = sources.map {
            Fact(
                labels: [FactLabel(.key, name: "model", text: "gemma3")], metric: "tokens_s", statistic: .raw,
                dimension: .rate, unit: "tok/s", value: .number(101.5), written: "101.50", source: $0)
        }
        let corpus = Corpus(
            files: [
                CorpusFile(
                    path: path, kind: .csv, bytes: 1_500, modified: Fixtures.start,
                    sha256: String(repeating: "0c", count: 32))
            ], unreadable: [], facts: FactTable(facts),
            harvested: [HarvestedMetric(key: "csv_tokens_S", value: 101.5, source: sources[0])], markdownHeadings: 0,
            warnings: [])
        let whole = FactsFile(
            corpus: corpus, reportId: "r1", generatedDate: "2026-11-23", model: "smollm2:135m", agent: "analyst",
            config: ["num_ctx": 8_192, "temperature": 0.2], requiredSections: ["Executive Summary"],
            run: ["llm_metrics": ["ttft_ms": 250]])
        var partial = whole
        partial.factsLeftOut = 7
        partial.mentions = [
            Fact(
                labels: [], metric: "", statistic: .unknown, dimension: .unknown, unit: nil, value: .date,
                written: "2026-03-05", source: FactSource(file: "notes.md", line: 3))
        ]
        let bare = FactsFile(
            corpus: corpus, generatedDate: "2026-11-23", model: "m", agent: nil, config: [:], requiredSections: [],
            run: [:])
        try expect(
            [text(whole), text(partial), text(bare)],
            [
                ("\"format_version\" : 2", "\"format_version\" : 1"), ("\"2026-11-23\"", "\"23 Nov\""),
                ("\"statistic\" : \"raw\"", "\"statistic\" : \"best\""), ("\"written\"", "\"wrote\""),
                ("\"csv\" : 1", "\"csv\" : 0"),
            ], by: "facts")
        let unread = Corpus(
            files: corpus.files, unreadable: [UnreadableFile(path: "reports/b.csv", reason: "line 2: ragged")],
            facts: [], harvested: [], markdownHeadings: 3, warnings: [Warning("doubt", remedy: "look")])
        try expect(
            [document(corpus), document(unread)],
            [
                ("\"format_version\" : 2", "\"format_version\" : 1"), ("\"kind\" : \"csv\"", "\"kind\" : \"xls\""),
                ("\"written\"", "\"wrote\""), ("\"key\" : \"csv_", "\"key\" : \"tsv_"), ("0c0c", "0C0C"),
            ], by: "corpus")
    }

    private func document(_ corpus: Corpus) throws -> String {
        var bytes: [UInt8] = []
        try CorpusDocument.write(corpus) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Everything that may be absent is.
    private func bareSession(reached transport: TransportConfiguration? = nil) -> Session {
        Session(
            id: "s", toolVersion: "0.1.0", workload: .dual, machineClass: "m", startedAt: Fixtures.start,
            finishedAt: Fixtures.start,
            environment: Environment(
                hostname: "h", operatingSystem: "o", kernel: "k", architecture: "a", cpuModel: "c", cpuCount: 1,
                memoryBytes: 0),
            origin: .server(ServerIdentity(api: .ollama, product: "unknown", version: nil, url: "http://h")),
            model: ModelIdentity(name: "m"),
            corpus: CorpusIdentity(
                sha256: String(repeating: "00", count: 32), files: 1, bytes: 0, facts: 0, unreadable: 0),
            configuration: Configuration(
                agent: AgentConfiguration(model: "m"),
                server: ServerConfiguration(api: .ollama, url: "http://h", transport: transport)),
            serverStarts: [],
            runs: [
                Run(
                    index: 1, isWarmup: true, startedAt: Fixtures.start, stages: [], measurements: [:], reportFile: nil,
                    factsFile: nil)
            ], warnings: [])
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }

    /// - Parameter damages: changes to the first good text, each of which the schema must refuse.
    private func expect(_ good: [String], _ damages: [(old: String, new: String)], by schema: String) throws {
        let bad = try damages.map { damage in
            let text = good[0].replacing(damage.old, with: damage.new, maxReplacements: 1)
            try #require(text != good[0], "'\(damage.old)' is not in the text")
            return text
        }
        let answers = try validate(good + bad, by: schema)
        #expect(answers.prefix(good.count).allSatisfy { $0 == "" }, "\(answers.prefix(good.count))")
        for (damage, answer) in zip(damages, answers.dropFirst(good.count)) {
            #expect(answer != "", "accepted: \(damage.new)")
        }
    }

    /// What the validator says of each text; empty for a valid one.
    private func validate(_ texts: [String], by schema: String) throws -> [String] {
        let folder = try TemporaryFolder()
        let input = try folder.write(
            String(decoding: JSONSerialization.data(withJSONObject: texts), as: UTF8.self), to: "texts.json")
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            def said(text):
                return "; ".join(f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(json.loads(text)))
            print(json.dumps([said(text) for text in json.load(open(sys.argv[2]))]))
            """
        let process = Process()
        process.executableURL = URL(filePath: try #require(python))
        let file = SharedData.packageRoot.appending(path: "Sources/GateCLI/Schemas/\(schema).schema.json")
        process.arguments = ["-c", script, file.path, input.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String])
    }
}
