/// Something that goes wrong on purpose with the answer to a generation request. A count of tokens that the answer
/// does not reach means: after its last one.
public enum ReplayFault: Sendable, Equatable {
    // MARK: instead of an answer

    /// 404, as if the model had never been pulled.
    case modelNotFound
    /// 400: the prompt is longer than the context window.
    case contextOverflow
    /// 401: the key is wrong.
    case unauthorized
    /// 503 for the first requests, whatever their route, as while a model is being loaded.
    case loading(requests: Int)
    /// An error with this status, 400 to 599.
    case status(Int)
    /// 429 with `Retry-After`.
    case busy(retryAfterSeconds: Int)
    /// 307 to another address.
    case redirect(to: String)
    /// The connection ends before a byte of the answer.
    case closeWithoutAnswer

    // MARK: in the middle of an answer

    /// An error object inside the stream, whose status is 200 by then.
    case error(afterTokens: Int)
    /// The same as an event that is called `error` (OpenAI's routes), or as an object (Ollama's).
    case errorEvent(afterTokens: Int)
    /// The connection ends in the middle: no end marker, no last chunk.
    case cut(afterTokens: Int)
    /// As ``cut(afterTokens:)``, by a reset.
    case reset(afterTokens: Int)
    /// The stream ends as HTTP says, but without the last object, finish reason and end marker.
    case endWithoutMarker(afterTokens: Int)
    /// Nothing more comes and the connection stays open.
    case stall(afterTokens: Int)
    /// A line that is no JSON.
    case garbage(afterTokens: Int)
    /// A line of this many bytes without an end in sight.
    case oversizedLine(bytes: Int)

    // MARK: an answer that is complete and yet odd

    /// The answer ends without a single token.
    case noTokens
    /// Headers, and then silence.
    case silence
    /// Every byte is sent by itself.
    case bytewise
    /// Empty content, long before the first token.
    case emptyContentFirst
    /// So many pieces of thinking, spread over the time before the first token.
    case thinking(pieces: Int)
    /// Comments inside the stream in every silence of this many seconds (OpenAI's routes; llama-server: 30).
    case heartbeats(seconds: Double)
    /// The server says nothing of counts and durations.
    case noFigures
    /// The server says that it took all but one token of the prompt from its cache.
    case cachedPrompt
    /// The server says that it evaluated so many tokens of the prompt, as after cutting it silently.
    case promptTokens(Int)
    /// The server says that it generated so many tokens.
    case tokens(Int)
    /// The answer ends for this reason, in the server's word.
    case finish(String)
    /// All content is sent as thinking, and no answer follows.
    case onlyThinking
}

extension ReplayFault {
    /// Reads one of ``forms``, as in `cut:5`.
    public init(_ text: String) throws(ReplayError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let fault: ReplayFault? =
            if parts.count == 1 {
                ReplayFault.plain[parts[0]]
            } else if parts[0] == "finish" {
                .finish(parts[1])
            } else if parts[0] == "redirect" {
                parts[1].isEmpty ? nil : .redirect(to: parts[1])
            } else if parts[0] == "heartbeats" {
                Double(parts[1]).map { .heartbeats(seconds: $0) }
            } else if let make = ReplayFault.counted[parts[0]], let count = Int(parts[1]) {
                make(count)
            } else {
                nil
            }
        guard let fault else { throw .unknownFault(text) }
        try fault.validate()
        self = fault
    }

    /// What ``init(_:)`` reads: a name, and for most `:` and a number (of tokens, unless it says otherwise).
    public static var forms: [String] {
        (plain.keys + counted.keys.filter { $0 != "busy" }.map { "\($0):N" } + [
            "busy:SECONDS", "finish:WORD", "heartbeats:SECONDS", "redirect:URL",
        ]).sorted()
    }

    private static let plain: [String: ReplayFault] = [
        "model-not-found": .modelNotFound, "context-overflow": .contextOverflow, "unauthorized": .unauthorized,
        "close": .closeWithoutAnswer, "no-tokens": .noTokens, "silence": .silence, "bytewise": .bytewise,
        "empty-first": .emptyContentFirst, "no-figures": .noFigures, "cached-prompt": .cachedPrompt,
        "only-thinking": .onlyThinking,
    ]

    private static let counted: [String: @Sendable (Int) -> ReplayFault] = [
        "loading": { .loading(requests: $0) }, "status": { .status($0) }, "error": { .error(afterTokens: $0) },
        "error-event": { .errorEvent(afterTokens: $0) }, "busy": { .busy(retryAfterSeconds: $0) },
        "cut": { .cut(afterTokens: $0) }, "reset": { .reset(afterTokens: $0) },
        "end-early": { .endWithoutMarker(afterTokens: $0) }, "stall": { .stall(afterTokens: $0) },
        "garbage": { .garbage(afterTokens: $0) }, "oversized": { .oversizedLine(bytes: $0) },
        "thinking": { .thinking(pieces: $0) }, "prompt-tokens": { .promptTokens($0) },
        "tokens": { .tokens($0) },
    ]

    /// Throws where a number is out of its range.
    func validate() throws(ReplayError) {
        switch self {
        case .status(let status) where !(400...599).contains(status):
            throw .impossibleOption("the status of a fault", "\(status)", allowed: "400 to 599")
        case .heartbeats(let seconds) where !(0.001...86_400).contains(seconds):
            throw .impossibleOption("the seconds between heartbeats", "\(seconds)", allowed: "0.001 to 86400")
        case .finish(let word) where word.isEmpty || word.utf8.count > 200:
            throw .impossibleOption("the word of an end", "'\(word)'", allowed: "1 to 200 bytes")
        case .redirect(let url) where url.utf8.contains { $0 <= 0x20 || $0 >= 0x7F }:
            throw .impossibleOption("the address of a redirect", "'\(url)'", allowed: "a URL in ASCII without spaces")
        case .loading(let count), .error(let count), .cut(let count), .reset(let count), .endWithoutMarker(let count),
            .stall(let count), .garbage(let count), .thinking(let count), .promptTokens(let count),
            .oversizedLine(let count), .errorEvent(let count), .busy(let count), .tokens(let count):
            let limit = 256 << 20
            guard (0...limit).contains(count) else {
                throw .impossibleOption("the number of a fault", "\(count)", allowed: "0 to \(limit)")
            }
        default: break
        }
    }
}
