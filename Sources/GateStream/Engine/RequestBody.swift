public import GateCore
import GateJSON

/// The bytes of a request, encoded once and sent as often as wanted without a copy.
public final class RequestBody: Sendable {
    /// Written only before `init` returns.
    nonisolated(unsafe) private let storage: UnsafeMutableRawBufferPointer

    public init(_ bytes: [UInt8]) {
        // One byte more, because an empty body needs an address too.
        storage = .allocate(byteCount: bytes.count + 1, alignment: 1)
        storage.copyBytes(from: bytes)
        storage[bytes.count] = 0
    }

    deinit { storage.deallocate() }

    /// The body of a chat request, as ``ModelClient`` sends it.
    ///
    /// - Parameter uniqueNumber: eight digits that differ from call to call and keep the answer from coming out of the
    ///   server's prompt cache, where `agent.promptCache` asks for that: as a line at the start of the prompt, or as
    ///   the parameter that the product takes instead. See ``uniqueNumbers``.
    public convenience init(
        chat prompt: ChatPrompt, agent: AgentConfiguration, api: ServerAPI, product: ServerProduct = .unknown,
        uniqueNumber: UInt32
    ) {
        let defence = CacheDefence(policy: agent.promptCache, product: product, number: uniqueNumber)
        self.init(
            api.dialect.body(
                of: ChatRequest(prompt: prompt, agent: agent, product: product, defence: defence)
            ).encoded)
    }

    /// The range of ``init(chat:agent:api:product:uniqueNumber:)``'s number: the same count of tokens for all of them.
    public static let uniqueNumbers: ClosedRange<UInt32> = 10_000_000...99_999_999

    public var count: Int { storage.count - 1 }

    /// Valid as long as the body lives.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }
}
