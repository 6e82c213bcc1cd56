import GateClock
import GateCore
import GateHTTP

/// Serves the requests of one connection, one after the other, on the thread that calls it.
struct ConnectionService {
    let service: ReplayService
    let stop: StopSignal

    func serve(_ socket: Int32) {
        var connection = Connection(socket: socket)
        do throws(HTTPProblem) {
            while !stop.isSet, let request = try connection.nextRequest() {
                let script = service.script(for: request)
                guard play(script, on: connection, from: request.readAt) else { return }
                switch script.ending {
                case .keepAlive: continue
                case .close: return connection.finish()
                case .reset: return connection.resetOnClose()
                case .hang: return waitForEnd(of: connection)
                }
            }
        } catch {
            let response = Dialect.openAI.error(error.status, error.message, type: "invalid_request_error")
            _ = connection.send(response.bytes(keepsAlive: false))
            connection.finish()
        }
    }

    /// False when the client has gone or the server is stopped.
    private func play(_ script: Script, on connection: Connection, from zero: Nanoseconds) -> Bool {
        for send in script.sends {
            guard sleep(until: zero + send.at) else { return false }
            if script.isBytewise {
                for byte in send.bytes {
                    guard connection.send([byte]), !stop.isSet else { return false }
                    // Long enough for a client that reads without delay to get the byte alone.
                    MonotonicClock.sleep(until: MonotonicClock.moment + Nanoseconds(10_000))
                }
            } else {
                guard connection.send(send.bytes) else { return false }
            }
        }
        return true
    }

    /// Sleeps in slices, so that stopping is not kept waiting; the last slice ends at the deadline itself.
    private func sleep(until deadline: Nanoseconds) -> Bool {
        while !stop.isSet {
            let sliceEnd = MonotonicClock.moment + ConnectionService.slice
            MonotonicClock.sleep(until: min(deadline, sliceEnd))
            if deadline <= sliceEnd { return !stop.isSet }
        }
        return false
    }

    private func waitForEnd(of connection: Connection) {
        while !connection.clientHasGone, sleep(until: MonotonicClock.moment + ConnectionService.slice) {}
    }

    private static let slice = Nanoseconds(20_000_000)
}
