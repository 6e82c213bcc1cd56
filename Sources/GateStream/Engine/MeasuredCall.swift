import GateCore

/// What a call that has ended left behind, and the record that is made of it.
struct MeasuredCall {
    let number: Int
    let tag: Int
    /// Monotonic nanoseconds, as the others are.
    let scheduledAt: Int64
    let transfer: Transfer
    /// Moments of the monotonic clock.
    let stamps: AnswerStamps
    let figures: ServerFigures
    let endedAt: Int64
    let requestBytes: Int
    /// The tokens that were asked for at most; nil where there was no cap.
    let tokenCap: Int?
    let pieces: [CallRecord.Piece]?

    /// Where the machine is busy, the kernel's clock and ours are compared no better than this; a request takes longer.
    private static let clockToleranceNs: Int64 = 200_000

    private var origin: Int64 { transfer.requestedAt ?? transfer.beganAt }

    private var check: CountCheck {
        CountCheck(
            stamps: stamps, requestBytes: requestBytes, tokenCap: tokenCap,
            callSeconds: Double(endedAt - origin) / 1e9)
    }

    /// A count of nothing beside content is none.
    private var countedFigures: ServerFigures {
        var counted = figures
        if counted.tokens == 0, stamps.arrivals.count > 0 || stamps.textBytes > 0 { counted.tokens = nil }
        return counted
    }

    /// Why the server's figures cannot be; nil where they can.
    var objection: InvalidCall? { check.objection(to: countedFigures) }

    /// No answer comes before its question.
    var disorder: InvalidCall? {
        guard let first = stamps.arrivals.first,
            min(first, endedAt) - origin < -max(transfer.clock.uncertaintyNs, MeasuredCall.clockToleranceNs)
        else { return nil }
        return InvalidCall(.malformedStream, "the server answered before the request was written")
    }

    func record(outcome: (MeasuredCall) -> ExchangeOutcome) -> CallRecord {
        let clock = transfer.clock
        let figures = countedFigures
        let bounded = objection == nil ? check.withoutImpossibleDurations(figures) : ServerFigures()
        return CallRecord(
            number: number, tag: tag, outcome: outcome(self), status: transfer.status, scheduledNs: scheduledAt,
            beganNs: transfer.beganAt, sentNs: transfer.requestedAt, connection: transfer.connectionTimes,
            stamps: stamps.counted(from: origin), endNs: endedAt - origin, lag: transfer.lag, clock: clock.kind,
            clockUncertaintyNs: clock.uncertaintyNs, bodyBytes: transfer.bodyBytes,
            retryAfterSeconds: transfer.retryAfterSeconds, server: bounded,
            serverTimesRefused: objection == nil && bounded != figures, pieces: pieces)
    }
}
