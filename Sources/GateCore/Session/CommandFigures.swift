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
        self["cost"] = Measurements.cost(of: calls, by: command.prices)
        self["wall"] = wall
        self["outside_model"] = outsideModel
        self["cpu"] = cpuSeconds
        self["peak_memory"] = peakBytes
    }

    /// What calls cost together; nil where that of a generation is not known. Embeddings without a price are left out.
    fileprivate static func cost(of calls: [Exchange], by prices: [ModelPrice]) -> Double? {
        let valid = calls.filter(\.outcome.isValid)
        let generations = valid.filter { $0.request?.isGeneration != false }
        let others = valid.filter { $0.request?.isGeneration == false && $0.server.promptTokens != nil }
        return sum(generations.map { $0.cost(by: prices) } + others.compactMap { $0.cost(by: prices) })
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
    fileprivate func cost(by prices: [ModelPrice]) -> Double? {
        guard let price = request?.model.flatMap(prices.price), let prompt = server.promptTokens,
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
        return Set(calls.compactMap(\.model)).filter { command.prices.price(of: $0) == nil }.sorted()
    }

    /// Models of embeddings and their kin whose tokens are counted and have no price although others have one, sorted.
    package var modelsLeftOutOfCost: [String] { otherModels(areCounted: true, arePriced: false) }

    /// Models of embeddings and their kin that have a price above 0, and whose tokens the server did not count; sorted.
    package var modelsNotCounted: [String] { otherModels(areCounted: false, arePriced: true) }

    private func otherModels(areCounted: Bool, arePriced: Bool) -> [String] {
        guard let command = configuration.command, !command.prices.isEmpty else { return [] }
        let calls = runs.filter { $0.arm != .base }.flatMap(\.stages).flatMap(\.exchanges).filter {
            $0.outcome.isValid && $0.request?.isGeneration == false && ($0.server.promptTokens != nil) == areCounted
        }
        return Set(calls.compactMap(\.request?.model)).filter { model in
            guard let price = command.prices.price(of: model) else { return !arePriced }
            return arePriced && price.prompt + price.completion > 0
        }.sorted()
    }
}

extension Session {
    /// The same session as it costs by the prices of another revision, which has to judge it: of models that those do not
    /// know, the session's own price counts. The base's runs, of a session that has them, keep theirs.
    package func priced(by prices: [ModelPrice]) -> Session {
        guard let command = configuration.command else { return self }
        let counting = prices + command.prices.filter { prices.price(of: $0.model) == nil }
        var session = self
        session.configuration.command?.prices = counting.sorted { $0.model < $1.model }
        for index in session.runs.indices where session.runs[index].command != nil && session.runs[index].arm != .base {
            let calls = session.runs[index].stages.flatMap(\.exchanges)
            session.runs[index].measurements["cost"] = Measurements.cost(of: calls, by: counting)
        }
        return session
    }

    /// Models that its runs called, sorted.
    package var modelsCalled: [String] {
        Set(runs.filter { $0.arm != .base }.flatMap(\.stages).flatMap(\.exchanges).compactMap(\.request?.model))
            .sorted()
    }
}
