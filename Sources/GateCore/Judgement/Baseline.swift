/// Why a session became a baseline, by whom and from what.
public struct Approval: Codable, Sendable, Equatable {
    /// As the approver gave it. Not empty.
    public let reason: String
    public let approvedAt: UTCTime
    /// Name or address of who approved; nil where git and the environment do not tell.
    public let approvedBy: String?
    /// The commit that was measured, hexadecimal; nil outside a git repository.
    public let commit: String?
    /// What spoke against it and was approved all the same, by name; nil where nothing did. Not empty.
    public let overrides: [ApprovalDoubt]?
    /// The metrics or checks that were approved, as they were named; nil for all.
    public let metrics: [String]?
    /// The proof of the approval; nil where nobody signed it.
    public private(set) var signature: ApprovalSignature?

    public init(
        reason: String, approvedAt: UTCTime, approvedBy: String?, commit: String?, overrides: [ApprovalDoubt]? = nil,
        metrics: [String]? = nil
    ) {
        self.reason = reason
        self.approvedAt = approvedAt
        self.approvedBy = approvedBy
        self.commit = commit
        self.overrides = overrides
        self.metrics = metrics
    }

    /// The same approval with another signature, or with none.
    public func signed(_ signature: ApprovalSignature?) -> Approval {
        var approval = self
        approval.signature = signature
        return approval
    }

    /// The same approval, of a session that something speaks against, or of a part of its figures.
    public func with(overrides: [ApprovalDoubt], metrics: [String]?) -> Approval {
        Approval(
            reason: reason, approvedAt: approvedAt, approvedBy: approvedBy, commit: commit,
            overrides: overrides.isEmpty ? nil : overrides, metrics: metrics)
    }
}

/// What speaks against approving a session, unless somebody says by that name that it may be approved all the same.
public enum ApprovalDoubt: String, Codable, Sendable, CaseIterable {
    /// Calls of it failed.
    case calls
    /// Its reports have errors that are not allowed.
    case quality
    /// More than half of its reports are broken ones.
    case brokenReports = "broken-reports"
    /// Fewer runs than it was to have, or one that did not finish.
    case runs
    /// The working tree held changes that no commit has: nobody knows what was measured.
    case dirty
    /// It is of another machine than the class that it names.
    case machine = "class"
}

/// A session that was approved: its raw samples and everything that says what they were measured on.
public struct ApprovedSession: Codable, Sendable, Equatable {
    /// The session's id. Not empty.
    public let sessionId: String
    public private(set) var approval: Approval
    /// The version of chimera-gate that measured.
    public let toolVersion: String
    public let measuredAt: UTCTime
    public let environment: Environment
    private let server: ServerIdentity?
    private let tool: ToolIdentity?
    public let model: ModelIdentity
    /// nil, as ``agent``, of what another tool measured: files of before this was left out have values that nobody chose.
    public let corpus: CorpusIdentity?
    public let agent: AgentConfiguration?
    /// What the workload `load` asked for; nil for the others.
    public let load: LoadConfiguration?
    /// What the workload `command` started; nil for the others.
    public let command: CommandConfiguration?
    /// What it asked of the model; nil for the others.
    public let asked: AskedWork?
    /// SHA-256 of what the agent was told besides its data; nil for a load, and in baselines of before it was kept.
    public let prompts: String?
    /// States of the prompt cache that were seen, sorted.
    public let cacheStates: [PromptCacheState]
    /// Sorted by check; raw values are kept so that a later judgement can ask more of them than their median. Not
    /// empty.
    public private(set) var samples: [Sample]
    /// Its calls that count, and how many of them failed; nil in baselines of before they were kept.
    public let calls: CallCounts?
    /// What its reports were like; nil in baselines of before they were judged, and for a session without reports.
    public let quality: ApprovedQuality?

    public init(session: Session, approval: Approval, quality: ApprovedQuality? = nil) {
        self.init(session: session, approval: approval, quality: quality, partial: session.partialReports)
    }

    /// - Parameter partial: the numbers of the runs of which what grows with the report is left out.
    package init(session: Session, approval: Approval, quality: ApprovedQuality? = nil, partial: Set<Int>) {
        self.sessionId = session.id
        self.approval = approval
        self.toolVersion = session.toolVersion
        self.measuredAt = session.startedAt
        self.environment = session.environment
        (server, tool) = session.origin.members
        self.model = session.model
        self.corpus = session.corpus
        self.agent = session.origin.server == nil ? nil : session.configuration.agent
        self.load = session.configuration.load
        self.command = session.configuration.command
        self.asked = session.asked(by: .head)
        self.prompts = session.prompts
        self.cacheStates = session.cacheStates
        self.samples = session.samples(withoutReportsOf: partial).values.sorted { $0.check < $1.check }
        self.calls = session.callCounts()
        self.quality = quality
    }
}

extension ApprovedSession {
    /// - Parameter workload: of the baseline that it is in.
    public func origin(in workload: WorkloadKind) -> Origin {
        Origin(server: server, tool: tool, isImported: workload == .imported)
    }
    /// False of a document that names neither a server, with agent and corpus, nor a tool, or both.
    public var hasOrigin: Bool {
        (server == nil) != (tool == nil) && (server == nil || (agent != nil && corpus != nil))
    }

