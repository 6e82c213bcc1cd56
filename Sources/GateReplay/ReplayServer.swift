public import GateCore
import GateHTTP
import Glibc
import Synchronization

/// Serves recorded responses with their recorded timing on Ollama's and OpenAI's routes, so that demonstrations and
/// tests need no model.
///
/// The HTTP server is our own, and no library's, because the time of every send must be in our hand and the protocol
/// must be breakable on purpose.
public final class ReplayServer: Sendable {
    private struct Running {
        let url: String
        let listener: Listener
        let stop: StopSignal
        let sockets: OpenSockets
        let acceptor: ThreadGroup
        let connections: ThreadGroup
    }

    private let service: ReplayService
    private let running = Mutex<Running?>(nil)

    /// Connections at the same time, each a thread; more are closed at once.
    static let connectionLimit = 1024

    /// - Parameters:
    ///   - recordings: at least one; where several answer the same prompt, they take turns.
    ///   - passed: calls that are answered to the same request alone. Where there are any, a POST that is not among them is
    ///     an error.
    /// - Throws: ``ReplayError`` for a recording that cannot be played, or an option out of its range.
    public init(
        recordings: [ExchangeRecording], passed: [PassedExchange] = [], options: ReplayOptions = ReplayOptions()
    ) throws(ReplayError) {
        service = try ReplayService(recordings: recordings, passed: passed, options: options)
    }

    deinit { stop() }

    /// Listens on every address of the host and serves from then on.
    ///
    /// - Parameters:
    ///   - host: a name or an address of this machine, IPv4 or IPv6.
    ///   - port: 0 for one that the system chooses.
    /// - Returns: the port.
    @discardableResult
    public func start(host: String = "127.0.0.1", port: Int = 0) throws(ReplayError) -> Int {
        try running.withLock { running throws(ReplayError) in
            guard running == nil else { throw .alreadyRunning }
            let listener = try ReplayServer.listener(host: host, port: port)
            let started = Running(
                url: ReplayServer.url(host: host, port: listener.port), listener: listener, stop: StopSignal(),
                sockets: OpenSockets(), acceptor: ThreadGroup(), connections: ThreadGroup())
            let error = ReplayServer.accept(on: started, service: service)
            guard error == 0 else {
                listener.close()
                throw .noThread(reason: String(cString: strerror(error)))
            }
            running = started
            return listener.port
        }
    }

    /// Ends every connection and every thread; answers that are being sent are cut. Harmless when nothing runs.
    public func stop() {
        let ended = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let ended else { return }
        ended.stop.set()
        ended.listener.interrupt()
        ended.acceptor.wait()
        ended.sockets.end()
        ended.connections.wait()
        ended.listener.close()
    }

    /// `http://127.0.0.1:49152`; nil while nothing runs.
    public var url: String? { running.withLock { $0?.url } }

    /// What was asked, the oldest first; only the last 10,000 requests, and no more than 64 MiB of bodies.
    public var requests: [ReplayedRequest] { service.requests }

    private static func listener(host: String, port: Int) throws(ReplayError) -> Listener {
        do throws(ListenError) { return try Listener(host: host, port: port) } catch { throw .cannotListen(error) }
    }

    private static func accept(on running: Running, service: ReplayService) -> Int32 {
        let (listener, stop, sockets, connections) =
            (running.listener, running.stop, running.sockets, running.connections)
        return running.acceptor.start {
            while !stop.isSet, let socket = listener.accept() {
                guard sockets.open(socket) else { return }
                guard connections.count < connectionLimit else {
                    sockets.close(socket)
                    continue
                }
                let error = connections.start {
                    ConnectionService(service: service, stop: stop).serve(socket)
                    sockets.close(socket)
                }
                if error != 0 { sockets.close(socket) }
            }
        }
    }

    /// An address that a client on this machine can use, also where the server listens on all of them.
    private static func url(host: String, port: Int) -> String {
        switch host {
        case "0.0.0.0": "http://127.0.0.1:\(port)"
        case "::": "http://[::1]:\(port)"
        default: host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        }
    }
}
