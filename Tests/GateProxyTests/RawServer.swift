import GateHTTP
import Glibc
import Synchronization

/// A server whose connections are served by a closure with nothing between it and the socket.
final class RawServer: Sendable {
    private let listener: Listener
    private let acceptor = ThreadGroup()
    private let connections = ThreadGroup()
    private let sockets = OpenSockets()

    /// - Parameter serve: called with each connection on a thread of its own; the socket is closed after it.
    init(_ serve: @escaping @Sendable (Int32) -> Void) throws {
        listener = try Listener(host: "127.0.0.1", port: 0)
        let (listener, connections, sockets) = (listener, connections, sockets)
        _ = acceptor.start {
            while let socket = listener.accept() {
                guard sockets.open(socket) else { return }
                _ = connections.start {
                    serve(socket)
                    sockets.close(socket)
                }
            }
        }
    }

    deinit {
        listener.interrupt()
        acceptor.wait()
        sockets.end()
        connections.wait()
        listener.close()
    }

    var url: String { "http://127.0.0.1:\(listener.port)" }

    static func send(_ text: String, on socket: Int32) {
        _ = Array(text.utf8).withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, Int32(clamping: MSG_NOSIGNAL))
        }
    }

    /// Bytes until the client ends the connection, or the given number of them.
    static func receive(on socket: Int32, atMost limit: Int = .max) -> Int {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var received = 0
        while received < limit {
            let count = recv(socket, &buffer, min(buffer.count, limit - received), 0)
            guard count > 0 else { break }
            received += count
        }
        return received
    }

    /// The head of a request, and how many bytes of its body came with it.
    static func receiveHead(on socket: Int32) -> (head: String, bodyBytes: Int) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                return (String(decoding: bytes[..<end.lowerBound], as: UTF8.self), bytes.count - end.upperBound)
            }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return (String(decoding: bytes, as: UTF8.self), 0) }
            bytes += buffer[..<count]
        }
    }
}
