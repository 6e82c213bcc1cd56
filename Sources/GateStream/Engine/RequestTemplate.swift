public import GateCore
import GateJSON

/// The body of a chat request, encoded once: what makes each call's prompt unique is put into a copy of the bytes.
public struct RequestTemplate: Sendable {
    private let bytes: [UInt8]
    /// Where the eight digits stand; empty where the prompt cache is allowed to answer.
    private let digits: Range<Int>
    private let whole: RequestBody
    /// True where every body differs from all others at the start of its prompt, so that no cache has its beginning.
    public var isUnique: Bool { !digits.isEmpty }

    public init(prompt: ChatPrompt, agent: AgentConfiguration, api: ServerAPI, route: PromptRoute = .chat) {
        func encoded(_ number: UInt32) -> [UInt8] {
            let defence = CacheDefence(policy: agent.promptCache, product: .unknown, number: number)
            return ChatRequest(
                prompt: prompt, agent: agent, api: api, product: .unknown, defence: defence, route: route
            ).body.encoded
        }
        // Two bodies differ in the digits and nowhere else, whatever the prompt holds.
        let (one, other) = (encoded(11_111_111), encoded(22_222_222))
        let places = one.indices.filter { one[$0] != other[$0] }
        bytes = one
        digits = places.first.map { $0..<(places.last ?? $0) + 1 } ?? 0..<0
        whole = RequestBody(one)
    }

    /// - Parameter uniqueNumber: one of ``RequestBody/uniqueNumbers``.
    public func body(uniqueNumber: UInt32) -> RequestBody {
        guard isUnique else { return whole }
        var copy = bytes
        copy.replaceSubrange(digits, with: String(uniqueNumber).utf8)
        return RequestBody(copy)
    }
}
