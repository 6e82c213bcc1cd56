import GateClock
public import GateCore
import GateCorpus
import GateDigest
public import GateStream

/// The analysis workload: ingest, then the stages of one agent or of two in a chain. One value serves all runs of a
/// session; used by the thread that owns the client.
public final class Workload {
    /// A server that asks for a longer pause is not waited for so long. Seconds.
    static let longestPause = 60.0

    private let configuration: Configuration
    private let profile: ServerProfile
    private let client: ModelClient
    private let ingest: () throws -> Corpus
    private let progress: (RunProgress) -> Void
    private let window: ContextWindow

    /// - Parameters:
    ///   - ingest: reads the corpus; its wall time is a metric, so it is called in every run.
    ///   - progress: told as the run proceeds.
    public init(
        configuration: Configuration, profile: ServerProfile, client: ModelClient,
        ingest: @escaping () throws -> Corpus, progress: @escaping (RunProgress) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.profile = profile
        self.client = client
        self.ingest = ingest
        self.progress = progress
        self.window = ContextWindow.resolve(agent: configuration.agent, profile: profile).window
    }

    /// Runs the workload once.
    ///
    /// Throws what stops the work: an error of ingest, ``ContextTooSmall``, or a client that cannot be set up. A call
    /// that fails is data in the run.
    public func run(index: Int, isWarmup: Bool, startedAt: UTCTime) throws -> WorkloadRun {
        let began = MonotonicClock.now()
        let corpus = try ingest()
        var record = RunRecord(index: index, date: startedAt.date)
        record.measurements["ingest"] = seconds(since: began)
        progress(.ingested(files: corpus.files.count, facts: corpus.facts.count))
        let prompts = PromptBuilder(corpus: corpus, date: startedAt.date, window: window)
        try checkThatPromptsFit(prompts)
        try runStages(prompts, record: &record)
        let isComplete = record.failed == false
        // What was refused and waited for before the attempts that counted is no part of how long the work takes.
        if isComplete { record.measurements["workflow"] = seconds(since: began) - record.retriedSeconds }
        let run = Run(
            index: index, isWarmup: isWarmup, startedAt: startedAt, stages: record.stages,
            measurements: record.measurements, reportFile: nil, factsFile: nil)
        let reports = ReportWriter(
            configuration: configuration, model: profile.model.name, corpus: corpus, record: record)
        return WorkloadRun(
            run: run, corpus: corpus, report: isComplete ? reports.report : nil,
            modelText: isComplete ? reports.modelText : nil, inventory: reports.inventory,
            facts: reports.facts(agent: persona.name), recordings: record.recordings)
    }

    /// A later stage's prompt that cannot fit must end the work before the first call, not lose it.
    private func checkThatPromptsFit(_ prompts: PromptBuilder) throws(ContextTooSmall) {
        if configuration.workload == .dual { _ = try prompts.inventory(collector) }
        _ = try prompts.analysis(persona, inventory: nil)
        _ = try prompts.report(persona, analysis: AnalysisExtract(""), inventory: nil)
    }

    private var collector: Persona { Persona.collector(folders: configuration.corpus.roots.map(\.path)) }

    /// Who analyses and reports.
    private var persona: Persona {
        switch configuration.workload {
        // Many requests have no agents, a command and another tool have their own, and none is run by this workload.
        case .analysis, .load, .command, .imported: Persona.analyst(configuration.agent)
        case .dual: Persona.insight(configuration.agent)
        }
    }

    /// Stops at the first stage that fails: what follows would reason over nothing.
    private func runStages(_ prompts: PromptBuilder, record: inout RunRecord) throws {
        var inventory: String?
        if configuration.workload == .dual {
            inventory = try call(
                .inventory, collector, prompt: try prompts.inventory(collector), record: &record)
            guard inventory != nil else { return }
        }
        let analysisPrompt = try prompts.analysis(persona, inventory: inventory)
        guard let analysis = try call(.analysis, persona, prompt: analysisPrompt, record: &record) else { return }
        let reportPrompt = try prompts.report(persona, analysis: AnalysisExtract(analysis), inventory: inventory)
        _ = try call(.report, persona, prompt: reportPrompt, record: &record)
    }

