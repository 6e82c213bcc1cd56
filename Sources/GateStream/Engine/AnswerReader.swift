import GateClock
import GateCore
import GateJSON

/// Reads the answer to a request that is handed on, beside its way to whoever asked. For the loop's thread only.
package final class AnswerReader {
    private static let largestWhole = 64 << 20
    private static let largestErrorBody = 64 << 10

    private let route: PassedRoute
    private let keepsText: Bool
    private let secrets: PassedSecrets
    private var decoder: StreamDecoder?
    private var body: [UInt8] = []
    /// The end of an answer that is not read and larger than what is kept of it.
    private var tail: [UInt8] = []
    private var lastByteAt: Int64?
    private var failure: InvalidCall?

    package init(route: PassedRoute, keepsText: Bool, secrets: PassedSecrets) {
        self.route = route
        self.keepsText = keepsText
        self.secrets = secrets
    }

    /// Says what comes, by the head of the answer.
    ///
    /// - Parameters:
    ///   - contentType: in lower case; empty where the server does not say it.
    ///   - hasLength: whether the length of the body was said, which none does that streams.
    package func begin(status: Int, contentType: String, hasLength: Bool) {
        guard status == 200, let reading = route.reading else { return }
        let type = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        let isStream =
            switch reading.framing {
            case .serverSentEvents: type == "text/event-stream"
            // Some that imitate it call the lines JSON.
            case .lines: type == "application/x-ndjson" || !hasLength
            }
        if isStream {
            decoder = StreamDecoder(reading: reading, keepsText: keepsText, limits: AnswerLimits(tokenCap: nil))
        }
    }

    /// Whether pieces are stamped.
    package var isStreamed: Bool { decoder.map { !isWholeAfterAll($0) } ?? false }

    /// Pieces that were read so far; nil where none are stamped.
    package var pieces: Int? { decoder?.stamps.arrivals.count }

    /// Takes bytes of the body as the server meant them: without chunks and compression.
    package func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) {
        lastByteAt = stamp
        guard failure == nil else { return }
        if let decoder {
            failure = decoder.receive(bytes, at: stamp)
        } else if route != .other || body.count < AnswerReader.largestErrorBody {
            guard body.count + bytes.count <= AnswerReader.largestWhole else {
                failure = AnswerLimits.tooLarge(AnswerReader.largestWhole, what: "the answer")
                return
            }
            body.append(contentsOf: bytes)
        } else {
            tail.append(contentsOf: bytes.suffix(PromptCount.tail))
            if tail.count > 2 * PromptCount.tail { tail.removeFirst(tail.count - PromptCount.tail) }
        }
    }

    /// The bytes that come cannot be read.
    package func cannotRead(because reason: String) {
        failure = failure ?? InvalidCall(.malformedStream, reason)
    }

    /// Whether an answer that ends with its connection ended before its own end: a stream before its end marker, an object
    /// before it was whole. Of what is not read nobody knows.
    package var isCut: Bool {
        guard let reading = route.reading else { return false }
        guard let decoder else { return lastByteAt != nil && (try? JSONValue.parse(body)) == nil }
        _ = decoder.streamEnded(at: lastByteAt ?? 0)
        return judge(reading).lacksEnd(decoder)
    }

    private func judge(_ reading: any AnswerReading) -> AnswerJudge {
        AnswerJudge(mayLackEndMarker: reading.mayLackEndMarker, isPassedOn: true)
    }

    /// What was measured, once the transfer has ended.
    ///
    /// - Parameter requestBytes: of the request's body.
    package func record(of transfer: Transfer, number: Int, requestBytes: Int, receivedNs: Int64) -> CallRecord {
        let endedAt = transfer.endedAt ?? MonotonicClock.now()
        if let decoder { failure = failure ?? decoder.streamEnded(at: endedAt) }
        var failed = transfer.failure
        // Who leaves once it knows that the server failed has cancelled nothing.
        if failed == nil || failed?.kind == .cancelled, let status = failedStatus(transfer.status) { failed = status }
        let whole = decoder.map(isWholeAfterAll) == true || decoder == nil ? wholeAnswer(transfer.status) : nil
        if failed?.kind == .cancelled, hasEnded(whole) { failed = nil }
        var stamps = whole == nil ? decoder?.stamps ?? AnswerStamps() : AnswerStamps()
        if let whole { stamps.addWhole(bytes: whole.textBytes) }
        let isStream = whole == nil && decoder != nil
        let measured = MeasuredCall(
            number: number, tag: 0, scheduledAt: receivedNs, transfer: transfer, stamps: stamps,
            figures: (isStream ? decoder?.figures : whole?.figures) ?? counted(transfer.status),
            endedAt: isStream ? decoder?.endMarkerAt ?? endedAt : failed == nil ? lastByteAt ?? endedAt : endedAt,
            requestBytes: requestBytes, tokenCap: nil, pieces: pieces(whole))
        return measured.record { measured in
            if let reason = failed ?? failure ?? whole?.failure { return .invalid(redacted(reason)) }
            guard let reading = route.reading else { return .completed(.stop) }
            let judge = judge(reading)
            let facts = whole?.facts ?? decoder?.facts ?? AnswerFacts()
            let reason =
                if whole == nil, let decoder { judge.reason(against: decoder, bodyBytes: transfer.bodyBytes) } else {
                    judge.reason(against: facts)
                }
            if let reason = reason ?? measured.disorder ?? measured.objection { return .invalid(redacted(reason)) }
            return .completed(judge.finish(of: facts))
        }
    }

    /// Nor has who leaves once the answer is whole, whatever ends the connection behind it.
    private func hasEnded(_ whole: WholeAnswer?) -> Bool {
        guard failure == nil else { return false }
        return whole.map { $0.failure == nil } ?? (decoder?.endMarkerAt != nil)
    }

    /// Of embeddings and their kin the prompt's tokens are known, where the server says them.
    private func counted(_ status: Int) -> ServerFigures {
        guard route == .other, status == 200 else { return ServerFigures() }
        return ServerFigures(promptTokens: PromptCount.tokens(beginning: body, end: tail))
    }

    /// A stream of one object that holds all of the answer is none.
    private func isWholeAfterAll(_ decoder: StreamDecoder) -> Bool {
        decoder.isWhole && (decoder.figures.tokens ?? 0) > 1
    }

    private func failedStatus(_ status: Int) -> InvalidCall? {
        guard status != 200, status != 0, route != .other || status >= 400 else { return nil }
        return HTTPFailure.invalidCall(status: status, body: Array(body.prefix(AnswerReader.largestErrorBody)))
    }

    private func wholeAnswer(_ status: Int) -> WholeAnswer? {
        guard status == 200, let reading = route.reading else { return nil }
        if let decoder { return WholeAnswer(decoder) }
        return WholeAnswer(body, reading: reading)
    }

    private func pieces(_ whole: WholeAnswer?) -> [CallRecord.Piece]? {
        guard keepsText else { return nil }
        let pieces =
            whole?.pieces
            ?? decoder?.pieces?.map { CallRecord.Piece(text: $0.text, isThinking: $0.channel == .thinking) }
        guard let pieces else { return nil }
        let texts = secrets.redacted(pieces.map(\.text))
        return zip(pieces, texts).map { CallRecord.Piece(text: $1, isThinking: $0.isThinking) }
    }

    private func redacted(_ reason: InvalidCall) -> InvalidCall { secrets.redacted(reason) }
}

extension WholeAnswer {
    /// Of a stream whose first unit was its last.
    init(_ decoder: StreamDecoder) {
        self.init(
            facts: decoder.facts, figures: decoder.figures, textBytes: decoder.stamps.textBytes,
            pieces: (decoder.pieces ?? []).map { CallRecord.Piece(text: $0.text, isThinking: $0.channel == .thinking) })
    }
}
