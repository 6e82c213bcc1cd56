import GateClock
import GateCore
import GateHTTP
import GateStream
import Glibc
import Synchronization

/// Stands between clients and a model server: forwards every request as it is, hands the answer on as it arrives, and
/// stamps each piece by the time at which the kernel received it from the server.
///
/// One thread owns the listening socket, the clients' connections and libcurl's, so that between a piece's arrival and its
/// departure there is no other thread to wait for.
package final class MeasuringProxy: Sendable {
    /// Where it listens.
    package let address: ProxyAddress
    private let listener: Listener
    private let bell: Bell
    private let stopSignal = StopSignal()
    private let thread = ThreadGroup()
    private let ledger: CallLedger
    /// Until it begins; from then on its thread's alone.
    nonisolated(unsafe) private var service: ProxyService?
    private let isStopped = Mutex(false)

    /// Listens on the loopback or on a unix socket and forwards to the server until ``stop()``.
    ///
    /// - Parameter waits: true where nothing is answered before ``begin()``: connections are taken, and wait.
    package init(_ options: ProxyOptions, waits: Bool = false) throws(ProxyError) {
        listener = try MeasuringProxy.listener(options.listen)
        guard let bell = Bell() else {
            let reason = String(cString: strerror(errno))
            listener.close()
            throw .noThread(reason: reason)
        }
        self.bell = bell
        ledger = CallLedger(told: options.told)
        switch options.listen {
        case .loopback: address = .loopback(port: listener.port)
        case .unixSocket(let path): address = .unixSocket(path)
        }
        do throws(StreamSetupError) {
            service = try ProxyService(options, listener: listener, bell: bell, ledger: ledger)
        } catch {
            // All that it holds is closed once, here or when it goes.
            stop()
            throw .noClient(error)
        }
        if !waits { try begin() }
    }

    deinit { stop() }

    /// Answers from now on.
    package func begin() throws(ProxyError) {
        guard let waiting = service else { return }
        service = nil
        nonisolated(unsafe) let service = waiting
        let stopSignal = stopSignal
        let error = thread.start { service.run(until: stopSignal) }
        guard error == 0 else { throw .noThread(reason: String(cString: strerror(error))) }
    }

    private static func listener(_ request: ProxyAddress) throws(ProxyError) -> Listener {
        do throws(ListenError) {
            switch request {
            case .loopback(let port): return try Listener(host: "127.0.0.1", port: port)
            case .unixSocket(let path): return try Listener(unixSocket: path)
            }
        } catch {
            throw .cannotListen(error)
        }
    }

    /// Calls that began and cannot be taken yet.
    package var callsInFlight: Int { ledger.inFlight }

    /// The same, each with how far it is.
    package var callsUnderWay: [CallUnderWay] { ledger.underWay }

    /// The calls that ended since it was last asked, in the order in which they began.
    package func takeCalls() -> [ProxiedCall] { ledger.take() }

    /// Waits until no call is in flight: the connections of a program that has ended are gone, and with them its calls.
    ///
    /// - Returns: false where calls were still in flight when the time was over.
    package func waitUntilIdle(seconds: Double) -> Bool {
        let end = MonotonicClock.now() + Int64(clamping: min(seconds, 1e8) * 1e9)
        while ledger.inFlight > 0 {
            guard MonotonicClock.now() < end else { return false }
            MonotonicClock.rest(milliseconds: 1)
        }
        return true
    }

    /// Cancels what runs, at the server, too, and returns when all threads have ended. What was cancelled can be taken
    /// afterwards. Harmless when it was stopped before.
    package func stop() {
        let wasStopped = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return isStopped
        }
        guard !wasStopped else { return }
        stopSignal.set()
        bell.ring()
        thread.wait()
        ledger.settle()
        listener.close()
        bell.close()
    }
}
