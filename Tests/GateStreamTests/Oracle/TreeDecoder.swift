import GateCore

@testable import GateStream

/// Reads a stream the plain way, a tree of each object: what the scanner must agree with.
struct TreeDecoder {
    private(set) var result = DecodedStream()
    private var lines: LineScanner
    private var events: ServerSentEvents?
    private let dialect: any Dialect

    init(api: ServerAPI) {
        dialect = api.dialect
        events = dialect.framing == .lines ? nil : ServerSentEvents()
        lines = LineScanner(endsAtCR: dialect.framing != .lines)
    }

    static func decode(_ pieces: [ArraySlice<UInt8>], api: ServerAPI) -> DecodedStream {
        var decoder = TreeDecoder(api: api)
        for (index, piece) in pieces.enumerated() where decoder.result.failure == nil {
            for line in decoder.lines.lines(in: piece) { decoder.take(line, at: Int64(index)) }
        }
        if decoder.result.failure == nil { decoder.end(at: Int64(pieces.count)) }
        return decoder.result
    }

    private mutating func end(at stamp: Int64) {
        if let line = lines.finish() { take(line, at: stamp) }
        if let event = events?.finish() { apply(event.data, isError: event.isError, at: stamp) }
    }

    private mutating func take(_ line: [UInt8], at stamp: Int64) {
        guard events != nil else { return apply(line, isError: false, at: stamp) }
        if let event = events?.take(line) { apply(event.data, isError: event.isError, at: stamp) }
    }

    private mutating func apply(_ unit: [UInt8], isError: Bool, at stamp: Int64) {
        guard result.failure == nil else { return }
        unit.withUnsafeBufferPointer { unit in
            if isError {
                result.failure = ServerErrorObject.failure(inErrorEvent: unit)
            } else {
                for event in dialect.events(in: unit) { result.apply(event, at: stamp) }
            }
        }
    }
}

/// What a decoder has made of a stream.
struct DecodedStream: Equatable {
    var pieces: [String] = []
    var stamps: [Int64] = []
    var contentPieces = 0
    var firstThinkingAt: Int64?
    var figures = ServerFigures()
    var finish: AnswerEnd?
    var endMarkerAt: Int64?
    var failure: InvalidCall?

    mutating func apply(_ event: StreamEvent, at stamp: Int64) {
        guard failure == nil else { return }
        switch event {
        case .content(let text):
            add(text, at: stamp)
            contentPieces += 1
        case .thinking(let text):
            add(text, at: stamp)
            firstThinkingAt = firstThinkingAt ?? stamp
        case .toolCall, .refusal: add("", at: stamp)
        case .figures(let later): figures.merge(later)
        case .finish(let reason): finish = reason
        case .end: endMarkerAt = endMarkerAt ?? stamp
        case .failure(let invalid): failure = invalid
        }
    }

    private mutating func add(_ text: String, at stamp: Int64) {
        guard endMarkerAt == nil else {
            failure = InvalidCall(.malformedStream, "the server sent more of its answer after its end marker")
            return
        }
        pieces.append(text)
        stamps.append(stamp)
    }
}

extension DecodedStream {
    /// The same by the decoder that calls are read with.
    init(scanning pieces: [ArraySlice<UInt8>], api: ServerAPI, keepsText: Bool = true) {
        let decoder = StreamDecoder(reading: api.dialect, keepsText: keepsText)
        for (index, piece) in pieces.enumerated() where failure == nil {
            failure = piece.withUnsafeBytes { decoder.receive($0, at: Int64(index)) }
        }
        if failure == nil { failure = decoder.streamEnded(at: Int64(pieces.count)) }
        self.pieces = decoder.pieces?.map(\.text) ?? []
        stamps = Array(decoder.stamps.arrivals)
        contentPieces = decoder.stamps.contentPieces
        firstThinkingAt = decoder.stamps.firstThinking
        figures = decoder.figures
        finish = decoder.end
        endMarkerAt = decoder.endMarkerAt
    }
}
