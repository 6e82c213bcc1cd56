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
    /// Values of the header that names stages by which none can be called, each once, sorted; nil where there are none.
    public let refusedStages: [String]?
    /// Other files that its report's pattern names and that were written in this run, too; nil where there are none. At
    /// least 1.
    public let reportsBeside: Int?

    public init(
        ended: String, failure: RunFailure? = nil, leftBehind: Int = 0, reportSource: String? = nil,
        refusedStages: [String] = [], reportsBeside: Int = 0
    ) {
        self.ended = ended
        self.failure = failure
        self.leftBehind = leftBehind
        self.reportSource = reportSource
        self.refusedStages = refusedStages.isEmpty ? nil : refusedStages
        self.reportsBeside = reportsBeside > 0 ? reportsBeside : nil
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
    /// The call to which it got no answer, also not to a later one with the same prompt; nil where there is none.
    public var call: FailedCall?

    public init(_ kind: Kind, _ detail: String, lastLines: [String] = [], call: FailedCall? = nil) {
        self.kind = kind
        self.detail = detail
        self.lastLines = lastLines
        self.call = call
    }

    /// True where every further run would fail alike.
    public var isHopeless: Bool { kind == .notStarted || kind == .noCalls }

    private static let shownLines = 3

    /// With the last few lines, in one sentence; what the server did to it comes first.
    public var words: String {
        // Interpreters mark places of a line above by lines of `^` and `~`.
        let lines = lastLines.filter { $0.contains { $0.isLetter || $0.isNumber } }.suffix(RunFailure.shownLines)
        let end = lines.isEmpty ? detail : "\(detail); its last lines: \(lines.joined(separator: " | "))"
        guard let call, kind != .noValidCall else { return end }
        return "\(call.words); \(end)"
    }

    /// What mends it.
    public var remedy: String {
        switch call?.reason.kind {
        case nil: "Mend the command"
        case .notRecorded: "Record the command again ('chimera-gate record'), or make it ask what was recorded"
        case .cancelled: "Look why the server does not answer, or give the command more time (command.timeout)"
        case .unauthorized, .modelNotFound, .routeNotFound:
            "Mend the key, the model or the address with which the command asks"
        case .contextOverflow, .promptTruncated:
            "Give the model a larger context window, or let the command ask for less"
        default: "Mend the server, or what stands before it"
        }
    }
}

/// A call of a failed run that got no valid answer.
public struct FailedCall: Codable, Sendable, Equatable {
    /// In the order in which the run's calls began, counted from 1.
    public let number: Int
    public let stage: StageName
    /// What came in place of an answer; of one that was under way when the time limit ended the command, `cancelled`.
    public let reason: InvalidCall

    public init(number: Int, stage: StageName, reason: InvalidCall) {
        self.number = number
        self.stage = stage
        self.reason = reason
    }

    fileprivate var words: String { "call \(number) (\(stage)) got no valid answer: \(reason.detail)" }

    /// The last call of a failed run whose question nobody answered, also not later; nil where each was.
    ///
    /// - Parameters:
    ///   - calls: of the run, in the order in which they began.
    ///   - isTimeLimit: the command was ended by its time limit, so that what it cancelled then hung.
    public init?(unansweredOf calls: [Exchange], isTimeLimit: Bool) {
        for (index, call) in calls.enumerated().reversed() {
            guard case .invalid(let reason) = call.outcome, reason.kind != .cancelled || isTimeLimit,
                !calls[(index + 1)...].contains(where: { $0.outcome.isValid && $0.prompt.sha256 == call.prompt.sha256 })
            else { continue }
            let hung = InvalidCall(
                .cancelled,
                "it was under way for \(DisplayFormat.seconds(call.timing.endNs.seconds)) when the time limit ended the command"
            )
            self.init(number: index + 1, stage: call.stage, reason: reason.kind == .cancelled ? hung : reason)
            return
        }
        return nil
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
