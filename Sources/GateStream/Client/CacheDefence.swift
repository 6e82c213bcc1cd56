import GateCore

/// How one call keeps the server from answering out of its prompt cache, and what is known about it afterwards.
struct CacheDefence {
    /// A line of a fixed number of tokens at the very start of the prompt: a prefix cache finds no prefix.
    let nonce: String?
    /// A number that differs from call to call, for servers that take it as a parameter.
    let salt: UInt32
    private let product: ServerProduct
    private let isMeant: Bool

    init(policy: PromptCachePolicy, product: ServerProduct, number: UInt32) {
        salt = number
        self.product = product
        isMeant = policy == .defeat
        nonce = policy == .defeat && !product.tellsCachedTokens ? "Request \(salt)." : nil
    }

    init(policy: PromptCachePolicy, product: ServerProduct, nonces: inout any RandomNumberGenerator) {
        let numbers = RequestBody.uniqueNumbers
        let number = numbers.lowerBound + UInt32(truncatingIfNeeded: nonces.next() % UInt64(numbers.count))
        self.init(policy: policy, product: product, number: number)
    }

    /// The server's own count of cached tokens decides, else its count of evaluated ones. A server that tells neither
    /// cannot have had the prompt's beginning where that was unique: an assumption, and named so.
    func state(after figures: ServerFigures, in dialect: any Dialect) -> PromptCacheState {
        if let cached = figures.cachedPromptTokens {
            // The chat template's first tokens are the same in every prompt.
            return Double(cached) * 10 > Double(figures.promptTokens ?? 0) ? .hit : .defeated
        }
        if dialect.countsEvaluatedPrompt, figures.promptTokens == nil { return .hit }
        guard isMeant else { return .unknown }
        return dialect.countsEvaluatedPrompt || product == .replay ? .defeated : .assumedDefeated
    }
}
