/// Decides when calls start and takes what came of them; driven by ``CallEngine/run(_:)`` on its thread.
///
/// Between two tokens nothing of the schedule runs; what it does when it is asked delays the reading of other calls
/// by as long (their recorded lag tells), so it does little.
public protocol CallSchedule {
    /// When the next call starts. Asked at the beginning, after every start and every end, and when the moment that
    /// it named has come.
    ///
    /// - Parameters:
    ///   - nowNs: the monotonic clock, in nanoseconds.
    ///   - inFlight: calls that have started and not ended.
    mutating func nextStart(nowNs: Int64, inFlight: Int) -> NextStart

    /// The request of the call that starts now.
    mutating func request() -> CallRequest

    /// Takes a call that has ended, well or not. Calls end in another order than they started.
    mutating func ended(_ record: CallRecord)
}

/// When a schedule wants its next call to start.
public enum NextStart: Sendable, Equatable {
    /// At this moment of the monotonic clock in nanoseconds, at once where it has passed.
    case at(Int64)
    /// Not before a call that is in flight has ended. With none in flight the run ends.
    case wait
    /// No more; the run ends when the calls in flight have ended.
    case finished
}

/// What one call asks.
public struct CallRequest: Sendable {
    public var body: RequestBody
    /// Comes back in the record, for the schedule's own use: which prompt, which step of a ramp.
    public var tag: Int
    /// Whether the record keeps the answer's text. Without it nothing is allocated per token but the stamps.
    public var keepsText: Bool
    /// Is told how far the answer is, for whoever shows it; nil where nobody does.
    var progress: AnswerProgress?

    public init(body: RequestBody, tag: Int = 0, keepsText: Bool = false) {
        self.body = body
        self.tag = tag
        self.keepsText = keepsText
    }
}
