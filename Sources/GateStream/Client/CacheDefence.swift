import GateCore

/// How one call keeps the server from answering out of its prompt cache, and what is known about it afterwards.
struct CacheDefence {
    /// A line of a fixed number of tokens at the very start of the prompt: a prefix cache finds no prefix.
    let nonce: String?
    /// A number that differs from call to call, for servers that take it as a parameter.
    let salt: UInt32

    init(policy: PromptCachePolicy, product: ServerProduct, number: UInt32) {
        salt = number
        nonce = policy == .defeat && !product.hasCacheSwitch ? "Request \(salt)." : nil
    }

    init(policy: PromptCachePolicy, product: ServerProduct, nonces: inout any RandomNumberGenerator) {
        let numbers = RequestBody.uniqueNumbers
        let number = numbers.lowerBound + UInt32(truncatingIfNeeded: nonces.next() % UInt64(numbers.count))
        self.init(policy: policy, product: product, number: number)
    }

    /// The server's own count of cached tokens decides; without one, a nonce that was evaluated has done its work.
    func state(after figures: ServerFigures, api: ServerAPI) -> PromptCacheState {
        if let cached = figures.cachedPromptTokens {
            // The chat template's first tokens are the same in every prompt.
            return cached * 10 > (figures.promptTokens ?? 0) ? .hit : .defeated
        }
        if api == .ollama, figures.promptTokens == nil { return .hit }
        return nonce != nil ? .defeated : .unknown
    }
}

extension ServerProduct {
    /// True where a request's parameter keeps the prompt out of the cache.
    var hasCacheSwitch: Bool {
        switch self {
        case .llamaServer, .vllm: true
        case .ollama, .replay, .unknown: false
        }
    }

    /// True where the sampling options that OpenAI's API does not know (`top_k`, `repeat_penalty`) are understood.
    public var takesExtendedSampling: Bool {
        switch self {
        case .llamaServer, .vllm, .replay: true
        case .ollama, .unknown: false
        }
    }
}
