/// A question with its answer that stand before the real question, so that a model sees what is wanted of it.
public struct PromptExample: Codable, Sendable, Equatable {
    public let user: String
    public let answer: String

    public init(user: String, answer: String) {
        self.user = user
        self.answer = answer
    }
}
