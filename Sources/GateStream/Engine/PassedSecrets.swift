import GateCore

/// What a passed request is let in by, to be taken out of what is kept of its answer.
package struct PassedSecrets: Sendable {
    /// Ours, where one is configured.
    private let token: BearerToken?
    /// What the client brought itself.
    private let ofClient: [BearerToken]

    package init(token: BearerToken?, ofClient: [BearerToken]) {
        self.token = token
        self.ofClient = ofClient
    }

    /// The reason without any of them.
    func redacted(_ reason: InvalidCall) -> InvalidCall {
        ([token].compactMap(\.self) + ofClient).reduce(reason) { $1.redacted($0) }
    }

    /// The same number of pieces of an answer. What a client brings where none is asked for is often a word (`ollama`,
    /// `EMPTY`), which answers use as such: only a longer one is taken out of them.
    package func redacted(_ pieces: [String]) -> [String] {
        ([token].compactMap(\.self) + ofClient.filter { !$0.mayBeWord }).reduce(pieces) { $1.redacted($0) }
    }
}
