/// Request line and header fields of one request (RFC 9112), without its body.
struct HTTPHead: Equatable, Sendable {
    let method: String
    /// Without query and, in absolute form, without scheme and authority.
    let path: String
    let isVersion11: Bool
    /// Names in lower case, in the order of arrival.
    let fields: [(name: String, value: String)]
    /// Bytes of the body.
    let contentLength: Int

    /// Values of a field that may be given several times, joined as RFC 9110 says.
    func field(_ name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Whether the client wants to send another request on this connection.
    var keepsAlive: Bool {
        let options = tokens(of: "connection")
        return isVersion11 ? !options.contains("close") : options.contains("keep-alive")
    }

    var expectsContinue: Bool { isVersion11 && tokens(of: "expect").contains("100-continue") }

    private func tokens(of name: String) -> [Substring] {
        (field(name) ?? "").lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
    }

    static func == (left: HTTPHead, right: HTTPHead) -> Bool {
        left.method == right.method && left.path == right.path && left.isVersion11 == right.isVersion11
            && left.contentLength == right.contentLength && left.fields.elementsEqual(right.fields, by: ==)
    }
}

extension HTTPHead {
    static let bodyLimit = 64 << 20

    /// Reads the lines up to the empty one, which is not among them. A line may end with LF alone.
    init(_ bytes: ArraySlice<UInt8>) throws(HTTPProblem) {
        guard !bytes.contains(0) else { throw .malformed("a NUL byte in the head") }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { $0.last == 0x0D ? $0.dropLast() : $0 }
        guard !lines.isEmpty else { throw .malformed("there is no request line") }
        let requestLine = String(decoding: lines.removeFirst(), as: UTF8.self)

        let words = requestLine.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, isToken(words[0]), !words[1].isEmpty else {
            throw .malformed("'\(requestLine.prefix(80))' is not a request line")
        }
        guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
            throw .unsupportedVersion(String(words[2].prefix(20)))
        }
        guard let path = HTTPHead.path(of: words[1]) else {
            throw .malformed("'\(words[1].prefix(80))' is not a request target")
        }
        var fields: [(name: String, value: String)] = []
        for line in lines where !line.isEmpty { fields.append(try HTTPHead.field(in: line)) }

        self.method = String(words[0])
        self.path = path
        self.isVersion11 = words[2] == "HTTP/1.1"
        self.fields = fields
        self.contentLength = try HTTPHead.contentLength(in: fields)
    }

    private static func path(of target: Substring) -> String? {
        var rest = target
        for scheme in ["http://", "https://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            rest = rest.firstIndex { $0 == "/" || $0 == "?" }.map { rest[$0...] } ?? "/"
        }
        let path = rest.prefix { $0 != "?" && $0 != "#" }
        return path.isEmpty ? "/" : path.first == "/" || path == "*" ? String(path) : nil
    }

    private static func field(in line: ArraySlice<UInt8>) throws(HTTPProblem) -> (name: String, value: String) {
        let text = String(decoding: line, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":"), isToken(text[..<colon]) else {
            throw .malformed("'\(text.prefix(80))' is not a header field")
        }
        let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        let end = value.lastIndex { $0 != " " && $0 != "\t" }
        return (text[..<colon].lowercased(), end.map { String(value[...$0]) } ?? "")
    }

    /// Two different lengths, or a length beside another framing, are how requests are smuggled: refused.
    private static func contentLength(in fields: [(name: String, value: String)]) throws(HTTPProblem) -> Int {
        guard !fields.contains(where: { $0.name == "transfer-encoding" }) else { throw .lengthRequired }
        let values = Set(fields.filter { $0.name == "content-length" }.map(\.value))
        guard let value = values.first else { return 0 }
        guard values.count == 1, !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .malformed("Content-Length '\(values.sorted().joined(separator: "', '").prefix(80))'")
        }
        guard let length = Int(value), length <= bodyLimit else { throw .bodyTooLarge(limit: bodyLimit) }
        return length
    }
}

/// RFC 9110, 5.6.2.
private func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
}
