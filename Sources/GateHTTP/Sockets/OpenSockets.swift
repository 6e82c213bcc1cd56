import Glibc
import Synchronization

/// The sockets of the connections that are being served, so that stopping can end those that wait for bytes.
package final class OpenSockets: Sendable {
    private struct State {
        var sockets: Set<Int32> = []
        var isEnded = false
    }

    private let state = Mutex(State())

    package init() {}

    /// False once ``end()`` was called: the socket is then closed already.
    package func open(_ socket: Int32) -> Bool {
        state.withLock { state in
            if state.isEnded {
                Glibc.close(socket)
            } else {
                state.sockets.insert(socket)
            }
            return !state.isEnded
        }
    }

    /// Closes under the lock, so that ``end()`` never meets a number that the system has given to somebody else.
    package func close(_ socket: Int32) {
        state.withLock { state in
            if state.sockets.remove(socket) != nil { _ = Glibc.close(socket) }
        }
    }

    /// Wakes every thread that waits in `recv` or `send`; the sockets stay theirs to close.
    package func end() {
        state.withLock { state in
            state.isEnded = true
            for socket in state.sockets { shutdown(socket, Int32(clamping: SHUT_RDWR)) }
        }
    }
}