    // MARK: - One stage

    /// Calls the model for one stage, again where that is safe; returns the answer, or nil when the last try failed.
    private func call(
        _ stage: StageName, _ persona: Persona, prompt: ChatPrompt, record: inout RunRecord
    ) throws -> String? {
        progress(.stageStarted(stage))
        let begun = MonotonicClock.now()
        var began = begun
        var exchanges: [Exchange] = []
        var answer: ChatAnswer
        let retries = configuration.server.transport?.retries ?? 0
        var pauseSeconds = 0.0
        repeat {
            if let reason = exchanges.last?.invalidReason {
                progress(.retrying(stage, attempt: exchanges.count + 1, reason))
                pause(seconds: pauseSeconds)
            }
            began = MonotonicClock.now()
            answer = try client.call(prompt)
            pauseSeconds = min(answer.retryAfterSeconds ?? Double(exchanges.count + 1), Workload.longestPause)
            exchanges.append(
                exchange(
                    answer, id: "run-\(record.index)/\(stage)/\(exchanges.count + 1)", stage: stage,
                    attempt: exchanges.count + 1, prompt: prompt))
        } while answer.mayBeRetried && exchanges.count <= retries
        let wall = seconds(since: began)
        record.retriedSeconds += Double(began - begun) / 1e9
        record.stages.append(
            StageResult(name: stage, agent: persona.role, wallSeconds: wall, exchanges: exchanges))
        progress(
            .stageEnded(
                stage, answer.outcome, tokens: answer.server.tokens, wallSeconds: wall,
                throughput: exchanges.last?.measurements["throughput"]))
        guard case .completed(let finish) = answer.outcome else {
            record.failed = true
            return nil
        }
        record.measurements[MetricID(rawValue: stage.rawValue)] = wall
        record.texts[stage] = answer.text
        record.personas[stage] = persona
        record.recordings.append(
            ExchangeRecording(
                id: "run-\(record.index)/\(stage)/\(exchanges.count)", stage: stage, model: configuration.agent.model,
                system: prompt.system, example: prompt.example, prompt: prompt.user, arrivals: answer.arrivals,
                finish: finish,
                endNs: answer.timing.endNs, server: answer.server))
        return answer.text
    }

    private func exchange(
        _ answer: ChatAnswer, id: String, stage: StageName, attempt: Int, prompt: ChatPrompt
    ) -> Exchange {
        let text = prompt.texts.joined(separator: "\u{0}")
        return Exchange(
            id: id, stage: stage, attempt: attempt, outcome: answer.outcome, modelState: .warm, cache: answer.cache,
            prompt: PromptIdentity(
                sha256: SHA256.hash(text),
                bytes: prompt.texts.reduce(0) { $0 + $1.utf8.count },
                nonce: answer.nonce),
            timing: answer.timing, server: answer.server, measurements: answer.measurements)
    }
}

extension ChatAnswer {
    /// Whether the same call may succeed when it is made again: by its reason, or because the server names a time.
    fileprivate var mayBeRetried: Bool {
        if case .invalid(let reason) = outcome { reason.mayBeRetried || retryAfterSeconds != nil } else { false }
    }
}

extension Exchange {
    /// Why the call is invalid; nil for a valid one.
    public var invalidReason: InvalidCall? {
        if case .invalid(let reason) = outcome { reason } else { nil }
    }
}

/// What gathers while a run proceeds.
struct RunRecord {
    let index: Int
    let date: String
    var stages: [StageResult] = []
    var measurements = Measurements()
    var texts: [StageName: String] = [:]
    var personas: [StageName: Persona] = [:]
    var recordings: [ExchangeRecording] = []
    var failed = false
    /// Spent on attempts that were made again, and on the pauses between them.
    var retriedSeconds = 0.0
}

private func seconds(since start: Int64) -> Double { Double(MonotonicClock.now() - start) / 1e9 }
