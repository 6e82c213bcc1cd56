import GateClock
import GateCore

/// A call in flight: its transfer, and what reads the answer.
final class Call {
    let transfer: Transfer
    private let decoder: StreamDecoder
    private let number: Int
    private let request: CallRequest
    private let scheduledAt: Int64
    private let dialect: any Dialect
    private let token: BearerToken?
    private let tokenCap: Int?
    private let limits: AnswerLimits

    init(
        number: Int, request: CallRequest, scheduledAt: Int64, endpoint: Endpoint, loop: TransferLoop
    ) throws(StreamSetupError) {
        self.number = number
        self.request = request
        self.scheduledAt = scheduledAt
        dialect = endpoint.api.dialect
        token = endpoint.connection.token
        limits = AnswerLimits(tokenCap: endpoint.tokenCap)
        tokenCap = endpoint.tokenCap
        decoder = StreamDecoder(dialect: dialect, keepsText: request.keepsText, limits: limits)
        transfer = try Transfer(
            HTTPRequest(url: endpoint.url, method: .post(request.body)), timeouts: endpoint.timeouts,
            connection: endpoint.connection, sink: decoder, loop: loop, largestBody: limits.bytes)
    }

    /// What was measured, once the transfer has ended.
    var record: CallRecord {
        let origin = transfer.requestedAt ?? transfer.beganAt
        let endedAt = transfer.endedAt ?? MonotonicClock.now()
        let failure = transfer.failure ?? decoder.streamEnded(at: endedAt).map { token?.redacted($0) ?? $0 }
        let clock = transfer.clock
        let stamps = decoder.stamps.counted(from: origin)
        var figures = decoder.figures
        // A count of nothing beside content is none.
        if figures.tokens == 0, stamps.arrivals.count > 0 { figures.tokens = nil }
        let check = CountCheck(
            stamps: stamps, requestBytes: request.body.count, tokenCap: tokenCap,
            callSeconds: Double(endedAt - (transfer.requestedAt ?? transfer.beganAt)) / 1e9)
        let objection = check.objection(to: figures)
        let bounded = objection == nil ? check.withoutImpossibleDurations(figures) : ServerFigures()
        return CallRecord(
            number: number, tag: request.tag,
            outcome: outcome(failure, objection, stamps: stamps, endNs: endedAt - origin),
            status: transfer.status,
            scheduledNs: scheduledAt, beganNs: transfer.beganAt, sentNs: transfer.requestedAt,
            connection: transfer.connectionTimes, stamps: stamps, endNs: endedAt - origin, lag: transfer.lag,
            clock: clock.kind, clockUncertaintyNs: clock.uncertaintyNs, bodyBytes: transfer.bodyBytes,
            retryAfterSeconds: transfer.retryAfterSeconds,
            server: bounded, serverTimesRefused: objection == nil && bounded != figures,
            pieces: pieces)
    }

    /// The pieces that were said, each with its stamp's index in place.
    private var pieces: [CallRecord.Piece]? {
        guard let pieces = decoder.pieces else { return nil }
        let texts = token?.redacted(pieces.map(\.text)) ?? pieces.map(\.text)
        return zip(pieces, texts).map { CallRecord.Piece(text: $1, isThinking: $0.channel == .thinking) }
    }

    private func outcome(
        _ failure: InvalidCall?, _ objection: InvalidCall?, stamps: AnswerStamps, endNs: Int64
    ) -> ExchangeOutcome {
        if let failure { return .invalid(failure) }
        if let reason = ending(stamps) ?? order(stamps, endNs: endNs) {
            return .invalid(token?.redacted(reason) ?? reason)
        }
        if let objection { return .invalid(objection) }
        guard case .regular(let finish) = decoder.end else { return .completed(.stop) }
        return .completed(finish)
    }

    /// Why this is the end of no answer; nil where it is one.
    private func ending(_ stamps: AnswerStamps) -> InvalidCall? {
        if case .irregular(let word) = decoder.end {
            return InvalidCall(.endedByServer, "the server ended the answer: \(word)")
        }
        guard decoder.endMarkerAt != nil || (dialect.mayLackEndMarker && decoder.end != nil) else {
            if transfer.bodyBytes == 0 {
                return InvalidCall(.notStreamed, "the server did not stream: it answered an empty body")
            }
            return decoder.opening.notAStream
                ?? InvalidCall(.cutStream, "the stream ended without its end marker")
        }
        guard stamps.contentPieces > 0 else { return withoutContent(stamps) }
        guard decoder.isWhole, (decoder.figures.tokens ?? 0) > 1 else { return nil }
        return InvalidCall(.notStreamed, "the server did not stream: it answered JSON in one piece")
    }

    private func withoutContent(_ stamps: AnswerStamps) -> InvalidCall {
        if let refusal = decoder.refusal {
            return InvalidCall(.refusal, "the model refused to answer: \(refusal)")
        }
        if decoder.toolCalls > 0 || decoder.end == .regular(.toolCalls) {
            return InvalidCall(.toolCall, "the model called a tool instead of answering")
        }
        guard stamps.thinkingPieces > 0 else {
            return InvalidCall(.noTokens, "the model answered without any content")
        }
        let cut = decoder.end == .regular(.length) ? ", and the token cap cut it: raise agent.max_tokens" : ""
        return InvalidCall(
            .onlyThinking, "the model thought (\(stamps.thinkingPieces) pieces) and did not answer\(cut)")
    }

    /// Where the machine is busy, the kernel's clock and ours are compared no better than this; a request takes longer.
    private static let clockToleranceNs: Int64 = 200_000

    /// No answer comes before its question.
    private func order(_ stamps: AnswerStamps, endNs: Int64) -> InvalidCall? {
        guard let first = stamps.arrivals.first,
            min(first, endNs) < -max(transfer.clock.uncertaintyNs, Call.clockToleranceNs)
        else { return nil }
        return InvalidCall(.malformedStream, "the server answered before the request was written")
    }
}

extension CallRecord {
    /// The record of a call that could not even be prepared.
    static func neverBegun(number: Int, tag: Int, scheduledAt: Int64, because reason: String) -> CallRecord {
        CallRecord(
            number: number, tag: tag, outcome: .invalid(InvalidCall(.connectionFailed, reason)), status: 0,
            scheduledNs: scheduledAt, beganNs: MonotonicClock.now(), sentNs: nil, connection: ConnectionTimes(),
            stamps: AnswerStamps(), endNs: 0, lag: ReadLag(), clock: .monotonicRead, clockUncertaintyNs: 0,
            bodyBytes: 0, retryAfterSeconds: nil, server: ServerFigures(), pieces: nil)
    }
}
