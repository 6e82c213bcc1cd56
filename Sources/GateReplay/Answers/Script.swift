import GateCore
import GateHTTP

/// What is sent in answer to one request, and when. All of it is prepared before the first byte leaves, so that
/// nothing but the clock is between one piece and the next.
struct Script: Sendable, Equatable {
    struct Send: Sendable, Equatable {
        /// After the request had been read.
        let at: Nanoseconds
        var bytes: [UInt8]
    }

    enum Ending: Sendable, Equatable {
        /// The next request may follow on the same connection.
        case keepAlive
        case close
        case reset
        /// The connection stays open and silent until the client leaves.
        case hang
    }

    /// In order of time; no two at the same.
    private(set) var sends: [Send] = []
    var ending: Ending
    /// Whether every byte is sent by itself.
    var isBytewise = false

    init(ending: Ending) { self.ending = ending }

    /// One complete answer.
    init(_ response: HTTPResponse, to head: HTTPHead, at time: Nanoseconds = .zero) {
        self.init(ending: head.keepsAlive ? .keepAlive : .close)
        send(response.bytes(keepsAlive: head.keepsAlive, withBody: head.method != "HEAD"), at: time)
    }

    /// Bytes for the same moment, or for one before the last, are sent together with the last ones.
    mutating func send(_ bytes: [UInt8], at time: Nanoseconds) {
        if let last = sends.last, last.at >= time {
            sends[sends.count - 1].bytes += bytes
        } else {
            sends.append(Send(at: time, bytes: bytes))
        }
    }
}
