import GateCore
import GateHTTP
import GateJSON
import Synchronization

/// Decides what each request is answered with. Does no I/O.
final class ReplayService: Sendable {
    let library: RecordingLibrary
    let options: ReplayOptions
    let cards: [ModelCard]
    private let passed: PassedLibrary?

    private struct State {
        var requests = 0
        var generations = 0
        var isLoaded: Bool
        /// How often each group of equally good recordings has been served.
        var turns: [[Int]: Int] = [:]
        var log = RequestLog()
    }

    private let state: Mutex<State>

    init(
        recordings: [ExchangeRecording], passed: [PassedExchange] = [], options: ReplayOptions
    ) throws(ReplayError) {
        try options.validate()
        self.passed = try PassedLibrary(passed)
        let library = try RecordingLibrary(recordings)
        self.library = library
        self.options = options
        cards = library.models.map { name in
            ModelCard(
                name: name, contextLength: options.contextLength, recorded: options.recordedModel,
                recordings: library.recordings.filter { $0.model == name })
        }
        state = Mutex(State(isLoaded: options.loadSeconds == nil))
    }

    /// The last requests, the oldest first.
    var requests: [ReplayedRequest] { state.withLock { $0.log.requests } }

    /// Whether the model is in memory.
    var isLoaded: Bool {
        get { state.withLock { $0.isLoaded } }
        set { state.withLock { $0.isLoaded = newValue || options.loadSeconds == nil } }
    }

    /// What a request is answered with; the request is in the log when this returns.
    func script(for request: HTTPRequest) -> Script {
        let count = state.withLock { state in
            state.requests += 1
            return state.requests
        }
        let dialect = Dialect(path: request.path)
        let (script, recording) =
            count <= options.loadingRequests
            ? (Script(dialect.loading, to: request.head), nil)
            : exactScript(for: request, dialect).map { ($0, ExchangeRecording?.none) }
                ?? (dialect == .ollama ? ollamaScript(for: request) : openAIScript(for: request))
        let entry = ReplayedRequest(
            method: request.method, path: request.path,
            headers: Dictionary(request.head.fields.map { ($0.name, $0.value) }) { "\($0), \($1)" },
            body: String(decoding: request.body, as: UTF8.self), recording: recording?.id)
        state.withLock { $0.log.append(entry) }
        return script
    }

    /// The answer to the very request, or what is wrong with one that was not recorded; nil where only prompts were, and for
    /// questions about the server that were not among what was recorded.
    private func exactScript(for request: HTTPRequest, _ dialect: Dialect) -> Script? {
        guard let passed else { return nil }
        if let exchange = passed.exchange(for: request) {
            return Script(exchange, to: request.head, options: options)
        }
        guard request.method == "POST" else { return nil }
        let message = passed.objection(to: request)
        return Script(dialect.error(404, message, type: "not_recorded"), to: request.head)
    }

    /// The answer to a generation request, or what takes its place.
    ///
    /// - Parameter format: how the answer is written, given the recording, whether figures are said, and the number of
    ///   the request.
    func answer(
        _ wanted: GenerationRequest, to request: HTTPRequest, dialect: Dialect,
        format: (ExchangeRecording, FaultPlan, Int) -> any AnswerFormat
    ) -> (Script, ExchangeRecording?) {
        let number = state.withLock { state in
            state.generations += 1
            return state.generations
        }
        let faults = options.plan(ofRequest: number)
        if let refusal = faults.refusal {
            let response = dialect.response(
                to: refusal, model: wanted.model, contextLength: options.contextLength)
            return (response.map { Script($0, to: request.head) } ?? Script(ending: .close), nil)
        }
        if dialect == .ollama, wanted.wantsThinking, faults.thinkingPieces == 0 {
            let problem = RequestProblem("\"\(wanted.model)\" does not support thinking")
            return (Script(dialect.problem(problem), to: request.head), nil)
        }
        guard let recording = nextRecording(for: wanted) else {
            return (Script(dialect.modelNotFound(wanted.model), to: request.head), nil)
        }
        let isCold = dialect == .ollama && load()
        if wanted.unloads { isLoaded = false }
        let timeline = ReplayTimeline(
            recording, options: options, tokenCap: wanted.tokenCap, isCold: isCold, promptWords: wanted.promptWords)
        let composer = AnswerComposer(
            format: format(recording, faults, number), answer: timeline.with(faults), faults: faults,
            head: request.head)
        return (composer.script(streamed: wanted.isStreamed), recording)
    }

    /// Loads the model; true when it was not in memory.
    func load() -> Bool {
        state.withLock { state in
            defer { state.isLoaded = true }
            return !state.isLoaded
        }
    }

    /// The recording that fits best; where several fit equally well, they take turns.
    private func nextRecording(for wanted: GenerationRequest) -> ExchangeRecording? {
        let best = library.best(for: wanted.text, model: library.model(named: wanted.model))
        guard !best.isEmpty else { return nil }
        let turn = state.withLock { state in
            defer { state.turns[best, default: 0] += 1 }
            return state.turns[best, default: 0]
        }
        return library.recordings[best[turn % best.count]]
    }
}
