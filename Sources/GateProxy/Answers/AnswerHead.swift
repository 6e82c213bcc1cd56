/// The head of a server's answer as it arrives, and what the client gets of it.
struct AnswerHead {
    /// The fields that belong to one connection and not to the message (RFC 9110, 7.6.1), whatever `Connection` names.
    static let hopByHop: Set<String> = [
        "connection", "proxy-connection", "keep-alive", "te", "upgrade", "proxy-authenticate", "proxy-authorization",
    ]

    private(set) var status = 0
    /// True once the empty line of a final answer has come.
    private(set) var isWhole = false
    /// What follows the version in the status line, with its end.
    private var reason: [UInt8] = []
    private var lines: [(name: String, value: String, bytes: [UInt8])] = []

    /// Takes a line with its end. Interim answers (RFC 9110, 15.2) are passed over.
    mutating func add(_ line: UnsafeRawBufferPointer) {
        guard !isWhole else { return }
        if line.starts(with: "HTTP/".utf8) {
            lines = []
            let rest = line.drop { $0 != 0x20 }
            reason = Array(rest)
            status = Int(String(decoding: rest.dropFirst().prefix(3), as: UTF8.self)) ?? 0
        } else if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
            isWhole = status >= 200
        } else if let colon = line.firstIndex(of: 0x3A) {
            let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }.prefix { $0 != 0x0D && $0 != 0x0A }
            lines.append(
                (
                    String(decoding: line[..<colon], as: UTF8.self).lowercased(),
                    String(decoding: value, as: UTF8.self),
                    Array(line)
                ))
        }
    }

    /// In lower case; empty where it is not there.
    func value(_ name: String) -> String {
        lines.filter { $0.name == name }.map { $0.value.lowercased() }.joined(separator: ", ")
    }

    var isChunked: Bool { value("transfer-encoding").split(separator: ",").last?.contains("chunked") == true }
    var hasLength: Bool { lines.contains { $0.name == "content-length" } }

    /// Whether an answer to this method has a body (RFC 9112, 6.3).
    func hasBody(method: String) -> Bool { method != "HEAD" && status != 204 && status != 304 }

    /// The head for the client, every line of the message as it came.
    ///
    /// - Parameters:
    ///   - keepsChunks: whether the body follows in the server's chunks.
    ///   - connection: what `Connection` says; nil for nothing.
    func passedOn(keepsChunks: Bool, connection: String?) -> [UInt8] {
        lines(without: keepsChunks ? [] : ["transfer-encoding"], and: [], connection: connection)
    }

    /// The head of an answer that was made one piece of JSON.
    ///
    /// - Parameters:
    ///   - length: of the body, in bytes.
    ///   - isError: whether it has a status of its own, in place of the one with which the stream began.
    func answering(length: Int, isError: Bool, connection: String?) -> [UInt8] {
        var head = self
        if isError { head.reason = Array(" 500 Internal Server Error\r\n".utf8) }
        return head.lines(
            without: [
                "transfer-encoding", "content-type", "content-length", "content-encoding", "trailer", "cache-control",
            ],
            and: ["Content-Type: application/json", "Content-Length: \(length)"], connection: connection)
    }

    private func lines(without left: Set<String>, and added: [String], connection: String?) -> [UInt8] {
        let named = Set(value("connection").split { $0 == "," || $0 == " " }.map(String.init))
        let out = AnswerHead.hopByHop.union(named).union(left)
        var bytes = Array("HTTP/1.1".utf8) + reason
        for line in lines where !out.contains(line.name) { bytes += line.bytes }
        for line in added { bytes += "\(line)\r\n".utf8 }
        if let connection { bytes += "Connection: \(connection)\r\n".utf8 }
        return bytes + [0x0D, 0x0A]
    }
}
