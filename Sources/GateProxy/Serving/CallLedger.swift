import Dispatch
import GateCore
import GateJSON
import GateStream
import Synchronization

/// A call that has ended, before its request is read.
struct EndedCall: Sendable {
    let number: Int
    let method: String
    let path: String
    let route: PassedRoute
    let stage: String?
    let body: [UInt8]
    let isStreamed: Bool
    let wasForced: Bool
    let beganNs: Int64
    let endedNs: Int64
    let record: CallRecord
    /// The path with its query.
    let target: String
    /// nil where it is not kept, or is none.
    let answer: KeptAnswer?
    let secrets: PassedSecrets

    /// Reads the request, which takes longer the longer it is.
    var proxied: ProxiedCall {
        ProxiedCall(
            number: number, method: method, path: path, route: route, stage: stage,
            request: ProxiedRequest(route: route, body: body), isStreamed: isStreamed, wasForced: wasForced,
            beganNs: beganNs, endedNs: endedNs, record: record, passed: passed)
    }

    private var passed: PassedExchange? {
        let origin = record.sentNs ?? record.beganNs
        guard let answer, let whole = answer.texts(from: origin) else { return nil }
        let pieces = zip(whole, secrets.redacted(whole.map(\.text))).compactMap { piece, text in
            text.isEmpty ? nil : PassedExchange.Piece(offsetNs: piece.offsetNs, text: text)
        }
        let end = max(Nanoseconds(max(0, record.endNs)), pieces.last?.offsetNs ?? .zero)
        return PassedExchange(
            id: "call-\(number + 1)", method: method, target: target, request: JSONValue.canonicalText(of: body),
            status: answer.status, contentType: answer.contentType, isStreamed: isStreamed && !wasForced,
            pieces: pieces, endNs: end)
    }
}

/// The calls that ended and were not taken. What is made of them is made on a thread of its own, so that the one that
/// forwards waits for nothing.
final class CallLedger: Sendable {
    private struct State {
        var underWay: [Int: CallProgress] = [:]
        var calls: [ProxiedCall] = []
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "chimera-gate.proxied-calls")
    private let told: (@Sendable (ProxiedCall) -> Void)?

    init(told: (@Sendable (ProxiedCall) -> Void)?) { self.told = told }

    /// Calls that began and cannot be taken yet.
    var inFlight: Int { state.withLock { $0.underWay.count } }

    /// The same, in the order in which they began.
    var underWay: [CallUnderWay] {
        state.withLock { Array($0.underWay.values) }.compactMap(\.now).sorted { $0.number < $1.number }
    }

    func began(_ call: CallProgress) { state.withLock { $0.underWay[call.number] = call } }

    /// A call that came to nothing, not even to a question.
    func abandoned(_ number: Int) { state.withLock { _ = $0.underWay.removeValue(forKey: number) } }

    func ended(_ call: EndedCall) {
        queue.async { [self] in
            let proxied = call.proxied
            told?(proxied)
            state.withLock { state in
                state.calls.append(proxied)
                state.underWay[call.number] = nil
            }
        }
    }

    /// Waits until everything that ended is there.
    func settle() { queue.sync {} }

    /// In the order in which they began.
    func take() -> [ProxiedCall] {
        state.withLock { state in
            defer { state.calls = [] }
            return state.calls.sorted { $0.number < $1.number }
        }
    }
}
