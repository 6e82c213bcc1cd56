/// The part of a run that a call belongs to: `inventory`, `analysis`, `report`, for a command the names of its own stages,
/// else `calls`; `load` for figures of many requests together, `run` for figures of the whole run.
public struct StageName: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }

    public var description: String { rawValue }
    public static func < (left: StageName, right: StageName) -> Bool { left.rawValue < right.rawValue }

    public static let inventory: StageName = "inventory"
    public static let analysis: StageName = "analysis"
    public static let report: StageName = "report"
    /// The calls of a command that belong to no stage of its own.
    public static let calls: StageName = "calls"
    /// All requests of a window.
    public static let load: StageName = "load"
    /// Not a stage of its own: the scope of figures that belong to a whole run.
    public static let run: StageName = "run"
}

/// Whether the model was already in memory when a call began. Two populations, never mixed.
public enum ModelState: String, Codable, Sendable, CaseIterable {
    case warm
    case cold
}

/// What is known about the prompt cache during a call.
public enum PromptCacheState: String, Codable, Sendable, CaseIterable {
    /// The server says that it evaluated the whole prompt, or the prompt was made unique at its start.
    case defeated
    /// The server says that it took part of the prompt from its cache.
    case hit
    /// The server says nothing about it, and every prompt was unique at its start: no cache that we know of can have
    /// answered. Judged as ``defeated``, with that assumption named.
    case assumedDefeated = "assumed_defeated"
    /// The server says nothing about it, and nothing was done against it.
    case unknown

    /// What decides whether two sessions can be compared.
    public var asJudged: PromptCacheState { self == .assumedDefeated ? .defeated : self }
}

/// Why the answer ended.
public enum FinishReason: String, Codable, Sendable, CaseIterable {
    /// The model ended its answer by itself.
    case stop
    /// The token cap or the context window cut the answer: it is `truncated`.
    case length
    /// The model ended its answer by calling a tool.
    case toolCalls = "tool_calls"
}

/// A call that is kept and reported but never averaged.
public struct InvalidCall: Codable, Sendable, Equatable, Error {
    /// What went wrong with a call.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case connectionRefused = "connection_refused"
        case hostNotFound = "host_not_found"
        case connectionFailed = "connection_failed"
        case tlsFailed = "tls_failed"
        case redirected = "redirected"
        case modelNotFound = "model_not_found"
        case contextOverflow = "context_overflow"
        case promptTruncated = "prompt_truncated"
        case unauthorized = "unauthorized"
        case serverLoading = "server_loading"
        /// The server has no such route: another API, or an address with another path.
        case routeNotFound = "route_not_found"
        /// A replay was asked what was not recorded.
        case notRecorded = "not_recorded"
        case httpStatus = "http_status"
        case serverError = "server_error"
        case malformedStream = "malformed_stream"
        case cutStream = "cut_stream"
        case noTokens = "no_tokens"
        /// The server ended the answer for a reason that is none of a whole answer.
        case endedByServer = "ended_by_server"
        /// A reasoning model never came to its answer.
        case onlyThinking = "only_thinking"
        case toolCall = "tool_call"
        case refusal = "refusal"
        /// A whole JSON answer, a page or nothing where a stream should be.
        case notStreamed = "not_streamed"
        /// The server's counts or durations disagree with what was sent and received.
        case implausibleFigures = "implausible_figures"
        case rateLimited = "rate_limited"
        case connectTimeout = "connect_timeout"
        case firstTokenTimeout = "first_token_timeout"
        case idleTimeout = "idle_timeout"
        case totalTimeout = "total_timeout"
        case tooLarge = "too_large"
        /// Who asked did not wait for the end of the answer.
        case cancelled = "cancelled"
    }

    public let kind: Kind
    /// What the server or the network said; never contains credentials.
    public let detail: String

    public init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// True where nothing listened or answered at all, so that no server can be said to be there.
    public var meansNoServer: Bool {
        switch kind {
        case .connectionRefused, .hostNotFound, .connectionFailed, .connectTimeout: true
        default: false
        }
    }

    /// True where the same call may succeed when it is made again, and making it again is harmless.
    public var mayBeRetried: Bool {
        switch kind {
        case .connectionRefused, .connectionFailed, .serverLoading, .rateLimited: true
        default: false
        }
    }
}

public enum ExchangeOutcome: Sendable, Equatable {
    case completed(FinishReason)
    case invalid(InvalidCall)

