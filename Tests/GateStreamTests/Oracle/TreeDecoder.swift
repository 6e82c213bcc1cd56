import GateCore

@testable import GateStream

/// Reads a stream the plain way, a tree of each object: what the scanner must agree with.
struct TreeDecoder {
    private(set) var result = DecodedStream()
    private var lines = LineScanner()
    private var serverSentEvents: ServerSentEvents?
    private let dialect: any StreamDialect

    init(format: StreamFormat) {
        switch format {
        case .ollama: dialect = OllamaDialect()
        case .openAI: dialect = OpenAIDialect()
        case .llamaCompletion: dialect = LlamaCompletionDialect()
        }
        if format != .ollama { serverSentEvents = ServerSentEvents() }
    }

    static func decode(_ pieces: [ArraySlice<UInt8>], format: StreamFormat) -> DecodedStream {
        var decoder = TreeDecoder(format: format)
        for (index, piece) in pieces.enumerated() where decoder.result.failure == nil {
            decoder.receive(piece, at: Int64(index))
        }
        if decoder.result.failure == nil { decoder.end(at: Int64(pieces.count)) }
        return decoder.result
    }

    private mutating func receive(_ bytes: ArraySlice<UInt8>, at stamp: Int64) {
        var lines: [[UInt8]] = []
        _ = bytes.withUnsafeBytes {
            self.lines.scan($0) { line in
                lines.append(Array(line)); return true
            }
        }
        for line in lines { take(line, at: stamp) }
    }

    private mutating func end(at stamp: Int64) {
        var lines: [[UInt8]] = []
        self.lines.finish { line in
            lines.append(Array(line)); return true
        }
        for line in lines { take(line, at: stamp) }
        var data: [UInt8]?
        _ = serverSentEvents?.finish {
            data = Array($0); return true
        }
        if let data { apply(data, at: stamp) }
    }

    private mutating func take(_ line: [UInt8], at stamp: Int64) {
        guard serverSentEvents != nil else { return apply(line, at: stamp) }
        var data: [UInt8]?
        _ = line.withUnsafeBufferPointer { line in
            serverSentEvents?.take(line) {
                data = Array($0); return true
            }
        }
        if let data { apply(data, at: stamp) }
    }

    private mutating func apply(_ unit: [UInt8], at stamp: Int64) {
        guard result.failure == nil else { return }
        for event in unit.withUnsafeBufferPointer({ dialect.events(in: $0) }) { result.apply(event, at: stamp) }
    }
}

/// What a decoder has made of a stream.
struct DecodedStream: Equatable {
    var pieces: [String] = []
    var stamps: [Int64] = []
    var firstThinkingAt: Int64?
    var figures = ServerFigures()
    var finish: FinishReason?
    var endMarkerAt: Int64?
    var failure: InvalidCall?

    mutating func apply(_ event: StreamEvent, at stamp: Int64) {
        switch event {
        case .content(let text):
            pieces.append(text)
            stamps.append(stamp)
        case .thinking: firstThinkingAt = firstThinkingAt ?? stamp
        case .figures(let later): figures.merge(later)
        case .finish(let reason): finish = reason
        case .end: endMarkerAt = endMarkerAt ?? stamp
        case .failure(let invalid): failure = failure ?? invalid
        }
    }
}

extension DecodedStream {
    /// The same by the decoder that calls are read with.
    init(scanning pieces: [ArraySlice<UInt8>], format: StreamFormat, keepsText: Bool = true) {
        let decoder = StreamDecoder(format: format, keepsText: keepsText)
        for (index, piece) in pieces.enumerated() where failure == nil {
            failure = piece.withUnsafeBytes { decoder.receive($0, at: Int64(index)) }
        }
        if failure == nil { failure = decoder.streamEnded(at: Int64(pieces.count)) }
        self.pieces = decoder.pieces ?? []
        stamps = Array(decoder.content)
        firstThinkingAt = decoder.firstThinkingAt
        figures = decoder.figures
        finish = decoder.finish
        endMarkerAt = decoder.endMarkerAt
    }
}