    /// The same session with other words, or with a part of its samples.
    public func with(approval: Approval, samples: [Sample]) -> ApprovedSession {
        var session = self
        session.approval = approval
        session.samples = samples
        return session
    }
}

/// Where a file of baselines stands among those that had its place before.
public struct BaselineHistory: Codable, Sendable, Equatable {
    /// Counts the files that have had this place, 1 for the first.
    public let sequence: Int
    /// `sha256:` and the digest of the file before: of its content, or of its bytes where it did not say that; nil for
    /// the first.
    public let parent: String?
    /// `sha256:` and the digest of everything that the file says but this; empty as long as it is not known.
    public var content: String
    /// Counts the steps: an epoch begins with a session that the others say nothing of any more. 1 for the first.
    public let epoch: Int
    /// Why the epoch began; nil for the first.
    public let epochReason: String?

    public init(sequence: Int, parent: String?, content: String = "", epoch: Int, epochReason: String? = nil) {
        self.sequence = sequence
        self.parent = parent
        self.content = content
        self.epoch = epoch
        self.epochReason = epochReason
    }
}

/// What is approved for one workload on one machine class: the file `Baselines/<workload>/<machine-class>.json`.
public struct Baseline: Codable, Sendable, Equatable {
    public static let currentFormatVersion = 3
    /// The first version that says what came before it.
    public static let firstVersionWithHistory = 3

    /// The version of this format, 1 to 3.
    public let formatVersion: Int
    /// nil for the name of what is run. A name that can be part of a path.
    public let name: String?
    public let workload: WorkloadKind
    /// A name that can be part of a path.
    public let machineClass: String
    /// Where the file stands among those that had its place before; nil in files of versions 1 and 2, and in what is
    /// no file.
    public var history: BaselineHistory?
    /// Approved sessions of one epoch, oldest first, at least one, at most 20.
    public let sessions: [ApprovedSession]

    public init(
        name: String? = nil, workload: WorkloadKind, machineClass: String, sessions: [ApprovedSession],
        history: BaselineHistory? = nil
    ) {
        self.formatVersion = Baseline.currentFormatVersion
        self.name = name
        self.workload = workload
        self.machineClass = machineClass
        self.history = history
        self.sessions = sessions
    }

    /// Every approved value of a check, in the metric's base unit, oldest session first.
    public func values(of check: CheckID) -> [Double] {
        sessions.flatMap { session in session.samples.filter { $0.check == check }.flatMap(\.values) }
    }

    /// Every check that has approved values, sorted.
    public var checks: [CheckID] { Set(sessions.flatMap { $0.samples.map(\.check) }).sorted() }
}

extension Session {
    /// The states of the prompt cache during valid, measured calls, sorted.
    public var cacheStates: [PromptCacheState] {
        Set(decisiveExchanges.filter { $0.exchange.outcome.isValid }.map(\.exchange.cache))
            .union(measuredWindows.flatMap(\.cacheStates))
            .sorted { $0.rawValue < $1.rawValue }
    }

    /// Why this session must not become a baseline, whatever anybody says; nil when it may.
    public var reasonNotToApprove: String? { hasMeasured ? nil : "nothing valid was measured in it" }

    /// What speaks against approving this session, each with its reason. A baseline that was learned from broken calls would
    /// let everything after it pass.
    public var approvalDoubts: [(doubt: ApprovalDoubt, reason: String)] {
        var doubts: [(ApprovalDoubt, String)] = []
        if let reason = reasonNotToApproveLoad ?? invalidCallsWords { doubts.append((.calls, reason)) }
        if let reason = missingRunsWords { doubts.append((.runs, reason)) }
        if environment.isDirty == true {
            doubts.append((.dirty, "files were measured that no commit holds: commit them, then measure"))
        }
        return doubts
    }

    private var invalidCallsWords: String? {
        let calls = decisiveExchanges
        let invalid = calls.filter(\.exchange.isFailed)
        // A command may make a call again by itself.
        let allowed = configuration.command == nil ? 0 : Session.largestInvalidShareOfMany
        guard Double(invalid.count) > allowed * Double(calls.count) else { return nil }
        guard let first = invalid.first, case .invalid(let reason) = first.exchange.outcome else { return nil }
        return "\(invalid.count) of its \(calls.count) calls are invalid"
            + " (run \(first.run), \(first.exchange.stage): \(reason.detail))"
    }

    /// Of a session with two arms the pairs decide how many runs it has.
    private var missingRunsWords: String? {
        let runs = measuredRuns
        if base == nil, runs.count < configuration.runs {
            return "it has \(runs.count) of the \(configuration.runs) runs that it was to have"
        }
        return runs.contains { !$0.isComplete && $0.load == nil } && invalidCallsWords == nil
            ? "a run of it did not finish" : nil
    }

    /// Among thousands of requests a few fail anywhere, and their share is judged; more than that is a broken server.
    private static let largestInvalidShareOfMany = 0.01

    private var reasonNotToApproveLoad: String? {
        let counts = callCounts(of: .load)
        guard let share = counts.invalidShare, share > Session.largestInvalidShareOfMany else { return nil }
        let first = measuredWindows.compactMap(\.errors.first).first.map { " (\($0.firstDetail))" } ?? ""
        return "\(counts.invalid) of its \(counts.all) requests are invalid\(first)"
    }
}
