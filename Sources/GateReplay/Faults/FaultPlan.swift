import GateCore

/// What goes wrong with one request: its faults put together.
struct FaultPlan: Equatable, Sendable {
    enum Refusal: Equatable, Sendable {
        case modelNotFound
        case contextOverflow
        case unauthorized
        case status(Int)
        case busy(retryAfterSeconds: Int)
        case redirect(String)
        case closeWithoutAnswer
    }

    enum Interruption: Equatable, Sendable {
        case error
        case errorEvent
        case cut
        case reset
        case endWithoutMarker
        case stall
        case garbage
        case oversizedLine(bytes: Int)
    }

    var refusal: Refusal?
    var interruption: Interruption?
    /// Tokens before the interruption.
    var interruptedAfter = 0
    var hasNoTokens = false
    var isSilent = false
    var isBytewise = false
    var hasEmptyContentFirst = false
    var thinkingPieces = 0
    /// llama-server's own default.
    var heartbeat = Nanoseconds(seconds: 30)
    var hasNoFigures = false
    var saysCachedPrompt = false
    var promptTokens: Int?
    /// Generated tokens, as the server says.
    var saidTokens: Int?
    /// Why the answer ended, in the server's word.
    var endWord: String?
    /// Whether all content is sent as thinking.
    var thinksAloud = false

    /// Where two faults exclude each other, the last one counts.
    init(_ faults: [ReplayFault]) {
        for fault in faults { add(fault) }
    }

    private mutating func add(_ fault: ReplayFault) {
        switch fault {
        case .modelNotFound: refusal = .modelNotFound
        case .contextOverflow: refusal = .contextOverflow
        case .unauthorized: refusal = .unauthorized
        case .loading: break  // Counted over all requests, not only over those that generate.
        case .status(let status): refusal = .status(status)
        case .busy(let seconds): refusal = .busy(retryAfterSeconds: seconds)
        case .redirect(let url): refusal = .redirect(url)
        case .closeWithoutAnswer: refusal = .closeWithoutAnswer
        case .error(let count): interrupt(.error, after: count)
        case .errorEvent(let count): interrupt(.errorEvent, after: count)
        case .cut(let count): interrupt(.cut, after: count)
        case .reset(let count): interrupt(.reset, after: count)
        case .endWithoutMarker(let count): interrupt(.endWithoutMarker, after: count)
        case .stall(let count): interrupt(.stall, after: count)
        case .garbage(let count): interrupt(.garbage, after: count)
        case .oversizedLine(let bytes): interrupt(.oversizedLine(bytes: bytes), after: 1)
        case .noTokens: hasNoTokens = true
        case .silence: isSilent = true
        case .bytewise: isBytewise = true
        case .emptyContentFirst: hasEmptyContentFirst = true
        case .thinking(let pieces): thinkingPieces = pieces
        case .heartbeats(let seconds): heartbeat = Nanoseconds(seconds: seconds)
        case .noFigures: hasNoFigures = true
        case .cachedPrompt: saysCachedPrompt = true
        case .promptTokens(let count): promptTokens = count
        case .tokens(let count): saidTokens = count
        case .finish(let word): endWord = word
        case .onlyThinking: thinksAloud = true
        }
    }

    private mutating func interrupt(_ interruption: Interruption, after count: Int) {
        self.interruption = interruption
        interruptedAfter = count
    }
}
