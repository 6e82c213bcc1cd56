import GateJSON
import GateStream
import Synchronization

/// A call that has begun and is not over.
package struct CallUnderWay: Sendable {
    /// 0 for the first, in the order in which they began.
    package let number: Int
    package let method: String
    /// Without the query.
    package let path: String
    /// When the request had been read whole. Nanoseconds of the monotonic clock.
    package let beganNs: Int64
    /// When the first bytes of the answer's body came; nil before.
    package let firstPieceNs: Int64?
    /// Pieces of the answer's body that have come.
    package let pieces: Int
    fileprivate let asked: AskedModel

    /// nil where the request names none, or is too long to be read for that.
    package var model: String? { asked.name }
}

/// How far a call is: written by the proxy's thread, read by whoever shows it.
final class CallProgress: Sendable {
    private let call: CallUnderWay
    private let firstPieceNs = Atomic<Int64>(0)
    private let pieces = Atomic<Int>(0)

    init(number: Int, method: String, path: String, beganNs: Int64, route: ProxiedRoute, body: [UInt8]) {
        call = CallUnderWay(
            number: number, method: method, path: path, beganNs: beganNs, firstPieceNs: nil, pieces: 0,
            asked: AskedModel(route: route, body: body))
    }

    var number: Int { call.number }

    func hasPiece(at stamp: Int64) {
        let count = pieces.load(ordering: .relaxed)
        if count == 0 { firstPieceNs.store(stamp, ordering: .relaxed) }
        pieces.store(count + 1, ordering: .releasing)
    }

    var now: CallUnderWay {
        let count = pieces.load(ordering: .acquiring)
        return CallUnderWay(
            number: number, method: call.method, path: call.path, beganNs: call.beganNs,
            firstPieceNs: count == 0 ? nil : firstPieceNs.load(ordering: .relaxed), pieces: count, asked: call.asked)
    }
}

/// The model that a request names, read when somebody wants to see it, so that a call which nobody looks at costs nothing.
private final class AskedModel: Sendable {
    private static let mostBytes = 1 << 20

    private enum State {
        case unread([UInt8])
        case read(String?)
    }

    private let state: Mutex<State>

    init(route: ProxiedRoute, body: [UInt8]) {
        let isRead = route != .other && body.count <= AskedModel.mostBytes
        state = Mutex(isRead ? .unread(body) : .read(nil))
    }

    var name: String? {
        state.withLock { state in
            if case .unread(let body) = state { state = .read((try? JSONValue.parse(body))?["model"]?.string) }
            guard case .read(let name) = state else { return nil }
            return name
        }
    }
}