    public var isValid: Bool {
        if case .completed = self { return true }
        return false
    }
}

extension ExchangeOutcome: Codable {
    private enum Keys: String, CodingKey { case finish, truncated, invalid }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        if let invalid = try container.decodeIfPresent(InvalidCall.self, forKey: .invalid) {
            self = .invalid(invalid)
        } else {
            self = .completed(try container.decode(FinishReason.self, forKey: .finish))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        switch self {
        case .completed(let finish):
            try container.encode(finish, forKey: .finish)
            try container.encode(finish == .length, forKey: .truncated)
        case .invalid(let invalid): try container.encode(invalid, forKey: .invalid)
        }
    }
}

/// What the server says of a call, in base units; nil where it says nothing. Never mixed with the client's figures.
public struct ServerFigures: Codable, Sendable, Equatable {
    /// Loading the model.
    public var loadSeconds: Double?
    /// Evaluating the prompt.
    public var promptEvalSeconds: Double?
    /// Generating.
    public var evalSeconds: Double?
    /// The whole call.
    public var totalSeconds: Double?
    /// Tokens of the prompt.
    public var promptTokens: Int?
    /// Generated tokens.
    public var tokens: Int?
    /// Those of ``tokens`` that are thinking.
    public var thinkingTokens: Int?
    /// Prompt tokens that came out of the server's cache.
    public var cachedPromptTokens: Int?

    public init(
        loadSeconds: Double? = nil, promptEvalSeconds: Double? = nil, evalSeconds: Double? = nil,
        totalSeconds: Double? = nil, promptTokens: Int? = nil, tokens: Int? = nil, thinkingTokens: Int? = nil,
        cachedPromptTokens: Int? = nil
    ) {
        self.loadSeconds = loadSeconds
        self.promptEvalSeconds = promptEvalSeconds
        self.evalSeconds = evalSeconds
        self.totalSeconds = totalSeconds
        self.promptTokens = promptTokens
        self.tokens = tokens
        self.thinkingTokens = thinkingTokens
        self.cachedPromptTokens = cachedPromptTokens
    }
}

/// A piece of content and when it arrived, counted from the moment the request was about to be written.
public struct ContentArrival: Codable, Sendable, Equatable {
    public let offsetNs: Nanoseconds
    public let text: String
    /// True for a piece of thinking; absent for one of content.
    public let thinking: Bool?

    public init(offsetNs: Nanoseconds, text: String, thinking: Bool? = nil) {
        self.offsetNs = offsetNs
        self.text = text
        self.thinking = thinking
    }

    public var isThinking: Bool { thinking == true }
}

/// The client's clock of one call. Offsets count from the moment the request was about to be written.
public struct StreamTiming: Codable, Sendable, Equatable {
    /// Name lookup, TCP connection and TLS; outside all offsets.
    public var connectNs: Nanoseconds
    public var firstThinkingNs: Nanoseconds?
    /// How long the model thought: see the metric `thinking`. nil where it did not.
    public var thinkingNs: Nanoseconds?
    /// Pieces of thinking among ``arrivals``; nil where there are none.
    public var thinkingArrivals: Int?
    public var firstContentNs: Nanoseconds?
    public var lastContentNs: Nanoseconds?
    public var endNs: Nanoseconds
    /// Pieces that arrived, of content, thinking and tool calls.
    public var arrivals: Int
    /// Pieces that came in the same read as the piece before them, so that their gap is not known.
    public var coalesced: Int
    /// What stamped the arrivals; nil in sessions of versions that did not say.
    public var clock: ArrivalClock?
    /// How exact the stamps are: of the kernel's receive time how exactly its clock was compared with ours, of the
    /// clock at the read for how long content lay unread in 99 of 100 reads, at most.
    public var clockUncertaintyNs: Nanoseconds?
    /// The longest time that content lay unread.
    public var longestLagNs: Nanoseconds?
    /// True where coalescing or the clock has spoilt the gaps between arrivals: the inter-token figures that cannot be
    /// known then are not there.
    public var degraded: Bool?
    /// True where so much of the answer came at once that its throughput cannot be told from the arrivals.
    public var throughputDegraded: Bool?
    /// True where the server named durations that are longer than the call: they are left out of its figures.
    public var serverTimesRefused: Bool?
    /// Bytes of text in all pieces, as JSON writes them; nil in sessions of versions that did not say.
    public var textBytes: Int?
    /// Pieces and bytes of text in the first read that had any.
    public var firstReadArrivals: Int?
    /// Bytes of text in that read.
    public var firstReadBytes: Int?

