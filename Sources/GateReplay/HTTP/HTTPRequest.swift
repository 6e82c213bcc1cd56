import GateCore

/// A request that has arrived completely.
struct HTTPRequest: Sendable {
    let head: HTTPHead
    let body: [UInt8]
    /// The monotonic clock when its last byte had been read: the zero of every offset of the answer.
    let readAt: Nanoseconds

    var method: String { head.method }
    var path: String { head.path }
}
