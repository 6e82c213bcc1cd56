public import GateCore
import GateVocabulary

extension WorkloadName {
    public static let analysis = WorkloadName(WorkloadKind.analysis)
}

/// Small sessions with known figures.
public enum Fixtures {
    public static let start = UTCTime(unixSeconds: 1_795_465_800)
    public static let approval = Approval(
        reason: "first baseline", approvedAt: start, approvedBy: "maintainers@example.org",
        commit: "4d0e2b7c9a1c44e0b7f2d9a1c44e0b7f2d9a1c44")

    /// One valid call, warm, its prompt cache defeated.
    public static func call(
        _ stage: StageName, run: Int = 1, ttft: Double = 0.25, throughput: Double = 40,
        outcome: ExchangeOutcome = .completed(.stop), extra: Measurements = [:]
    ) -> Exchange {
        var measurements = extra
        if outcome.isValid {
            measurements["ttft"] = ttft
            measurements["throughput"] = throughput
            measurements["tokens"] = extra["tokens"] ?? 200
        }
        return Exchange(
            id: "r\(run)-\(stage)-1", stage: stage, attempt: 1, outcome: outcome, modelState: .warm, cache: .defeated,
            prompt: PromptIdentity(sha256: String(repeating: "ab", count: 32), bytes: 4_000, nonce: "7f3a"),
            timing: StreamTiming(
                connectNs: Nanoseconds(210_000), firstContentNs: Nanoseconds(seconds: ttft),
                lastContentNs: Nanoseconds(seconds: 5), endNs: Nanoseconds(seconds: 5.01), arrivals: 200, coalesced: 0,
                clock: .kernelReceive, clockUncertaintyNs: Nanoseconds(80), longestLagNs: Nanoseconds(41_000),
                degraded: false),
            server: ServerFigures(
                loadSeconds: 0.05, promptEvalSeconds: 0.2, evalSeconds: 4.9, totalSeconds: 5.2, promptTokens: 1_024,
                tokens: 200, cachedPromptTokens: 0),
            measurements: measurements)
    }

    /// One run of both stages.
    public static func run(
        _ index: Int, calls: [Exchange]? = nil, isWarmup: Bool = false, interference: Interference? = nil
    ) -> Run {
        let calls = calls ?? [call(.analysis, run: index), call(.report, run: index)]
        return Run(
            index: index, isWarmup: isWarmup, startedAt: start,
            stages: calls.map { StageResult(name: $0.stage, agent: "analyst", wallSeconds: 5.1, exchanges: [$0]) },
            measurements: ["ingest": 0.12, "analysis": 5.1, "report": 5.1, "workflow": 10.32],
            reportFile: "runs/000\(index)/report.md", factsFile: "runs/000\(index)/facts.json",
            interference: interference)
    }

    /// Ten seconds on a quiet machine with two CPUs, at 2 GHz. Shares and use are what is added within them.
    public static func interference(
        load: Double = 0.4, recentStall: Double = 0.01, stolen: Double = 0, cpuStall: Double = 0.01,
        ioStall: Double = 0,
        memoryStall: Double = 0, own: OwnUse = OwnUse(cpuSeconds: 0.1, involuntarySwitches: 3), ingest: OwnUse? = nil,
        endHertz: Double = 2e9
    ) -> Interference {
        func reading(at seconds: Double, use: OwnUse, hertz: Double) -> MachineReading {
            func stall(_ share: Double) -> StallTime {
                StallTime(recentShare: recentStall, totalSeconds: 500 + share * seconds)
            }
            return MachineReading(
                monotonicNs: Nanoseconds(seconds: 1_000 + seconds), loadAverage: load,
                cpuTime: CPUTime(totalSeconds: 4_000 + 2 * seconds, stolenSeconds: 7 + 2 * seconds * stolen),
                cpuFrequency: CPUFrequency(slowestHertz: 8e8, fastestHertz: hertz), cpuStall: stall(cpuStall),
                ioStall: stall(ioStall), memoryStall: stall(memoryStall), own: use)
        }
        let before = OwnUse(cpuSeconds: 1, involuntarySwitches: 50)
        return Interference(
            start: reading(at: 0, use: before, hertz: 8e8),
            end: reading(
                at: 10,
                use: OwnUse(
                    cpuSeconds: before.cpuSeconds + own.cpuSeconds,
                    involuntarySwitches: before.involuntarySwitches + own.involuntarySwitches), hertz: endHertz),
            ingest: ingest)
    }

