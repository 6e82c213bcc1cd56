import GateCore

/// Turns the bytes of a streamed answer into stamped content and the server's figures.
final class StreamDecoder: ResponseSink {
    private var framer: StreamFramer
    private var scanner: TokenScanner
    private let dialect: any StreamDialect

    /// Moments of the monotonic clock, one for each piece of content that is not empty.
    private(set) var content = TokenStamps()
    /// The pieces themselves, where they are kept.
    private(set) var pieces: [String]?
    /// Pieces that arrived in the same read as the one before.
    private(set) var coalesced = 0
    private(set) var figures = ServerFigures()
    private(set) var finish: FinishReason?
    private(set) var firstThinkingAt: Int64?
    private(set) var endMarkerAt: Int64?
    /// Thinking counts as a sign of life, though not as content.
    private(set) var lastContentAt: Int64?
    private var failure: InvalidCall?

    init(format: StreamFormat, keepsText: Bool) {
        framer = StreamFramer(format: format)
        scanner = TokenScanner(format: format)
        pieces = keepsText ? [] : nil
        dialect =
            switch format {
            case .ollama: OllamaDialect()
            case .openAI: OpenAIDialect()
            case .llamaCompletion: LlamaCompletionDialect()
            }
    }

    var firstContentAt: Int64? { content.first }

    func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) -> InvalidCall? {
        var input = bytes
        while failure == nil, let unit = framer.next(&input) { take(unit, at: stamp) }
        if framer.isTooLong {
            return InvalidCall(.tooLarge, "a line of the stream is longer than \(StreamFramer.largestUnit >> 20) MiB")
        }
        return failure
    }

    /// Handles what stands after the last line's end, once the stream has ended; returns what is wrong with it.
    func streamEnded(at stamp: Int64) -> InvalidCall? {
        if failure == nil, let unit = framer.finish() { take(unit, at: stamp) }
        return failure
    }

    private func take(_ unit: UnsafeBufferPointer<UInt8>, at stamp: Int64) {
        switch scanner.scan(unit) {
        case .nothing: break
        case .token:
            if scanner.thinking != nil { takeThinking(at: stamp) }
            if let text = scanner.content {
                takeContent(at: stamp)
                if pieces != nil, let characters = TokenScanner.characters(of: text) { pieces?.append(characters) }
            }
        case .rare: apply(dialect.events(in: unit), at: stamp)
        }
    }

    private func apply(_ events: [StreamEvent], at stamp: Int64) {
        for event in events {
            switch event {
            case .content(let text):
                takeContent(at: stamp)
                pieces?.append(text)
            case .thinking: takeThinking(at: stamp)
            case .figures(let later): figures.merge(later)
            case .finish(let reason): finish = reason
            case .end: endMarkerAt = endMarkerAt ?? stamp
            case .failure(let invalid):
                failure = invalid
                return
            }
        }
    }

    private func takeContent(at stamp: Int64) {
        if content.last == stamp { coalesced += 1 }
        content.append(stamp)
        lastContentAt = stamp
    }

    private func takeThinking(at stamp: Int64) {
        firstThinkingAt = firstThinkingAt ?? stamp
        lastContentAt = stamp
    }
}
