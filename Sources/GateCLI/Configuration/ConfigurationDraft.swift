internal import GateCore

/// What a file or the flags say; everything that they leave open is nil.
struct ConfigurationDraft: Sendable, Equatable {
    /// The file that was read; nil where there was none.
    var path: String?
    var version: Located<Int>?
    var workload: Located<WorkloadKind>?
    var machineClass: Located<String>?
    var corpus = CorpusDraft()
    var agent = AgentDraft()
    var server = ServerDraft()
    var base = BaseDraft()
    var runs: Located<Int>?
    var warmupRuns: Located<Int>?
    var loadRuns: Located<Int>?
    var inconclusive: Located<InconclusivePolicy>?
    var machineBusy: Located<MachineBusyPolicy>?
    var alpha: Located<Double>?
    var pairs: Located<Int>?
    var metrics: [MetricDraft] = []
    var quality = QualityDraft()
}

struct CorpusDraft: Sendable, Equatable {
    var roots: Located<[CorpusRoot]>?
    var maxFiles: Located<Int>?
    var maxFileBytes: Located<Int>?
}

struct AgentDraft: Sendable, Equatable {
    var model: Located<String>?
    var persona: Located<String>?
    var numGpu: Located<Int>?
    var numCtx: Located<Int>?
    var temperature: Located<Double>?
    var topP: Located<Double>?
    var topK: Located<Int>?
    var repeatPenalty: Located<Double>?
    var seed: Located<Int>?
    var maxTokens: Located<Int>?
    var promptCache: Located<PromptCachePolicy>?
}

struct ServerDraft: Sendable, Equatable {
    var api: Located<ServerAPI>?
    var url: Located<String>?
    var start: Located<[String]>?
    var timeouts = TimeoutDraft()
    var unixSocket: Located<String>?
    var caFile: Located<String>?
    var followsRedirects: Located<Bool>?
    var retries: Located<Int>?
    var proxy: Located<ProxyPolicy>?
    var tokenFile: Located<String>?
    var tokenVariable: Located<String>?
}

extension ServerDraft {
    /// False where Ollama's usual address is tried.
    var isNamed: Bool { url != nil || unixSocket != nil }
}

/// What another revision is measured with when this one is compared with it.
struct BaseDraft: Sendable, Equatable {
    var server = ServerDraft()
}

/// Seconds.
struct TimeoutDraft: Sendable, Equatable {
    var connect: Located<Double>?
    var firstToken: Located<Double>?
    var idle: Located<Double>?
    var total: Located<Double>?
    var ready: Located<Double>?
}

/// What is demanded of one metric, in the stage or in all; limits in the metric's base unit.
struct MetricDraft: Sendable, Equatable {
    let metric: MetricID
    let stage: StageName?
    var role: Located<MetricRole>?
    var tolerance: Located<Tolerance>?
    var max: Located<Double>?
    var min: Located<Double>?
}
