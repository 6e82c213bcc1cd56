import GateClock
import GateCore
import Glibc

/// One accepted connection, owned by its thread.
package struct Connection {
    package let socket: Int32
    private var reader = RequestReader()

    package init(socket: Int32) {
        self.socket = socket
        var yes: Int32 = 1
        // Without it the kernel holds small segments back, and the recorded gaps would be its own.
        setsockopt(
            socket, Int32(clamping: IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(clamping: MemoryLayout<Int32>.size))
    }

    /// The next request; nil when the client has ended the connection between two requests.
    package mutating func nextRequest() throws(HTTPProblem) -> HTTPRequest? {
        while true {
            if let request = try reader.next() { return request }
            if reader.wantsContinue() { _ = send(HTTPResponse.continue) }
            guard receive() else {
                guard reader.hasBytes else { return nil }
                throw .malformed("the connection ended inside the \(reader.isInBody ? "body" : "head")")
            }
        }
    }

    /// False at the end of the connection.
    private mutating func receive() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 1) { buffer in
            var count = recv(socket, buffer.baseAddress, buffer.count, 0)
            while count < 0, errno == EINTR { count = recv(socket, buffer.baseAddress, buffer.count, 0) }
            guard count > 0 else { return false }
            reader.append(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
            return true
        }
    }

    /// Sends everything; false when the client has gone, which must not raise SIGPIPE.
    package func send(_ bytes: [UInt8]) -> Bool {
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
    package var clientHasGone: Bool {
        var byte: UInt8 = 0
        let count = recv(socket, &byte, 1, Int32(clamping: MSG_PEEK) | Int32(clamping: MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
    }

    /// Makes the end of the connection a reset, as when a server dies.
    package func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(clamping: MemoryLayout<linger>.size))
    }

    /// Ends our side and reads on for a moment: closing over unread bytes would reset the connection, and the client
    /// could lose the answer that says what was wrong.
    package func finish() {
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
