import GateJSON
package import GateStream
import Synchronization

/// A call that has begun and is not over.
package struct CallUnderWay: Sendable {
    /// 0 for the first, in the order in which they began.
    package let number: Int
    package let method: String
    /// Without the query.
    package let path: String
    /// From when its request had been read whole. Where pieces of content are not known, those of the body count.
    package let answer: AnswerUnderWay
    fileprivate let asked: AskedModel

    /// nil where the request names none, or is too long to be read for that.
    package var model: String? { asked.name }
}

/// How far a call is: written by the proxy's thread, read by whoever shows it.
final class CallProgress: Sendable {
    let number: Int
    let answer = AnswerProgress()
    private let method: String
    private let path: String
    private let asked: AskedModel

    init(number: Int, method: String, path: String, beganNs: Int64, route: PassedRoute, body: [UInt8]) {
        self.number = number
        self.method = method
        self.path = path
        asked = AskedModel(route: route, body: body)
        answer.begin(at: beganNs)
    }

    /// nil once the call is over.
    var now: CallUnderWay? {
        answer.now.map { CallUnderWay(number: number, method: method, path: path, answer: $0, asked: asked) }
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

    init(route: PassedRoute, body: [UInt8]) {
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
