import GateCore
import GateHTTP
import GateJSON
import Synchronization

/// Recorded calls, each answered to the same request again: the same method, target and body, whatever the order of the
/// members in its JSON.
final class PassedLibrary: Sendable {
    private struct Key: Hashable {
        let method: String
        let target: String
        let request: String
    }

    private let exchanges: [PassedExchange]
    private let places: [Key: [Int]]
    /// How often each request has been answered: one that was made several times gets its answers in their order.
    private let turns = Mutex<[Key: Int]>([:])

    /// nil where there are none.
    init?(_ exchanges: [PassedExchange]) throws(ReplayError) {
        guard !exchanges.isEmpty else { return nil }
        for exchange in exchanges { try exchange.validate() }
        self.exchanges = exchanges
        places = Dictionary(grouping: exchanges.indices) { index in
            let exchange = exchanges[index]
            return Key(method: exchange.method, target: exchange.target, request: exchange.request)
        }
    }

    /// The recorded answer; nil where no such request was recorded.
    func exchange(for request: HTTPRequest) -> PassedExchange? {
        let key = Key(
            method: request.method, target: request.head.target, request: JSONValue.canonicalText(of: request.body))
        guard let own = places[key] else { return nil }
        let turn = turns.withLock { turns in
            defer { turns[key, default: 0] += 1 }
            return turns[key, default: 0]
        }
        return exchanges[own[turn % own.count]]
    }

    /// What is wrong with a request that was not recorded: the one that is most like it, and where they differ.
    func objection(to request: HTTPRequest) -> String {
        let name = "\(request.method) \(request.head.target)"
        let asked = JSONValue.canonicalText(of: request.body)
        let candidates = exchanges.filter { $0.method == request.method && $0.target == request.head.target }
        guard let nearest = candidates.max(by: { likeness(of: $0, to: asked) < likeness(of: $1, to: asked) }) else {
            let known = Set(exchanges.map { "\($0.method) \($0.target)" }).sorted().prefix(8)
            return
                "no request for \(name) was recorded; recorded are \(known.joined(separator: ", ")). Record it again."
        }
        let difference =
            if let one = try? JSONValue.parse(nearest.request), let other = try? JSONValue.parse(asked) {
                JSONDifference.first(from: one, to: other) ?? "nothing that could be named"
            } else {
                "the body, which is not JSON"
            }
        return
            "this request for \(name) was not recorded. The nearest is '\(nearest.id)', which differs in \(difference)."
            + " Record it again, or make the agent ask the same."
    }

    private func likeness(of exchange: PassedExchange, to asked: String) -> Int {
        let (one, other) = (Array(exchange.request.utf8), Array(asked.utf8))
        let (prefix, suffix) = RecordingLibrary.score(one, other)
        return min(prefix + suffix, one.count, other.count)
    }
}

extension PassedExchange {
    /// Throws where it could not be played.
    fileprivate func validate() throws(ReplayError) {
        let day = Nanoseconds(seconds: 86_400)
        let offsets = pieces.map(\.offsetNs) + [endNs]
        guard zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
            offsets.allSatisfy({ $0 >= .zero && $0 <= day })
        else {
            throw .unusableRecording(id: id, reason: "its pieces are not in order, or later than a day")
        }
        guard (200...599).contains(status) else {
            throw .unusableRecording(id: id, reason: "\(status) is no status of an answer")
        }
    }
}
