public import GateCore
public import GateStream

/// How many tokens a call has room for, and how that is known.
public struct ContextWindow: Sendable, Equatable {
    /// Tokens for prompt and answer together.
    public let tokens: Int
    /// Tokens kept free for the answer.
    public let answer: Int
    /// Tokens of the chat template and of the line that defeats the prompt cache.
    static let template = 48

    /// Where neither configuration nor server tell: Ollama's default.
    static let assumed = 4096

    /// Tokens that system and user message may have.
    public var prompt: Int { tokens - answer - ContextWindow.template }

    /// The configured window, else the one that the server tells, but never more than the server has.
    ///
    /// A server whose requests set the window tells the one that the model was trained with, so it is not asked.
    public static func resolve(
        agent: AgentConfiguration, profile: ServerProfile
    ) -> (window: ContextWindow, warning: Warning?) {
        let told = profile.server.api.traits.setsContextWindow ? nil : profile.model.contextLength
        if let tokens = [agent.numCtx, told].compactMap({ $0 }).min() {
            return (ContextWindow(tokens: tokens, answer: agent.maxTokens), nil)
        }
        return (
            ContextWindow(tokens: assumed, answer: agent.maxTokens),
            Warning(
                "the context window is not known; prompts are fitted to \(assumed) tokens",
                remedy: "Set agent.num_ctx to what the server runs with.")
        )
    }
}
