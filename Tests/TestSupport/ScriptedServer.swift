import Foundation
import Glibc

/// Where a test's server listens.
public enum ListeningPlace: Sendable {
    case loopback
    case loopbackIPv6
    /// The path of a unix socket.
    case unix(String)
}

/// A server for tests that answers every connection by a script: what it sends, when, and how it ends.
public final class ScriptedServer: Sendable {
    public enum Step: Sendable {
        case send(String)
        case sendBytes([UInt8])
        /// Each byte in a packet of its own.
        case sendByByte(String)
        /// Again and again until the client is gone.
        case sendForEver(String)
        case pause(milliseconds: Int)
        /// Waits until this holds.
        case await(@Sendable () -> Bool)
        /// Ends with a TCP reset instead of an orderly close.
        case reset
        /// Keeps the connection open until the server is stopped.
        case hang
    }

    private let descriptor: Int32
    /// 0 for a unix socket.
    public let port: UInt16
    private let isIPv6: Bool
    private let received = Received()

    private final class Received: @unchecked Sendable {
        let lock = NSLock()
        var requests: [String] = []
        var connections: [Int32] = []
    }

    /// Starts to listen. `scripts` are used one for each connection, the last one for all that follow.
    ///
    /// - Parameter waits: false for a server that answers before it was asked.
    public init(_ scripts: [[Step]], on place: ListeningPlace = .loopback, waits: Bool = true) throws {
        (descriptor, port) = try listen(on: place, backlog: 64)
        if case .loopbackIPv6 = place { isIPv6 = true } else { isIPv6 = false }
        let fd = descriptor
        let received = received
        Thread.detachNewThread {
            var count = 0
            while true {
                let connection = accept(fd, nil, nil)
                guard connection >= 0 else {
                    // Closed here and nowhere else: the number of a descriptor that is still accepted on may be given
                    // to another server in the meantime.
                    close(fd)
                    return
                }
                received.lock.withLock { received.connections.append(connection) }
                let script = scripts[min(count, scripts.count - 1)]
                count += 1
                Thread.detachNewThread { ScriptedServer.play(script, on: connection, received: received, waits: waits) }
            }
        }
    }

    public convenience init(_ script: [Step], on place: ListeningPlace = .loopback) throws {
        try self.init([script], on: place)
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        received.lock.withLock { received.connections.forEach { _ = shutdown($0, Int32(SHUT_RDWR)) } }
    }

    public var url: String { isIPv6 ? "http://[::1]:\(port)" : "http://127.0.0.1:\(port)" }

    /// Heads and bodies of all requests so far.
    public var requests: [String] { received.lock.withLock { received.requests } }

    private static func play(_ script: [Step], on connection: Int32, received: Received, waits: Bool) {
        if waits {
            let request = readRequest(connection)
            received.lock.withLock { received.requests.append(request) }
        }
        for step in script {
            switch step {
            case .send(let text): _ = send(Array(text.utf8), on: connection)
            case .sendBytes(let bytes): _ = send(bytes, on: connection)
            case .sendByByte(let text):
                var on: Int32 = 1
                setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
                for byte in text.utf8 { _ = send([byte], on: connection) }
            case .sendForEver(let text): while send(Array(text.utf8), on: connection) {}
            case .pause(let milliseconds): usleep(UInt32(milliseconds) * 1000)
            case .await(let holds): _ = eventually(holds)
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            case .hang:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
            }
        }
        received.lock.withLock { received.connections.removeAll { $0 == connection } }
        close(connection)
    }

    /// False once the client is gone.
    private static func send(_ bytes: [UInt8], on connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    private static func readRequest(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].lowercased()
                let length =
                    head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) } ?? 0
                if text[end.upperBound...].utf8.count >= length { return text }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            if count <= 0 { return text }
            bytes += buffer[..<count]
        }
    }
}

/// A server that never accepts and whose queue is full, so that further connections wait for ever.
public final class DeafServer: Sendable {
    private let descriptors: [Int32]
    public let port: UInt16

    public init() throws {
        let (listener, port) = try listen(on: .loopback, backlog: 0)
        self.port = port
        // Linux queues one connection more than the backlog says.
        let waiting = (0..<2).map { _ in
            let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var address = loopback(port: port)
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                    _ = connect(client, raw, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            return client
        }
        descriptors = waiting + [listener]
    }

    deinit { descriptors.forEach { _ = close($0) } }

    public var url: String { "http://127.0.0.1:\(port)" }
}

private func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return address
}

private func listen(on place: ListeningPlace, backlog: Int32) throws -> (descriptor: Int32, port: UInt16) {
    switch place {
    case .loopback:
        let (descriptor, bound) = try listen(AF_INET, loopback(port: 0), backlog)
        return (descriptor, UInt16(bigEndian: bound.sin_port))
    case .loopbackIPv6:
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        let (descriptor, bound) = try listen(AF_INET6, address, backlog)
        return (descriptor, UInt16(bigEndian: bound.sin6_port))
    case .unix(let path):
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return (try listen(AF_UNIX, address, backlog).descriptor, 0)
    }
}

private func listen<Address>(
    _ family: Int32, _ address: Address, _ backlog: Int32
) throws -> (descriptor: Int32, bound: Address) {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    var bound = address
    var length = socklen_t(MemoryLayout<Address>.size)
    let isBound = withUnsafeMutablePointer(to: &bound) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
            bind(descriptor, raw, length) == 0 && Glibc.listen(descriptor, backlog) == 0
                && getsockname(descriptor, raw, &length) == 0
        }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    return (descriptor, bound)
}

extension [ScriptedServer.Step] {
    /// A head with status 200 whose body ends when the connection does.
    public static var okay: Self { [.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")] }

    /// A whole answer with a status and a body.
    public static func answer(status: String, body: String) -> Self {
        [.send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")]
    }

    /// A chunk of a chunked body.
    public static func chunk(_ text: String) -> Self {
        [.send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")]
    }

    /// A head that announces a chunked body.
    public static var chunked: Self { [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")] }
}
