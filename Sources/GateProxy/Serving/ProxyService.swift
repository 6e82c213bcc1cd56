import GateClock
import GateCore
import GateHTTP
import GateStream
import Glibc

/// Everything of a proxy that its one thread owns: the loop, the listening sockets, the connections and the calls.
final class ProxyService: SocketWatcher {
    /// The largest body of a request. Bytes.
    static let bodyLimit = 512 << 20
    private static let scratchSize = 256 << 10

    let loop: TransferLoop
    /// Where bytes of clients are read to, one connection after the other.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: scratchSize, alignment: 1)
    private let options: ProxyOptions
    private let listener: Listener
    private let bell: Bell
    private let ledger: CallLedger
    private var clients: [Int32: ClientConnection] = [:]
    private var calls: [ObjectIdentifier: PassedCall] = [:]
    private var draining: [ClientConnection] = []
    /// Calls whose head came in this turn of the loop.
    private var heads: [PassedCall] = []
    private var nextNumber = 0
    /// No descriptor was left for a connection that waits.
    private var isFull = false
    private let timeouts: TimeoutConfiguration
    private let connection: ConnectionOptions

    init(_ options: ProxyOptions, listener: Listener, bell: Bell, ledger: CallLedger) throws(StreamSetupError) {
        self.options = options
        self.listener = listener
        self.bell = bell
        self.ledger = ledger
        loop = try TransferLoop()
        // How long an answer may take is the client's business, which leaves when it has waited enough.
        let forEver = 1e8
        timeouts = TimeoutConfiguration(
            connectSeconds: options.server.timeouts.connectSeconds, firstTokenSeconds: forEver, idleSeconds: forEver,
            totalSeconds: forEver)
        connection = ConnectionOptions(
            reusesConnections: true, transport: options.server.transport ?? TransportConfiguration(),
            token: options.token)
    }

    deinit { scratch.deallocate() }

    var listensOnUnixSocket: Bool { options.listen.url == nil }

    /// Serves until the bell has rung and the signal is set; then ends every call and every connection.
    func run(until stop: StopSignal) {
        Rehearsal.run()
        listen()
        loop.watch(bell.socket, readable: true, writable: false, for: self)
        while !stop.isSet {
            loop.turn(until: draining.isEmpty ? nil : draining.compactMap(\.deadline).min())
            sendHeads()
            finishEnded()
            endDrained()
        }
        for call in calls.values { cancel(call, because: InvalidCall(.cancelled, "the proxy was stopped")) }
        finishEnded()
        for client in clients.values { client.end() }
        for socket in listener.sockets + [bell.socket] { loop.forget(socket) }
    }

    func isReady(_ readiness: Readiness) {
        if readiness.socket == bell.socket { return bell.silence() }
        // A burst of connections may not hold up the answers.
        for _ in 0..<16 {
            switch Listener.acceptNow(on: readiness.socket) {
            case .connection(let socket): clients[socket] = ClientConnection(socket: socket, service: self)
            case .none: return
            case .noRoom:
                isFull = true
                return loop.forget(readiness.socket)
            case .ended: return loop.forget(readiness.socket)
            }
        }
    }

    private func listen() {
        for socket in listener.sockets { loop.watch(socket, readable: true, writable: false, for: self) }
    }

    // MARK: - Connections

    func forget(_ client: ClientConnection) {
        loop.forget(client.socket)
        clients[client.socket] = nil
        draining.removeAll { $0 === client }
        if isFull {
            isFull = false
            listen()
        }
    }

    func isDraining(_ client: ClientConnection) { draining.append(client) }

    private func endDrained() {
        guard !draining.isEmpty else { return }
        let now = MonotonicClock.now()
        for client in draining where client.deadline.map({ $0 <= now }) == true { client.end() }
    }

    // MARK: - Calls

    func holdsHead(of call: PassedCall) { heads.append(call) }

    private func sendHeads() {
        guard !heads.isEmpty else { return }
        for call in heads { call.sendHead() }
        heads.removeAll(keepingCapacity: true)
    }

    /// The call that a request becomes; nil where it was refused.
    func call(for request: HTTPRequest, of client: ClientConnection) -> PassedCall? {
        let route = PassedRoute(method: request.method, path: request.path)
        if let refusal = Refusal(of: request.head) {
            client.refuse(refusal, route: route)
            return nil
        }
        let number = nextNumber
        nextNumber += 1
        let progress = CallProgress(
            number: number, method: request.method, path: request.path, beganNs: request.readAt.count, route: route,
            body: request.body)
        ledger.began(progress)
        let secrets = PassedSecrets(token: options.token, ofClient: request.head.secrets)
        return PassedCall(
            progress: progress, request: request, route: route, stage: request.head.field(options.stageHeader),
            client: client,
            reader: AnswerReader(route: route, keepsText: options.keepsText, secrets: secrets), secrets: secrets,
            forced: options.forcesStream ? ForcedCall(route: route, body: request.body) : nil,
            keepsAnswer: options.keepsAnswers)
    }

    func start(_ call: PassedCall) {
        do throws(StreamSetupError) {
            let transfer = try Transfer(
                passing: call.request.passed(as: call.route, body: call.body, without: options.stageHeader),
                to: options.server.url + call.request.head.target, timeouts: timeouts, connection: connection,
                sink: call, loop: loop)
            call.transfer = transfer
            calls[ObjectIdentifier(transfer)] = call
            loop.start(transfer)
        } catch {
            ledger.abandoned(call.number)
            call.refuse(InvalidCall(.connectionFailed, "\(error)"))
        }
    }

    func clientLeft(_ call: PassedCall) { cancel(call, because: PassedCall.cancelled) }

    private func cancel(_ call: PassedCall, because reason: InvalidCall) {
        if let transfer = call.transfer { loop.cancel(transfer, because: reason) }
    }

    private func finishEnded() {
        for transfer in loop.takeEnded() {
            guard let call = calls.removeValue(forKey: ObjectIdentifier(transfer)) else { continue }
            ledger.ended(call.end(transfer))
        }
    }
}
