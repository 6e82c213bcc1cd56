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
        decoder = StreamDecoder(
            reading: dialect, keepsText: request.keepsText, limits: limits, progress: request.progress)
        transfer = try Transfer(
            HTTPRequest(url: endpoint.url, method: .post(request.body)), timeouts: endpoint.timeouts,
            connection: endpoint.connection, sink: decoder, loop: loop, largestBody: limits.bytes)
    }

    /// What was measured, once the transfer has ended.
    var record: CallRecord {
        let endedAt = transfer.endedAt ?? MonotonicClock.now()
        let failure = transfer.failure ?? decoder.streamEnded(at: endedAt).map { token?.redacted($0) ?? $0 }
        let measured = MeasuredCall(
            number: number, tag: request.tag, scheduledAt: scheduledAt, transfer: transfer, stamps: decoder.stamps,
            figures: decoder.figures, endedAt: endedAt, requestBytes: request.body.count, tokenCap: tokenCap,
            pieces: pieces)
        let judge = AnswerJudge(mayLackEndMarker: dialect.mayLackEndMarker, isPassedOn: false)
        return measured.record { measured in
            let reason =
                failure
                ?? judge.reason(against: decoder, bodyBytes: transfer.bodyBytes).map { token?.redacted($0) ?? $0 }
                ?? measured.disorder ?? measured.objection
            return reason.map(ExchangeOutcome.invalid) ?? .completed(judge.finish(of: decoder.facts))
        }
    }

    /// The pieces that were said, each with its stamp's index in place.
    private var pieces: [CallRecord.Piece]? {
        guard let pieces = decoder.pieces else { return nil }
        let texts = token?.redacted(pieces.map(\.text)) ?? pieces.map(\.text)
        return zip(pieces, texts).map { CallRecord.Piece(text: $1, isThinking: $0.channel == .thinking) }
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
