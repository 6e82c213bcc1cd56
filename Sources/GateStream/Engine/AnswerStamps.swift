/// What a piece of an answer belongs to.
enum AnswerChannel: Sendable, Equatable {
    case content
    /// What a reasoning model says to itself.
    case thinking
    /// A tool call or a refusal: tokens that the server counts, and no content.
    case other
}

/// When the pieces of one answer arrived, over all channels, and what they were. Nanoseconds.
public struct AnswerStamps: Sendable, Equatable {
    /// Every piece that is not empty, whatever its channel.
    public private(set) var arrivals = TokenStamps()
    public private(set) var firstContent: Int64?
    public private(set) var lastContent: Int64?
    public private(set) var firstThinking: Int64?
    /// Over all stretches of thinking, each from its first piece to the first piece of content after it. A duration.
    public private(set) var thinkingNs: Int64 = 0
    public private(set) var contentPieces = 0
    public private(set) var thinkingPieces = 0
    /// Of all pieces, as JSON writes them: never fewer than the text has.
    public private(set) var textBytes = 0
    /// Pieces that came in the same read as the one before, so that their gap is not known.
    public private(set) var coalesced = 0
    /// Pieces and bytes of the first read that had any.
    public private(set) var firstReadPieces = 0
    public private(set) var firstReadBytes = 0
    private var thinksSince: Int64?

    public init() {}

    @inline(__always)
    mutating func add(_ channel: AnswerChannel, at stamp: Int64, bytes: Int) {
        if let last = arrivals.last, last >= stamp { coalesced += 1 }
        arrivals.append(stamp)
        textBytes += bytes
        if arrivals.last == arrivals.first {
            firstReadPieces += 1
            firstReadBytes += bytes
        }
        switch channel {
        case .content:
            contentPieces += 1
            if firstContent == nil { firstContent = stamp }
            lastContent = stamp
            if let since = thinksSince { endThinking(since, at: stamp) }
        case .thinking:
            thinkingPieces += 1
            if firstThinking == nil { firstThinking = stamp }
            if thinksSince == nil { thinksSince = stamp }
        case .other: break
        }
    }

    /// An answer that came as a whole has text, and no stamps of it.
    mutating func addWhole(bytes: Int) { textBytes += bytes }

    private mutating func endThinking(_ since: Int64, at stamp: Int64) {
        thinkingNs += max(0, stamp - since)
        thinksSince = nil
    }

    /// The same stamps, counted from another moment.
    func counted(from origin: Int64) -> AnswerStamps {
        var moved = self
        moved.arrivals = arrivals.counted(from: origin)
        moved.firstContent = firstContent.map { $0 - origin }
        moved.lastContent = lastContent.map { $0 - origin }
        moved.firstThinking = firstThinking.map { $0 - origin }
        return moved
    }
}
