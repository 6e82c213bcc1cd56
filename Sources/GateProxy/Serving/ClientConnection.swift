import GateClock
import GateHTTP
import GateStream
import Glibc

/// One connection of a client: reads its requests one after the other and writes the answers. For the loop's thread only.
final class ClientConnection: SocketWatcher {
    /// What a client may leave unread before no more is read from the server. Bytes.
    private static let mostUnread = 256 << 10
    /// How long a client that was refused has to read why, before its connection ends. Nanoseconds.
    static let graceNs: Int64 = 1_000_000_000

    private enum State {
        /// Waits for a request, or reads one.
        case reading
        /// A call is on its way.
        case answering(PassedCall)
        /// Nothing more is read; ends when everything is written.
        case ending
        /// Everything was written and our side is shut; the client's bytes are thrown away until it ends.
        case draining(until: Int64)
        case ended
    }

    let socket: Int32
    private let service: ProxyService
    private var state = State.reading
    private var reader = RequestReader(bodyLimit: ProxyService.bodyLimit)
    private var outgoing = OutgoingBytes()
    private var watched = (readable: false, writable: false)
    /// The client has sent more before it had its answer.
    private var hasSentAhead = false

    init(socket: Int32, service: ProxyService) {
        self.socket = socket
        self.service = service
        var yes: Int32 = 1
        // Without it the kernel holds small pieces back. A unix socket has no such thing.
        setsockopt(
            socket, Int32(clamping: IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(clamping: MemoryLayout<Int32>.size))
        watch(readable: true, writable: false)
    }

    /// Whether the client takes every end of the connection for a good one: a unix socket cannot be reset.
    var hidesBreaks: Bool { service.listensOnUnixSocket }

    /// Whether bytes wait for the client beyond what is reasonable.
    var isSlow: Bool { outgoing.count > ClientConnection.mostUnread }

    /// When it must end at the latest; nil where it need not. Monotonic nanoseconds.
    var deadline: Int64? {
        if case .draining(let moment) = state { moment } else { nil }
    }

    func isReady(_ readiness: Readiness) {
        if readiness.writable { flush() }
        if readiness.readable || readiness.failed { read() }
    }

    // MARK: - Reading

    private func read() {
        let buffer = service.scratch
        let count = recv(socket, buffer.baseAddress, buffer.count, Int32(clamping: MSG_DONTWAIT))
        guard count > 0 else {
            if count == 0 || ![EAGAIN, EINTR].contains(errno) { clientLeft() }
            return
        }
        take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .reading:
            reader.append(bytes)
            readRequest()
        case .answering:
            // It stays unread until the answer is written; that the client leaves is seen by writing to it.
            hasSentAhead = true
            reader.append(bytes)
            watch(readable: false, writable: watched.writable)
        case .ending, .draining, .ended: break
        }
    }

    private func readRequest() {
        do throws(HTTPProblem) {
            if let request = try reader.next() {
                hasSentAhead = reader.hasBytes
                if let call = service.call(for: request, of: self) {
                    state = .answering(call)
                    service.start(call)
                }
            } else if reader.wantsContinue() {
                _ = HTTPResponse.continue.withUnsafeBytes { send($0) }
            }
        } catch {
            refuse(Refusal(error), route: .other)
        }
    }

    private func clientLeft() {
        if case .answering(let call) = state { service.clientLeft(call) }
        end()
    }

    // MARK: - Writing

    /// Writes at once as much as the client takes, and the rest when it takes more.
    ///
    /// - Returns: false where the client has gone.
    func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        if outgoing.isEmpty {
            guard let count = write(rest) else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        guard !rest.isEmpty else { return true }
        outgoing.append(rest)
        watch(readable: watched.readable, writable: true)
        return true
    }

    /// The bytes that were taken; nil where the client has gone.
    private func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard !bytes.isEmpty else { return 0 }
        while true {
            let flags = Int32(clamping: MSG_NOSIGNAL) | Int32(clamping: MSG_DONTWAIT)
            let count = Glibc.send(socket, bytes.baseAddress, bytes.count, flags)
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: return 0
            default: return nil
            }
        }
    }

    private func flush() {
        var isGone = false
        outgoing.drain { bytes in
            guard let count = write(bytes) else {
                isGone = true
                return 0
            }
            return count
        }
        if isGone { return clientLeft() }
        guard outgoing.isEmpty else { return }
        watch(readable: watched.readable, writable: false)
        switch state {
        case .answering(let call): call.clientHasRead()
        case .ending: drain()
        case .reading, .draining, .ended: break
        }
    }

    /// The head of an answer waits for its body until everything that is there is read.
    func holdsHead(of call: PassedCall) { service.holdsHead(of: call) }

    // MARK: - After an answer

    /// An answer has been handed over as a whole.
    func answered(keepsConnection: Bool) {
        guard case .answering = state else { return }
        guard keepsConnection else { return endWhenWritten() }
        state = .reading
        guard hasSentAhead else { return watch(readable: true, writable: watched.writable) }
        refuse(
            Refusal(
                status: 400,
                message: "a second request came before the answer to the first; this proxy measures one at a time on a"
                    + " connection (no pipelining)"), route: .other)
    }

    /// Answers an error and ends the connection.
    func refuse(_ refusal: Refusal, route: PassedRoute) {
        _ = refusal.response(of: route).bytes(keepsAlive: false).withUnsafeBytes { send($0) }
        endWhenWritten()
    }

    private func endWhenWritten() {
        state = .ending
        // Bytes that come now are of no use, but the client's leaving is.
        watch(readable: true, writable: watched.writable)
        if outgoing.isEmpty { drain() }
    }

    private func drain() {
        shutdown(socket, Int32(clamping: SHUT_WR))
        state = .draining(until: MonotonicClock.now() + ClientConnection.graceNs)
        service.isDraining(self)
    }

    /// Ends the connection so that the client cannot take what it has for a whole answer.
    ///
    /// - Parameter isFramed: whether the client knows how much it lacks.
    func breakOff(isFramed: Bool) {
        guard !isFramed else { return endWhenWritten() }
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(clamping: MemoryLayout<linger>.size))
        end()
    }

    /// Ends the connection at once.
    func end() {
        if case .ended = state { return }
        state = .ended
        service.forget(self)
        close(socket)
    }

    private func watch(readable: Bool, writable: Bool) {
        if case .ended = state { return }
        watched = (readable, writable)
        service.loop.watch(socket, readable: readable, writable: writable, for: self)
    }
}
