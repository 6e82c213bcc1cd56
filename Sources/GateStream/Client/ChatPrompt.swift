public import GateCore

/// What is asked in one call.
public struct ChatPrompt: Sendable, Equatable {
    /// The persona.
    public let system: String
    /// What was asked and answered before; nil where nothing was.
    public let example: PromptExample?
    public let user: String

    public init(system: String, example: PromptExample? = nil, user: String) {
        self.system = system
        self.example = example
        self.user = user
    }

    /// All that the model reads, in its order.
    public var texts: [String] { [system] + (example.map { [$0.user, $0.answer] } ?? []) + [user] }

    /// No tokenizer makes fewer tokens than there are words, so that a server that counts fewer did not read them all.
    public var fewestTokens: Int {
        texts.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
    }
}

/// What came back from one call, with everything that was measured.
public struct ChatAnswer: Sendable, Equatable {
    public let outcome: ExchangeOutcome
    public let arrivals: [ContentArrival]
    public let timing: StreamTiming
    public let server: ServerFigures
    public let cache: PromptCacheState
    /// The line that was put before the system message to defeat the prompt cache; nil where that was not needed.
    public let nonce: String?
    /// How long the server asked to wait before another attempt; nil where it did not.
    public let retryAfterSeconds: Double?
    /// Base units; empty for an invalid call.
    public let measurements: Measurements

    /// What was said, without the thinking.
    public var text: String { arrivals.filter { !$0.isThinking }.map(\.text).joined() }
}