    public static let server = ServerIdentity(
        api: .openai, product: "llama-server", version: "b4000", url: "http://127.0.0.1:8080")

    public static func session(
        runs: [Run]? = nil, warnings: [Warning] = [], model: String = "smollm2:135m", machineClass: String = "ci-small",
        policy: Policy = Policy(), cpuModel: String = "AMD EPYC 7763", base: BaseArm? = nil,
        startedAt: UTCTime = start, isDirty: Bool = false
    ) -> Session {
        Session(
            id: "20261123T203000Z-1f2e3d4c", toolVersion: "0.1.0", workload: .analysis, machineClass: machineClass,
            startedAt: startedAt, finishedAt: UTCTime(unixSeconds: startedAt.unixSeconds + 58),
            environment: Environment(
                hostname: "runner-7", operatingSystem: "Debian GNU/Linux 12", kernel: "6.1.0-18-amd64",
                architecture: "x86_64", cpuModel: cpuModel, cpuCount: 2, memoryBytes: 8 << 30, loadAverage: 0.42,
                commit: "9a1c44e09a1c44e09a1c44e09a1c44e09a1c44e0", isDirty: isDirty, ref: "refs/pull/42/merge",
                pipeline: PipelineJob(platform: .github, job: "4711/gate", attempt: 1, pullRequest: "42", isFork: false)
            ),
            origin: .server(server),
            model: ModelIdentity(
                name: model, digest: "sha256:9077fe9d2ae1", quantization: "Q8_0", parameters: "135M",
                contextLength: 8_192),
            corpus: corpus,
            configuration: Configuration(
                machineClass: machineClass,
                agent: AgentConfiguration(
                    model: model, persona: "You compare benchmarks.", numGpu: 0, numCtx: 8_192, temperature: 0.2,
                    topP: 0.9, topK: 40, repeatPenalty: 1.1, seed: 7, maxTokens: 256),
                server: ServerConfiguration(
                    api: .openai, url: "http://127.0.0.1:8080", start: ["llama-server", "-m", "model.gguf"]),
                policy: policy),
            serverStarts: [1.25], runs: runs ?? [run(1), run(2), run(3)], warnings: warnings, base: base)
    }

    /// A session that has as many runs as it was to have.
    public static func wholeSession(
        id: String? = nil, name: String? = nil, runs: [Run]? = nil, model: String = "smollm2:135m",
        machineClass: String = "ci-small",
        cpuModel: String = "AMD EPYC 7763", isDirty: Bool = false
    ) -> Session {
        let session = session(
            runs: runs, model: model, machineClass: machineClass, cpuModel: cpuModel, isDirty: isDirty)
        var configuration = session.configuration
        configuration.runs = max(1, session.measuredRuns.count)
        configuration.name = name
        return Session(
            id: id ?? session.id, toolVersion: session.toolVersion, workload: session.workload,
            machineClass: machineClass, startedAt: session.startedAt, finishedAt: session.finishedAt,
            environment: session.environment, origin: session.origin, model: session.model, corpus: session.corpus,
            configuration: configuration, serverStarts: session.serverStarts, runs: session.runs, warnings: [])
    }

    static let corpus = CorpusIdentity(
        sha256: String(repeating: "0f", count: 32), files: 12, bytes: 34_567, facts: 210, unreadable: 1)

    /// The base of a session with two arms, on the same server.
    public static func base(seed: String = "00000000deadbeef") -> BaseArm {
        let head = session()
        return BaseArm(
            revision: ArmRevision(id: "4d0e2b7c9a1c44e0b7f2d9a1c44e0b7f2d9a1c44", name: "origin/main"),
            headRevision: ArmRevision(id: "9a1c44e09a1c44e09a1c44e09a1c44e09a1c44e0"), seed: seed, server: server,
            model: head.model, corpus: corpus, configuration: head.configuration, serverStarts: [1.5],
            screenFlags: ["analysis/ttft: 30% slower"], end: .decided)
    }

    /// The session as a baseline, as if it had been measured and approved so many times.
    public static func baseline(_ session: Session = session(), sessions: Int = 5) -> Baseline {
        Baseline(
            workload: session.workload, machineClass: session.machineClass,
            sessions: [ApprovedSession](
                repeating: ApprovedSession(session: session, approval: approval), count: sessions),
            history: BaselineHistory(
                sequence: 1, parent: nil, content: "sha256:" + String(repeating: "0f", count: 32), epoch: 1))
    }

