package import GateCore

/// A request that has arrived completely.
package struct HTTPRequest: Sendable {
    package let head: HTTPHead
    package let body: [UInt8]
    /// The monotonic clock when its last byte had been read: the zero of every offset of the answer.
    package let readAt: Nanoseconds

    package init(head: HTTPHead, body: [UInt8], readAt: Nanoseconds) {
        self.head = head
        self.body = body
        self.readAt = readAt
    }

    package var method: String { head.method }
    package var path: String { head.path }
}
