/// How one start of a command went.
public struct CommandRun: Codable, Sendable, Equatable {
    /// How it ended: `exit status 0`, `signal 9`, `time limit of 600 s`.
    public let ended: String
    /// Why the run has no figures that count; nil for one that did its work.
    public let failure: RunFailure?
    /// Processes that it left behind and that were ended with it.
    public let leftBehind: Int
    /// Where its report lay, as the configuration's pattern found it; nil where none was asked for or found.
    public let reportSource: String?

    public init(ended: String, failure: RunFailure? = nil, leftBehind: Int = 0, reportSource: String? = nil) {
        self.ended = ended
        self.failure = failure
        self.leftBehind = leftBehind
        self.reportSource = reportSource
    }
}

/// Why a start of a command is kept and reported, but never averaged.
public struct RunFailure: Codable, Sendable, Equatable, Error {
    /// What went wrong with a run.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case notStarted = "not_started"
        /// An exit code that is none of ``CommandConfiguration/success``.
        case exitCode = "exit_code"
        case signal
        case timeLimit = "time_limit"
        /// It made no call through the proxy.
        case noCalls = "no_calls"
        /// None of its calls was answered.
        case noValidCall = "no_valid_call"
        case noReport = "no_report"
        /// The report that is there is of before the run.
        case staleReport = "stale_report"
        /// The report cannot be read.
        case unreadableReport = "unreadable_report"
    }

    public let kind: Kind
    /// What happened, in words that follow `run 3: `.
    public let detail: String
    /// The last lines of what it wrote to its standard error, else to its standard output.
    public let lastLines: [String]

    public init(_ kind: Kind, _ detail: String, lastLines: [String] = []) {
        self.kind = kind
        self.detail = detail
        self.lastLines = lastLines
    }

    /// True where every further run would fail alike.
    public var isHopeless: Bool { kind == .notStarted || kind == .noCalls }

    private static let shownLines = 3

    /// With the last few lines, in one sentence.
    public var words: String {
        let lines = lastLines.suffix(RunFailure.shownLines)
        return lines.isEmpty ? detail : "\(detail); its last lines: \(lines.joined(separator: " | "))"
    }
}

/// What a command asked for in one call.
public struct AskedRequest: Codable, Sendable, Equatable {
    /// `POST /v1/chat/completions`
    public let route: String
    /// As the request names it; nil where it names none.
    public let model: String?
    /// What else it asked for, sorted by name.
    public let options: [RequestOption]
    /// Whether the server answered a stream.
    public let isStreamed: Bool
    /// False for a route that answers with no tokens, such as embeddings, and for one that is not known.
    public let isGeneration: Bool

    public init(route: String, model: String?, options: [RequestOption], isStreamed: Bool, isGeneration: Bool) {
        self.route = route
        self.model = model
        self.options = options
        self.isStreamed = isStreamed
        self.isGeneration = isGeneration
    }
}

/// An option of a request, its value as canonical JSON.
public struct RequestOption: Codable, Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its value as canonical JSON, or the digest of a long one.
    public let value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension Session {
    /// The runs of a command that failed, of both arms, warm-up included.
    public var failedRuns: [(run: Run, failure: RunFailure)] {
        runs.compactMap { run in run.command?.failure.map { (run, $0) } }
    }
}
