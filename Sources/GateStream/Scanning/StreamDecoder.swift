import GateCore
import GateJSON

/// Turns the bytes of a streamed answer into stamped pieces and the server's figures.
final class StreamDecoder: ResponseSink {
    /// A piece of text and its channel.
    struct Piece: Equatable {
        let channel: AnswerChannel
        let text: String
    }

    private var framer: StreamFramer
    private var scanner = TokenScanner()
    private let reading: any AnswerReading
    private let limits: AnswerLimits
    private let progress: AnswerProgress?

    /// Moments of the monotonic clock, one for each piece that is not empty.
    private(set) var stamps = AnswerStamps()
    /// The pieces themselves, one for each stamp, where they are kept.
    private(set) var pieces: [Piece]?
    private(set) var figures = ServerFigures()
    private(set) var end: AnswerEnd?
    private(set) var toolCalls = 0
    private(set) var refusal: String?
    /// True where the first object was the last, too, with all of the answer in it.
    private(set) var isWhole = false
    private(set) var endMarkerAt: Int64?
    /// The beginning of a body of which no unit has been read yet: says what came where no stream did.
    private(set) var opening = StreamOpening()
    private var failure: InvalidCall?

    init(
        reading: any AnswerReading, keepsText: Bool, limits: AnswerLimits = AnswerLimits(tokenCap: nil),
        progress: AnswerProgress? = nil
    ) {
        self.progress = progress
        framer = StreamFramer(reading.framing, largestUnit: limits.lineBytes)
        pieces = keepsText ? [] : nil
        self.limits = limits
        self.reading = reading
    }

    /// Thinking counts as a sign of life, though not as content.
    var lastContentAt: Int64? { stamps.arrivals.last }

    func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) -> InvalidCall? {
        var input = bytes
        if !opening.isStream { opening.add(bytes) }
        while failure == nil, let unit = framer.next(&input) { take(unit, at: stamp) }
        if let progress, stamps.arrivals.count > 0 { progress.has(stamps.arrivals.count, at: stamp) }
        if framer.isTooLong { return AnswerLimits.tooLarge(limits.lineBytes, what: "a line of the stream") }
        if stamps.arrivals.count > limits.pieces, failure == nil {
            return InvalidCall(
                .tooLarge,
                "the server goes on after \(stamps.arrivals.count) pieces, far more than were asked for")
        }
        return failure
    }

    /// Handles what stands after the last line's end, once the stream has ended; returns what is wrong with it.
    func streamEnded(at stamp: Int64) -> InvalidCall? {
        if failure == nil, let unit = framer.finish() { take(unit, at: stamp) }
        return failure
    }

    private func take(_ unit: UnsafeBufferPointer<UInt8>, at stamp: Int64) {
        guard endMarkerAt == nil, !framer.isErrorEvent else { return takeUnusual(unit, at: stamp) }
        switch reading.scan(unit, with: &scanner) {
        case .nothing: opening.isStream = true
        case .token:
            opening.isStream = true
            if let text = scanner.thinking { add(.thinking, text, at: stamp) }
            if let text = scanner.content { add(.content, text, at: stamp) }
        case .rare: apply(reading.events(in: unit), at: stamp)
        }
    }

    /// What comes after the end marker, and events that are called errors.
    private func takeUnusual(_ unit: UnsafeBufferPointer<UInt8>, at stamp: Int64) {
        guard !framer.isErrorEvent else {
            failure = ServerErrorObject.failure(inErrorEvent: unit)
            return
        }
        for event in reading.events(in: unit) {
            switch event {
            case .content, .thinking, .toolCall, .refusal:
                failure = InvalidCall(.malformedStream, "the server sent more of its answer after its end marker")
            case .failure(let invalid) where invalid.kind != .malformedStream: failure = invalid
            case .failure, .figures, .finish, .end: break
            }
        }
    }

    private func apply(_ events: [StreamEvent], at stamp: Int64) {
        let isFirst = stamps.arrivals.count == 0
        for event in events {
            if case .failure(let invalid) = event {
                failure = opening.isStream ? invalid : opening.notAStream ?? invalid
                return
            }
            opening.isStream = true
            switch event {
            case .content(let text): add(.content, text, at: stamp)
            case .thinking(let text): add(.thinking, text, at: stamp)
            case .toolCall(let bytes):
                toolCalls += 1
                add(.other, "", bytes: bytes, at: stamp)
            case .refusal(let text):
                refusal = (refusal ?? "") + text.prefix(300)
                add(.other, "", bytes: text.utf8.count, at: stamp)
            case .figures(let later): figures.merge(later)
            case .finish(let end): self.end = end
            case .end: endMarkerAt = endMarkerAt ?? stamp
            case .failure: break
            }
        }
        isWhole = isFirst && stamps.arrivals.count > 0 && endMarkerAt != nil
    }

    private func add(_ channel: AnswerChannel, _ text: JSONCursor.Text, at stamp: Int64) {
        stamps.add(channel, at: stamp, bytes: text.bytes.count)
        if pieces != nil {
            pieces?.append(Piece(channel: channel, text: text.characters))
        }
    }

    private func add(_ channel: AnswerChannel, _ text: String, bytes: Int? = nil, at stamp: Int64) {
        stamps.add(channel, at: stamp, bytes: bytes ?? text.utf8.count)
        pieces?.append(Piece(channel: channel, text: text))
    }
}
