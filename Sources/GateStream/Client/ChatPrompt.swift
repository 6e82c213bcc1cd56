public import GateCore

/// What is asked in one call.
public struct ChatPrompt: Sendable, Equatable {
    /// The persona.
    public let system: String
    public let user: String

    public init(system: String, user: String) {
        self.system = system
        self.user = user
    }

    /// No tokenizer makes fewer tokens than there are words, so that a server that counts fewer did not read them all.
    public var fewestTokens: Int {
        [system, user].reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
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
    /// Base units; empty for an invalid call.
    public let measurements: Measurements

    public var text: String { arrivals.map(\.text).joined() }
}
