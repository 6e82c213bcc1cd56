import GateCore

/// A call in flight: its transfer, and what reads the answer.
final class Call {
    let transfer: Transfer
    private let decoder: StreamDecoder
    private let number: Int
    private let request: CallRequest
    private let scheduledAt: Int64
    private let format: StreamFormat
    private let token: BearerToken?

    init(
        number: Int, request: CallRequest, scheduledAt: Int64, endpoint: Endpoint, loop: TransferLoop
    ) throws(StreamSetupError) {
        self.number = number
        self.request = request
        self.scheduledAt = scheduledAt
        format = endpoint.format
        token = endpoint.connection.token
        decoder = StreamDecoder(format: endpoint.format, keepsText: request.keepsText)
        transfer = try Transfer(
            HTTPRequest(url: endpoint.url, method: .post(request.body)), timeouts: endpoint.timeouts,
            connection: endpoint.connection, sink: decoder, loop: loop)
    }

    /// What was measured, once the transfer has ended.
    var record: CallRecord {
        let origin = transfer.requestedAt ?? transfer.beganAt
        let endedAt = transfer.endedAt ?? MonotonicClock.now()
        let failure = transfer.failure ?? decoder.streamEnded(at: endedAt).map { token?.redacted($0) ?? $0 }
        let clock = transfer.clock
        return CallRecord(
            number: number, tag: request.tag, outcome: outcome(failure), status: transfer.status,
            scheduledNs: scheduledAt, beganNs: transfer.beganAt, sentNs: transfer.requestedAt,
            connection: transfer.connectionTimes, content: decoder.content.counted(from: origin),
            firstThinkingNs: decoder.firstThinkingAt.map { $0 - origin }, endNs: endedAt - origin,
            coalesced: decoder.coalesced, lag: transfer.lag,
            clock: clock.kind, clockUncertaintyNs: clock.uncertaintyNs, bodyBytes: transfer.bodyBytes,
            server: decoder.figures,
            pieces: decoder.pieces.map { token?.redacted($0) ?? $0 })
    }

    private func outcome(_ failure: InvalidCall?) -> ExchangeOutcome {
        if let failure { return .invalid(failure) }
        // A chat server that says why it ended has ended, even if it leaves the marker out.
        guard decoder.endMarkerAt != nil || (format == .openAI && decoder.finish != nil) else {
            return .invalid(InvalidCall(.cutStream, "the stream ended without its end marker"))
        }
        if decoder.firstContentAt == nil || decoder.figures.tokens == 0 {
            return .invalid(InvalidCall(.noTokens, "the model answered without any content"))
        }
        return .completed(decoder.finish ?? .stop)
    }
}

extension CallRecord {
    /// The record of a call that could not even be prepared.
    static func neverBegun(number: Int, tag: Int, scheduledAt: Int64, because reason: String) -> CallRecord {
        CallRecord(
            number: number, tag: tag, outcome: .invalid(InvalidCall(.connectionFailed, reason)), status: 0,
            scheduledNs: scheduledAt, beganNs: MonotonicClock.now(), sentNs: nil, connection: ConnectionTimes(),
            content: TokenStamps(), firstThinkingNs: nil, endNs: 0, coalesced: 0, lag: ReadLag(), clock: .monotonicRead,
            clockUncertaintyNs: 0, bodyBytes: 0,
            server: ServerFigures(), pieces: nil)
    }
}