    public static func recording(_ stage: StageName = .analysis, texts: [String] = ["Hello", " world"])
        -> ExchangeRecording
    {
        ExchangeRecording(
            id: "r1-\(stage)-1", stage: stage, model: "smollm2:135m", system: "You compare benchmarks.",
            prompt: "Write\nit",
            arrivals: texts.enumerated().map {
                ContentArrival(offsetNs: Nanoseconds(Int64($0.offset + 1) * 25_000_000), text: $0.element)
            }, finish: .stop, endNs: Nanoseconds(60_000_000),
            server: ServerFigures(promptTokens: 9, tokens: texts.count))
    }
}

extension Fixtures {
    /// Two CSV files that take turns in owning the facts.
    public static func corpus(facts count: Int) -> Corpus {
        let models = ["gemma3", "llama3"]
        let files = models.map { model in
            CorpusFile(
                path: "reports/\(model).csv", kind: .csv, bytes: 1500, modified: start,
                sha256: String(repeating: "0c", count: 32))
        }
        let facts = models.flatMap { model in
            (0..<count / 2).map { index in
                Fact(
                    labels: [FactLabel(.key, name: "model", text: model)], metric: "tokens_s", statistic: .raw,
                    dimension: .rate, unit: "tok/s",
                    value: .number(Double(100 + index)), written: "\(100 + index)",
                    source: FactSource(file: "reports/\(model).csv", line: index + 2, column: "tokens_s"))
            }
        }
        return Corpus(
            files: files, unreadable: [], facts: FactTable(facts),
            harvested: [
                HarvestedMetric(
                    key: "csv_tokens_s", value: 100,
                    source: FactSource(file: "reports/gemma3.csv", line: 2, column: "tokens_s"))
            ], markdownHeadings: 0, warnings: [])
    }
}

extension Fixtures {
    /// A window of 64 requests, 62 of them valid.
    public static func window(
        ttft: Double = 0.3, goodput: Double = 5, invalid: Int = 0, coalesced: Int = 0, loadSeconds: Double? = 0.05,
        ramp: [RampStep] = [], uncertaintyNs: Int64 = 80
    ) -> LoadWindow {
        LoadWindow(
            requests: 64, completed: 64 - invalid,
            errors: invalid == 0
                ? [] : [LoadErrors(kind: .cutStream, count: invalid, firstDetail: "the connection ended")],
            wallSeconds: 12.5, peakConcurrency: 16, arrivals: 6_400, coalesced: coalesced,
            latestStartNs: Nanoseconds(12_000), cacheStates: [.defeated], longestLoadSeconds: loadSeconds,
            measurements: [
                "ttft.p50": ttft, "ttft.p90": ttft * 1.5, "ttft.p99": ttft * 2, "ttft.max": ttft * 2.5,
                "itl.p50": 0.02, "itl.p90": 0.021, "itl.p99": 0.03, "itl.max": 0.05, "e2e.p50": 2, "e2e.p90": 2.25,
                "e2e.p99": 2.5, "e2e.max": 3, "throughput.p50": 49, "throughput.p90": 50, "throughput.p99": 51,
                "throughput.max": 52, "output_throughput": 512, "requests_per_second": 5.12, "goodput": goodput,
                "error_share": Double(invalid) / 64,
            ], ramp: ramp,
            clock: WindowClock(
                kind: .kernelReceive, meanUncertaintyNs: Nanoseconds(uncertaintyNs),
                largestUncertaintyNs: Nanoseconds(uncertaintyNs * 2)))
    }

    public static let load = LoadConfiguration(
        concurrency: 16, extent: .requests(64),
        limits: [LoadLimit(metric: "ttft", value: 0.5), LoadLimit(metric: "e2e", value: 10)])

    /// A session of the workload `load`, one run for each window.
    public static func loadSession(
        _ windows: [LoadWindow] = [window()], load: LoadConfiguration = load, policy: Policy = Policy()
    ) -> Session {
        let other = session(policy: policy)
        var configuration = other.configuration
        configuration.workload = .load
        configuration.load = load
        return Session(
            id: other.id, toolVersion: other.toolVersion, workload: .load, machineClass: other.machineClass,
            startedAt: other.startedAt, finishedAt: other.finishedAt, environment: other.environment,
            origin: other.origin, model: other.model, corpus: other.corpus, configuration: configuration,
            serverStarts: [],
            runs: windows.enumerated().map { index, window in
                Run(
                    index: index + 1, isWarmup: false, startedAt: start, stages: [], measurements: [:],
                    reportFile: nil, factsFile: nil, load: window)
            }, warnings: [])
    }
}
