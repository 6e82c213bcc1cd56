import GateClock
import GateCore

/// Reads requests out of the bytes of a connection as they come. Does no I/O.
package struct RequestReader: Sendable {
    /// Of request line and headers. Bytes.
    package static let headLimit = 64 << 10
    /// A body is given so much room at once by its length; more as it comes. Bytes.
    private static let mostRoom = 16 << 20

    private let bodyLimit: Int
    /// What has come and is not used yet.
    private var pending: [UInt8] = []
    /// Up to here no end of a head was found.
    private var searched = 0
    private var head: HTTPHead?
    private var body: [UInt8] = []
    private var chunks = ChunkedBody()
    private var hasAskedForBody = false

    /// - Parameter bodyLimit: bytes; a longer body is a problem.
    package init(bodyLimit: Int = HTTPHead.bodyLimit) { self.bodyLimit = bodyLimit }

    /// Takes bytes that have come.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) { pending.append(contentsOf: bytes) }

    /// Whether bytes of a request have come that are not used yet.
    package var hasBytes: Bool { !pending.isEmpty || head != nil }

    /// Whether a head is there whose body has not come: what ends now ends too early.
    package var isInBody: Bool { head != nil }

    /// Whether the client must be told that it may send the body: true once for a request that asks and has sent none.
    package mutating func wantsContinue() -> Bool {
        guard let head, head.expectsContinue, !hasAskedForBody, pending.isEmpty, body.isEmpty else { return false }
        hasAskedForBody = true
        return head.isChunked || head.contentLength > 0
    }

    /// The next request that has come as a whole; nil where it has not.
    package mutating func next() throws(HTTPProblem) -> HTTPRequest? {
        if head == nil { try takeHead() }
        guard let head else { return nil }
        guard try head.isChunked ? takeChunks() : takeBody(of: head.contentLength) else { return nil }
        let readAt = MonotonicClock.moment
        defer {
            self.head = nil
            body = []
            chunks = ChunkedBody()
            hasAskedForBody = false
        }
        return HTTPRequest(head: head, body: body, readAt: readAt)
    }

    private mutating func takeHead() throws(HTTPProblem) {
        // An empty line before a request is passed over (RFC 9112, 2.2).
        if searched == 0 { pending.removeFirst(pending.prefix { $0 == 0x0D || $0 == 0x0A }.count) }
        guard let end = endOfHead(from: searched) else {
            searched = max(0, pending.count - 3)
            guard pending.count < RequestReader.headLimit else { throw .headTooLarge(limit: RequestReader.headLimit) }
            return
        }
        searched = 0
        let read = try HTTPHead(pending[..<end.lowerBound], bodyLimit: bodyLimit)
        use(end.upperBound)
        body.reserveCapacity(min(read.contentLength, RequestReader.mostRoom))
        head = read
    }

    private mutating func takeBody(of length: Int) -> Bool {
        let count = min(length - body.count, pending.count)
        body.append(contentsOf: pending[..<count])
        use(count)
        return body.count == length
    }

    private mutating func takeChunks() throws(HTTPProblem) -> Bool {
        let bytes = pending
        var (used, data) = (0, body)
        body = []
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(HTTPProblem) in
                var rest = buffer
                while let stretch = try chunks.next(&rest) {
                    guard data.count + stretch.count <= bodyLimit else { throw .bodyTooLarge(limit: bodyLimit) }
                    data.append(contentsOf: stretch)
                }
                used = buffer.count - rest.count
            }
        }
        body = data
        try result.get()
        use(used)
        return chunks.isAtEnd
    }

    private mutating func use(_ count: Int) {
        if count == pending.count { pending.removeAll(keepingCapacity: true) } else { pending.removeFirst(count) }
    }

    /// The empty line that ends a head, as CRLF CRLF or LF LF.
    private func endOfHead(from start: Int) -> Range<Int>? {
        var index = start
        while let feed = pending[index...].firstIndex(of: 0x0A) {
            let next = feed + 1
            if next < pending.count, pending[next] == 0x0A { return feed..<(next + 1) }
            if next + 1 < pending.count, pending[next] == 0x0D, pending[next + 1] == 0x0A { return feed..<(next + 2) }
            index = next
        }
        return nil
    }
}
