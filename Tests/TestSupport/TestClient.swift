import GateClock
package import GateCore
import GateHTTP
package import GateJSON
import Glibc

/// A blocking HTTP client that hides nothing: every read with its time, every chunk as it was framed.
package final class TestClient {
    package enum Failure: Error { case connect(Int32), noHead(String), badFraming(String) }

    private let socket: Int32
    private var pending: [UInt8] = []
    private var reads: [Read] = []
    /// What must live as long as the client.
    package var server: AnyObject?
    /// All bytes of the latest answer, from the status line on.
    package private(set) var raw: [UInt8] = []

    package struct Read {
        package let at: Nanoseconds
        package let bytes: [UInt8]
    }

    /// How the bytes of an answer stopped coming.
    package enum Stop { case complete, endOfConnection, reset, timeout }

    package struct Reply {
        package let status: Int
        package let headers: [String: String]
        package let body: [UInt8]
        /// As framed; the whole body where it is not chunked.
        package let chunks: [[UInt8]]
        package let stop: Stop
        /// Every read of this answer, the head included.
        package let reads: [Read]

        package var text: String { String(decoding: body, as: UTF8.self) }
        package func json() throws -> JSONValue { try JSONValue.parse(body) }
        /// NDJSON.
        package func lines() throws -> [JSONValue] {
            try text.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        }
        /// Data of server-sent events, comments left out.
        package var events: [String] {
            text.components(separatedBy: "\n\n").filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
        }
        package func eventValues() throws -> [JSONValue] { try events.filter { $0 != "[DONE]" }.map(JSONValue.parse) }
        /// When the first read came in that has these bytes.
        package func arrival(of text: String) -> Nanoseconds? {
            reads.first { String(decoding: $0.bytes, as: UTF8.self).contains(text) }?.at
        }
    }

    package init(port: Int, timeout: Double = 20) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(
            tv_sec: Int(clamping: timeout), tv_usec: Int(clamping: timeout.truncatingRemainder(dividingBy: 1) * 1e6))
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(clamping: MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(clamping: port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(clamping: MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure.connect(errno) }
    }

    /// Over a unix socket.
    package init(path: String, timeout: Double = 20) throws {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(clamping: MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Failure.connect(errno) }
    }

    deinit { Glibc.close(socket) }

    package func send(_ text: String) { send(Array(text.utf8)) }
    package func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(clamping: MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    package func request(_ method: String, _ path: String, _ body: String = "", headers: String = "") throws -> Reply {
        send(
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
        )
        return try reply(hasBody: method != "HEAD")
    }

    /// Reads one answer: up to its framed end, or to whatever else stops it.
    package func reply(hasBody: Bool = true) throws -> Reply {
        reads = []
        raw = pending
        while pending.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
            if let stop = receive() {
                throw Failure.noHead("\(stop) after '\(String(decoding: pending, as: UTF8.self))'")
            }
        }
        let end = pending.firstRange(of: Array("\r\n\r\n".utf8))!
        let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        pending.removeFirst(end.upperBound)
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            headers[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
        }
        let status = Int(head[0].split(separator: " ")[1])!
        var chunks: [[UInt8]] = []
        var stop = Stop.complete
        if !hasBody || status == 100 {
        } else if headers["transfer-encoding"] == "chunked" {
            stop = try readChunks(into: &chunks)
        } else {
            stop = readBody(length: headers["content-length"].map { Int($0)! }, into: &chunks)
        }
        return Reply(
            status: status, headers: headers, body: Array(chunks.joined()), chunks: chunks, stop: stop, reads: reads)
    }

    private func readChunks(into chunks: inout [[UInt8]]) throws -> Stop {
        while true {
            while pending.firstRange(of: [0x0D, 0x0A]) == nil { if let stop = receive() { return stop } }
            let line = pending.firstRange(of: [0x0D, 0x0A])!
            guard let size = Int(String(decoding: pending[..<line.lowerBound], as: UTF8.self), radix: 16) else {
                throw Failure.badFraming(String(decoding: pending[..<line.lowerBound], as: UTF8.self))
            }
            while pending.count < line.upperBound + size + 2 {
                if let stop = receive() {
                    chunks.append(Array(pending[line.upperBound...]))
                    return stop
                }
            }
            let chunk = Array(pending[line.upperBound..<(line.upperBound + size)])
            guard pending[(line.upperBound + size)...].starts(with: [0x0D, 0x0A]) else {
                throw Failure.badFraming("no CRLF after a chunk")
            }
            pending.removeFirst(line.upperBound + size + 2)
            if size == 0 { return .complete }
            chunks.append(chunk)
        }
    }

    private func readBody(length: Int?, into chunks: inout [[UInt8]]) -> Stop {
        while pending.count < length ?? Int.max {
            if let stop = receive() {
                chunks = [pending]
                pending = []
                return stop
            }
        }
        chunks = [Array(pending.prefix(length ?? 0))]
        pending.removeFirst(length ?? 0)
        return .complete
    }

    /// Nil where bytes came.
    package func receive() -> Stop? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &buffer, buffer.count, 0)
        if count == 0 { return .endOfConnection }
        if count < 0 { return errno == ECONNRESET ? .reset : .timeout }
        let bytes = Array(buffer.prefix(count))
        raw += bytes
        reads.append(Read(at: MonotonicClock.moment, bytes: bytes))
        pending += bytes
        return nil
    }
}

private extension String {
    func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
