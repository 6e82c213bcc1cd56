extension Measurements {
    /// The figures of one start of a command that its calls and its process give; what cannot be known is absent.
    ///
    /// - Parameters:
    ///   - calls: every call that it made.
    ///   - wall: from its start to its end.
    ///   - outsideModel: of that, the time in which no call was under way.
    ///   - cpuSeconds: user and system together.
    ///   - peakBytes: resident memory.
    package init(
        ofCommand command: CommandConfiguration, calls: [Exchange], wall: Double, outsideModel: Double,
        cpuSeconds: Double?, peakBytes: Double?
    ) {
        self.init()
        let valid = calls.filter(\.outcome.isValid)
        let generations = valid.filter { $0.request?.isGeneration != false }
        // Embeddings, of servers that count their tokens.
        let others = valid.filter { $0.request?.isGeneration == false && $0.server.promptTokens != nil }
        self["calls"] = Double(calls.count)
        self["calls_failed"] = Double(calls.count(where: \.isFailed))
        self["prompt_tokens_sum"] = Measurements.sum((generations + others).map(\.server.promptTokens))
        self["tokens_sum"] = Measurements.sum(generations.map(\.server.tokens))
        self["cost"] = Measurements.sum(
            generations.map { $0.cost(by: command) } + others.compactMap { $0.cost(by: command) })
        self["wall"] = wall
        self["outside_model"] = outsideModel
        self["cpu"] = cpuSeconds
        self["peak_memory"] = peakBytes
    }

    private static func sum(_ counts: [Int?]) -> Double? { sum(counts.map { $0.map(Double.init) }) }

    /// Nil where a part is not known.
    private static func sum(_ values: [Double?]) -> Double? {
        let known = values.compactMap(\.self)
        return known.isEmpty || known.count < values.count ? nil : known.reduce(0, +)
    }
}

extension Exchange {
    /// Nil where the server counted no tokens or its model has no price. Embeddings generate none.
    func cost(by command: CommandConfiguration) -> Double? {
        guard let price = request?.model.flatMap(command.price), let prompt = server.promptTokens,
            let tokens = server.tokens ?? (request?.isGeneration == false ? 0 : nil)
        else { return nil }
        return (Double(prompt) * price.prompt + Double(tokens) * price.completion) / 1_000_000
    }
}

extension Session {
    /// Rules of stages that no call of the session is in although runs did their work, in their order.
    package var silentStageRules: [StageRule] {
        guard let command = configuration.command, measuredRuns.contains(where: \.isComplete) else { return [] }
        let names = Set(runs.flatMap(\.stages).map(\.name))
        return command.stages.filter { !names.contains($0.name) }
    }

    /// Models that were called and have no price although others have one, sorted.
    package var modelsWithoutPrice: [String] {
        guard let command = configuration.command, !command.prices.isEmpty else { return [] }
        let calls = runs.flatMap(\.stages).flatMap(\.exchanges).compactMap(\.request).filter(\.isGeneration)
        return Set(calls.compactMap(\.model)).filter { command.price(of: $0) == nil }.sorted()
    }

    /// Models of embeddings and their kin whose tokens are counted and have no price although others have one, sorted.
    package var modelsLeftOutOfCost: [String] {
        guard let command = configuration.command, !command.prices.isEmpty else { return [] }
        let calls = runs.flatMap(\.stages).flatMap(\.exchanges).filter {
            $0.request?.isGeneration == false && $0.server.promptTokens != nil
        }
        return Set(calls.compactMap(\.request?.model)).filter { command.price(of: $0) == nil }.sorted()
    }
}