    public init(
        connectNs: Nanoseconds = .zero, firstThinkingNs: Nanoseconds? = nil, thinkingNs: Nanoseconds? = nil,
        thinkingArrivals: Int? = nil, firstContentNs: Nanoseconds? = nil,
        lastContentNs: Nanoseconds? = nil, endNs: Nanoseconds = .zero, arrivals: Int = 0, coalesced: Int = 0,
        clock: ArrivalClock? = nil, clockUncertaintyNs: Nanoseconds? = nil, longestLagNs: Nanoseconds? = nil,
        degraded: Bool? = nil, textBytes: Int? = nil, firstReadArrivals: Int? = nil, firstReadBytes: Int? = nil
    ) {
        self.connectNs = connectNs
        self.firstThinkingNs = firstThinkingNs
        self.thinkingNs = thinkingNs
        self.thinkingArrivals = thinkingArrivals
        self.firstContentNs = firstContentNs
        self.lastContentNs = lastContentNs
        self.endNs = endNs
        self.arrivals = arrivals
        self.coalesced = coalesced
        self.clock = clock
        self.clockUncertaintyNs = clockUncertaintyNs
        self.longestLagNs = longestLagNs
        self.degraded = degraded
        self.textBytes = textBytes
        self.firstReadArrivals = firstReadArrivals
        self.firstReadBytes = firstReadBytes
    }
}

/// Which prompt was sent: enough to prove that two calls asked the same.
public struct PromptIdentity: Codable, Sendable, Equatable {
    /// SHA-256 of system message, example and user message, hexadecimal; the cache-defeating nonce is not part of it.
    public let sha256: String
    /// Its size.
    public let bytes: Int
    /// The line that made the prompt unique at its start; nil where the server has a switch for its cache.
    public let nonce: String?

    public init(sha256: String, bytes: Int, nonce: String?) {
        self.sha256 = sha256
        self.bytes = bytes
        self.nonce = nonce
    }
}

/// One request to the model server with everything that was measured of it.
public struct Exchange: Codable, Sendable, Equatable {
    /// Unique in the session.
    public let id: String
    public let stage: StageName
    /// 1 for the first try.
    public let attempt: Int
    public let outcome: ExchangeOutcome
    public var modelState: ModelState
    public let cache: PromptCacheState
    public let prompt: PromptIdentity
    /// What a command asked for; nil for a call of ours.
    public var request: AskedRequest?
    public let timing: StreamTiming
    public let server: ServerFigures
    /// The call's metrics in base units; empty for an invalid call.
    public let measurements: Measurements

    public init(
        id: String, stage: StageName, attempt: Int, outcome: ExchangeOutcome, modelState: ModelState,
        cache: PromptCacheState, prompt: PromptIdentity, request: AskedRequest? = nil, timing: StreamTiming,
        server: ServerFigures, measurements: Measurements
    ) {
        self.id = id
        self.stage = stage
        self.attempt = attempt
        self.outcome = outcome
        self.modelState = modelState
        self.cache = cache
        self.prompt = prompt
        self.request = request
        self.timing = timing
        self.server = server
        self.measurements = measurements
    }
}

/// What was said in one call, with its timing: enough to serve it again (`chimera-gate replay`).
public struct ExchangeRecording: Codable, Sendable, Equatable {
    public let id: String
    public let stage: StageName
    public let model: String
    public let system: String
    /// Absent where there is none.
    public let example: PromptExample?
    public let prompt: String
    public var arrivals: [ContentArrival]
    public let finish: FinishReason
    public let endNs: Nanoseconds
    public let server: ServerFigures

    public init(
        id: String, stage: StageName, model: String, system: String, example: PromptExample? = nil, prompt: String,
        arrivals: [ContentArrival], finish: FinishReason, endNs: Nanoseconds, server: ServerFigures
    ) {
        self.id = id
        self.stage = stage
        self.model = model
        self.system = system
        self.example = example
        self.prompt = prompt
        self.arrivals = arrivals
        self.finish = finish
        self.endNs = endNs
        self.server = server
    }

    /// The whole answer, without the thinking.
    public var text: String { arrivals.filter { !$0.isThinking }.map(\.text).joined() }
}
