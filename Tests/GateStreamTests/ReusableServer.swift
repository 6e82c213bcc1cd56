import Foundation
import Glibc

/// A server that answers every request on a connection with the same body and keeps the connection.
final class ReusableServer: Sendable {
    private let descriptor: Int32
    let port: UInt16
    private let counter = Counter()

    private final class Counter: @unchecked Sendable {
        let lock = NSLock()
        var connections = 0
    }

    init(body: String) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, raw, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
        let counter = counter
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
        Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                if connection < 0 {
                    close(descriptor)
                    return
                }
                counter.lock.withLock { counter.connections += 1 }
                Thread.detachNewThread {
                    var buffer = [UInt8](repeating: 0, count: 65_536)
                    // A request of these tests fits into one segment.
                    while recv(connection, &buffer, buffer.count, 0) > 0 {
                        _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
                    }
                    close(connection)
                }
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var connections: Int { counter.lock.withLock { counter.connections } }
}
