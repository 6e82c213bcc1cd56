extension StageResult {
    /// True where the stage has an answer.
    public var isAnswered: Bool {
        if case .completed? = exchanges.last?.outcome { true } else { false }
    }

    /// True where the server ended the stage's answer for its length.
    public var isCut: Bool {
        if case .completed(.length)? = exchanges.last?.outcome { true } else { false }
    }
}
