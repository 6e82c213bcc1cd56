import GateClock
import GateCore
import Glibc

/// One accepted connection, owned by its thread.
struct Connection {
    let socket: Int32
    /// Bytes that were read and not yet used: the beginning of the next request.
    private var pending: [UInt8] = []

    static let headLimit = 64 << 10

    init(socket: Int32) {
        self.socket = socket
        var yes: Int32 = 1
        // Without it the kernel holds small segments back, and the recorded gaps would be its own.
        setsockopt(
            socket, Int32(clamping: IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(clamping: MemoryLayout<Int32>.size))
    }

    /// The next request; nil when the client has ended the connection between two requests.
    mutating func nextRequest() throws(HTTPProblem) -> HTTPRequest? {
        guard let head = try nextHead() else { return nil }
        if head.expectsContinue, pending.count < head.contentLength { _ = send(HTTPResponse.continue) }
        while pending.count < head.contentLength {
            guard receive() else { throw .malformed("the connection ended inside the body") }
        }
        let readAt = MonotonicClock.moment
        let body = Array(pending.prefix(head.contentLength))
        pending.removeFirst(head.contentLength)
        return HTTPRequest(head: head, body: body, readAt: readAt)
    }

    private mutating func nextHead() throws(HTTPProblem) -> HTTPHead? {
        var searched = 0
        while true {
            // An empty line before a request is passed over (RFC 9112, 2.2).
            pending.removeFirst(pending.prefix { $0 == 0x0D || $0 == 0x0A }.count)
            if let end = endOfHead(from: searched) {
                let head = try HTTPHead(pending[..<end.lowerBound])
                pending.removeFirst(end.upperBound)
                return head
            }
            searched = max(0, pending.count - 3)
            guard pending.count < Connection.headLimit else { throw .headTooLarge(limit: Connection.headLimit) }
            guard receive() else {
                if pending.isEmpty { return nil }
                throw .malformed("the connection ended inside the head")
            }
        }
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

    /// False at the end of the connection.
    private mutating func receive() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 1) { buffer in
            var count = recv(socket, buffer.baseAddress, buffer.count, 0)
            while count < 0, errno == EINTR { count = recv(socket, buffer.baseAddress, buffer.count, 0) }
            guard count > 0 else { return false }
            pending.append(contentsOf: buffer.prefix(count))
            return true
        }
    }

    /// Sends everything; false when the client has gone, which must not raise SIGPIPE.
    func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                let count = Glibc.send(socket, rest.baseAddress, rest.count, Int32(clamping: MSG_NOSIGNAL))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// True when the client has closed its side. Bytes of a next request are left where they are.
    var clientHasGone: Bool {
        var byte: UInt8 = 0
        let count = recv(socket, &byte, 1, Int32(clamping: MSG_PEEK) | Int32(clamping: MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
    }

    /// Makes the end of the connection a reset, as when a server dies.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(clamping: MemoryLayout<linger>.size))
    }

    /// Ends our side and reads on for a moment: closing over unread bytes would reset the connection, and the client
    /// could lose the answer that says what was wrong.
    func finish() {
        shutdown(socket, Int32(clamping: SHUT_WR))
        let deadline = MonotonicClock.moment + Nanoseconds(seconds: 1)
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 1) { buffer in
            var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            while MonotonicClock.moment < deadline, poll(&poller, 1, 200) > 0,
                recv(socket, buffer.baseAddress, buffer.count, 0) > 0
            {}
        }
    }
}
