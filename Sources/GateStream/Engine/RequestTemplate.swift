public import GateCore
import GateJSON

/// The body of a chat request, encoded once: what makes each call's prompt unique is put into a copy of the bytes.
public struct RequestTemplate: Sendable {
    private let bytes: [UInt8]
    /// Where the eight digits stand, once or more; empty where nothing differs from request to request.
    private let digits: [Range<Int>]
    private let whole: RequestBody
    private let defence: CacheDefence
    private let dialect: any Dialect

    /// - Parameter product: how the program that answers is kept from answering out of its prompt cache.
    public init(
        prompt: ChatPrompt, agent: AgentConfiguration, api: ServerAPI, product: ServerProduct = .unknown,
        route: PromptRoute = .chat
    ) {
        let dialect = api.dialect
        func defence(_ number: UInt32) -> CacheDefence {
            CacheDefence(policy: agent.promptCache, product: product, number: number)
        }
        func encoded(_ number: UInt32) -> [UInt8] {
            dialect.body(
                of: ChatRequest(
                    prompt: prompt, agent: agent, product: product, defence: defence(number), route: route)
            ).encoded
        }
        // Two bodies differ in the digits and nowhere else, whatever the prompt holds.
        let (one, other) = (encoded(11_111_111), encoded(22_222_222))
        bytes = one
        digits = Array(RangeSet(one.indices.filter { one[$0] != other[$0] }, within: one).ranges)
        whole = RequestBody(one)
        self.defence = defence(11_111_111)
        self.dialect = dialect
    }

    /// What is known about the prompt cache after a request of this template was answered.
    public func cacheState(after figures: ServerFigures) -> PromptCacheState {
        defence.state(after: figures, in: dialect)
    }

    /// - Parameter uniqueNumber: one of ``RequestBody/uniqueNumbers``.
    public func body(uniqueNumber: UInt32) -> RequestBody {
        guard !digits.isEmpty else { return whole }
        var copy = bytes
        for range in digits { copy.replaceSubrange(range, with: String(uniqueNumber).utf8) }
        return RequestBody(copy)
    }
}
