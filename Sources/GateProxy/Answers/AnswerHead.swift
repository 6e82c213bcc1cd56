/// The head of a server's answer as it arrives, and what the client gets of it.
struct AnswerHead {
    /// The fields that belong to one connection and not to the message (RFC 9110, 7.6.1), whatever `Connection` names.
    static let hopByHop: Set<String> = [
        "connection", "proxy-connection", "keep-alive", "te", "upgrade", "proxy-authenticate", "proxy-authorization",
    ]

    private(set) var status = 0
    /// True once the empty line of a final answer has come.
    private(set) var isWhole = false
    /// Every line with its end, the status line first.
    private var bytes: [UInt8] = []
    private var fields: [Field] = []

    private struct Field {
        /// In lower case.
        let name: String
        let line: Range<Int>
        let value: Range<Int>
    }

    /// Whether nothing has come.
    var isEmpty: Bool { bytes.isEmpty }

    /// Takes a line with its end. Interim answers (RFC 9110, 15.2) are passed over.
    mutating func add(_ line: UnsafeRawBufferPointer) {
        guard !isWhole else { return }
        let start = bytes.count
        if line.starts(with: "HTTP/".utf8) {
            fields = []
            bytes = Array(line)
            let code = bytes.drop { $0 != 0x20 }.dropFirst().prefix(3)
            status = Int(String(decoding: code, as: UTF8.self)) ?? 0
        } else if line.count <= 2, line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
            isWhole = status >= 200
        } else if let colon = line.firstIndex(of: 0x3A) {
            bytes.append(contentsOf: line)
            var (first, last) = (colon + 1, line.count)
            while first < last, AnswerHead.isBlank(line[first]) { first += 1 }
            while last > first, AnswerHead.isBlank(line[last - 1]) { last -= 1 }
            let name = String(
                decoding: line[..<colon].lazy.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
            fields.append(
                Field(name: name, line: start..<bytes.count, value: start + first..<start + last))
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// In lower case; empty where it is not there.
    func value(_ name: String) -> String {
        let values = fields.filter { $0.name == name }.map {
            String(decoding: bytes[$0.value], as: UTF8.self).lowercased()
        }
        return values.count == 1 ? values[0] : values.joined(separator: ", ")
    }

    /// As it was written; empty where it is not there.
    func written(_ name: String) -> String {
        fields.first { $0.name == name }.map { String(decoding: bytes[$0.value], as: UTF8.self) } ?? ""
    }

    var isChunked: Bool { value("transfer-encoding").split(separator: ",").last?.contains("chunked") == true }
    var hasLength: Bool { fields.contains { $0.name == "content-length" } }

    /// Whether an answer to this method has a body (RFC 9112, 6.3).
    func hasBody(method: String) -> Bool { method != "HEAD" && status != 204 && status != 304 }

    /// The head for the client, every line of the message as it came.
    ///
    /// - Parameters:
    ///   - keepsChunks: whether the body follows in the server's chunks.
    ///   - added: lines of ours without their ends.
    ///   - connection: what `Connection` says; nil for nothing.
    func passedOn(keepsChunks: Bool, added: [String] = [], connection: String?) -> [UInt8] {
        lines(without: keepsChunks ? [] : ["transfer-encoding"], and: added, connection: connection)
    }

    /// The head of an answer that was made one piece of JSON.
    ///
    /// - Parameters:
    ///   - length: of the body, in bytes.
    ///   - isError: whether it has a status of its own, in place of the one with which the stream began.
    func answering(length: Int, isError: Bool, connection: String?) -> [UInt8] {
        lines(
            without: [
                "transfer-encoding", "content-type", "content-length", "content-encoding", "trailer", "cache-control",
            ],
            and: ["Content-Type: application/json", "Content-Length: \(length)"],
            status: isError ? " 500 Internal Server Error\r\n" : nil, connection: connection)
    }

    private func lines(
        without left: [String], and added: [String], status: String? = nil, connection: String?
    ) -> [UInt8] {
        let named = value("connection").split { $0 == "," || $0 == " " }
        var head = Array("HTTP/1.1".utf8)
        head.reserveCapacity(bytes.count + 64)
        if let status {
            head += status.utf8
        } else {
            head += bytes[..<(fields.first?.line.lowerBound ?? bytes.count)].drop { $0 != 0x20 }
        }
        for field in fields
        where !AnswerHead.hopByHop.contains(field.name) && !left.contains(field.name)
            && !named.contains(where: { $0 == field.name })
        {
            head += bytes[field.line]
        }
        for line in added { head += "\(line)\r\n".utf8 }
        if let connection { head += "Connection: \(connection)\r\n".utf8 }
        head += [0x0D, 0x0A]
        return head
    }
}
