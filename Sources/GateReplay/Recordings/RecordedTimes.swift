import GateCore

/// The times and counts of a recording, with what follows from the stream where the server said nothing.
struct RecordedTimes {
    /// As much of an answer as a token cap leaves.
    struct Part: Equatable {
        let pieces: Int
        let tokens: Int
        let isAll: Bool
    }

    /// The first content; the end where there is none.
    let start: Nanoseconds
    let end: Nanoseconds
    /// Nil where the server said nothing.
    let load: Nanoseconds?
    let promptEval: Nanoseconds
    private let offsets: [Nanoseconds]
    private let eval: Nanoseconds
    private let tokens: Int

    init(_ recording: ExchangeRecording) {
        let server = recording.server
        offsets = recording.arrivals.map(\.offsetNs)
        end = max(recording.endNs, offsets.last ?? .zero)
        start = offsets.first ?? end
        load = server.loadSeconds.map { Nanoseconds(seconds: $0) }
        promptEval =
            server.promptEvalSeconds.map { Nanoseconds(seconds: $0) }
            ?? max(.zero, start - (load ?? ReplayTimeline.warmLoad))
        eval = server.evalSeconds.map { Nanoseconds(seconds: $0) } ?? (offsets.last ?? start) - start
        tokens = max(server.tokens ?? offsets.count, offsets.isEmpty ? 0 : 1)
    }

    /// A piece is a token, besides the one that ends the answer and shows no text; where pieces hold several tokens
    /// each, they are taken to hold equally many.
    func pieces(within cap: Int?) -> Part {
        guard let cap, cap < tokens else { return Part(pieces: offsets.count, tokens: tokens, isAll: true) }
        let pieces =
            cap <= 0 || offsets.isEmpty
            ? 0
            : tokens <= offsets.count + 1
                ? min(cap, offsets.count) : min(offsets.count, max(1, cap * offsets.count / tokens))
        return Part(pieces: pieces, tokens: max(0, cap), isAll: false)
    }

    /// As much of the server's time for generation as of the stream's; a single token takes a token's share.
    func eval(of part: Part) -> Nanoseconds {
        guard !part.isAll, tokens > 0 else { return eval }
        let span = (offsets.last ?? start) - start
        guard span > .zero, part.pieces > 1 else { return eval.scaled(by: Double(part.tokens) / Double(tokens)) }
        return eval.scaled(by: Double((offsets[part.pieces - 1] - start).count) / Double(span.count))
    }
}
