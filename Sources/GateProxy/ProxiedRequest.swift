package import GateCore

/// What a request says, as evidence of what was asked.
package struct ProxiedRequest: Sendable, Equatable {
    /// A text that the model reads.
    package struct Text: Sendable, Equatable {
        /// `system`, `user`, `assistant`, `tool`, or what else the request calls it.
        package let role: String
        package let text: String
    }

    /// nil where the request names none.
    package let model: String?
    /// All that the model reads, in its order; empty for a route that is not read.
    package let texts: [Text]
    /// Of the texts, of a route that is not read of the whole body.
    package let prompt: PromptIdentity
    /// Every other member of the request, by name, as canonical JSON.
    package let options: [String: String]
}
