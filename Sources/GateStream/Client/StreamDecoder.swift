import GateCore

/// Turns the bytes of a streamed answer into stamped content and the server's figures.
final class StreamDecoder: ResponseSink {
    private var lines = LineScanner()
    private var serverSentEvents: ServerSentEvents?
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
    private var latestContentAt: Int64?
    private var failure: InvalidCall?

    init(format: StreamFormat, keepsText: Bool) {
        pieces = keepsText ? [] : nil
        switch format {
        case .ollama: dialect = OllamaDialect()
        case .llamaCompletion:
            dialect = LlamaCompletionDialect()
            serverSentEvents = ServerSentEvents()
        case .openAI:
            dialect = OpenAIDialect()
            serverSentEvents = ServerSentEvents()
        }
    }

    var firstContentAt: Int64? { content.first }
    /// Thinking counts as a sign of life, though not as content.
    var lastContentAt: Int64? { latestContentAt }

    func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) -> InvalidCall? {
        let fits = lines.scan(bytes) { line in take(line, at: stamp) }
        if !fits {
            return InvalidCall(.tooLarge, "a line of the stream is longer than \(LineScanner.largestLine >> 20) MiB")
        }
        return failure
    }

    /// Handles what stands after the last line's end, once the stream has ended; returns what is wrong with it.
    func streamEnded(at stamp: Int64) -> InvalidCall? {
        lines.finish { line in take(line, at: stamp) }
        if serverSentEvents != nil { _ = finishEvent(at: stamp) }
        return failure
    }

    private func take(_ line: UnsafeBufferPointer<UInt8>, at stamp: Int64) -> Bool {
        guard serverSentEvents != nil else { return apply(dialect.events(in: line), at: stamp) }
        var events: [StreamEvent] = []
        let dialect = dialect
        _ = serverSentEvents?.take(line) { data in
            events = dialect.events(in: data)
            return true
        }
        return apply(events, at: stamp)
    }

    private func finishEvent(at stamp: Int64) -> Bool {
        var events: [StreamEvent] = []
        let dialect = dialect
        _ = serverSentEvents?.finish { data in
            events = dialect.events(in: data)
            return true
        }
        return apply(events, at: stamp)
    }

    private func apply(_ events: [StreamEvent], at stamp: Int64) -> Bool {
        for event in events {
            switch event {
            case .content(let text):
                if content.last == stamp { coalesced += 1 }
                content.append(stamp)
                pieces?.append(text)
                latestContentAt = stamp
            case .thinking:
                firstThinkingAt = firstThinkingAt ?? stamp
                latestContentAt = stamp
            case .figures(let later): figures.merge(later)
            case .finish(let reason): finish = reason
            case .end: endMarkerAt = endMarkerAt ?? stamp
            case .failure(let invalid):
                failure = invalid
                return false
            }
        }
        return true
    }
}
