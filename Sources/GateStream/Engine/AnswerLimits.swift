import GateCore

/// How much of an answer is taken: what is more than any answer within its token cap is refused, so that no server can
/// fill our memory or hold us for ever.
struct AnswerLimits: Sendable, Equatable {
    /// Of the body, decompressed.
    let bytes: Int
    /// Of one line of the stream, or of the data of one event.
    let lineBytes: Int
    /// Pieces of all channels. Servers and proxies that cut an answer by its characters send several for a token.
    let pieces: Int

    /// What one token may take with everything around it: an object with the log-probabilities of twenty others has 3 KB.
    private static let bytesOfToken = 16 << 10
    private static let piecesOfToken = 16
    /// For what stands beside the tokens: the role, the figures, a prompt that is sent back.
    private static let besides = (bytes: 4 << 20, pieces: 1024)
    private static let longestLine = 16 << 20
    /// Nobody's model answers with more tokens.
    private static let mostTokens = 1 << 20

    /// - Parameter tokenCap: the tokens that were asked for at most; nil where there was no cap.
    init(tokenCap: Int?) {
        let tokens = min(max(tokenCap ?? AnswerLimits.mostTokens, 1), AnswerLimits.mostTokens)
        bytes = min(tokens * AnswerLimits.bytesOfToken, 256 << 20) + AnswerLimits.besides.bytes
        pieces = tokens * AnswerLimits.piecesOfToken + AnswerLimits.besides.pieces
        lineBytes = min(AnswerLimits.longestLine, bytes)
    }

    static func tooLarge(_ bytes: Int, what: String) -> InvalidCall {
        let size = bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
        return InvalidCall(.tooLarge, "\(what) is larger than \(size)")
    }
}
