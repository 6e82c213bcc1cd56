/// Request line and header fields of one request (RFC 9112), without its body.
package struct HTTPHead: Equatable, Sendable {
    package let method: String
    /// Without query and, in absolute form, without scheme and authority.
    package let path: String
    /// The path with its query, as it was asked for.
    package let target: String
    package let isVersion11: Bool
    /// In the order of arrival.
    package let fields: [Field]
    /// Bytes of the body; 0 where it comes in chunks.
    package let contentLength: Int
    /// Whether the body comes in chunks.
    package let isChunked: Bool

    /// One header field.
    package struct Field: Equatable, Sendable {
        /// In lower case.
        package let name: String
        package let value: String
        /// The name as it was written.
        package let written: String
    }

    /// Values of a field that may be given several times, joined as RFC 9110 says.
    package func field(_ name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Whether the client wants to send another request on this connection.
    package var keepsAlive: Bool {
        let options = tokens(of: "connection")
        return isVersion11 ? !options.contains("close") : options.contains("keep-alive")
    }

    /// Whether the client waits for leave to send the body.
    package var expectsContinue: Bool { isVersion11 && tokens(of: "expect").contains("100-continue") }

    /// The words of a field that is a list, in lower case.
    package func tokens(of name: String) -> [Substring] {
        (field(name) ?? "").lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
    }
}

extension HTTPHead {
    /// The largest body that is taken where nothing else is said. Bytes.
    package static let bodyLimit = 64 << 20

    /// Reads the lines up to the empty one, which is not among them. A line may end with LF alone.
    ///
    /// - Parameter bodyLimit: bytes; a longer body is refused by its length.
    package init(_ bytes: ArraySlice<UInt8>, bodyLimit: Int = HTTPHead.bodyLimit) throws(HTTPProblem) {
        guard !bytes.contains(0) else { throw .malformed("a NUL byte in the head") }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { $0.last == 0x0D ? $0.dropLast() : $0 }
        guard !lines.isEmpty else { throw .malformed("there is no request line") }
        let requestLine = String(decoding: lines.removeFirst(), as: UTF8.self)

        let words = requestLine.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, isToken(words[0]), !words[1].isEmpty else {
            throw .malformed("'\(requestLine.prefix(80))' is not a request line")
        }
        guard words[0] != "CONNECT" else { throw .tunnel }
        guard words[0] != "PRI" || words[2] != "HTTP/2.0" else { throw .http2 }
        guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
            throw .unsupportedVersion(String(words[2].prefix(20)))
        }
        guard let target = HTTPHead.target(of: words[1]) else {
            throw .malformed("'\(words[1].prefix(80))' is not a request target")
        }
        var fields: [Field] = []
        for line in lines where !line.isEmpty { fields.append(try HTTPHead.field(in: line)) }

        self.method = String(words[0])
        self.target = target
        self.path = String(target.prefix { $0 != "?" })
        self.isVersion11 = words[2] == "HTTP/1.1"
        self.fields = fields
        self.isChunked = try HTTPHead.isChunked(fields)
        self.contentLength = try isChunked ? 0 : HTTPHead.contentLength(in: fields, limit: bodyLimit)
    }

    /// In origin form, without a fragment.
    private static func target(of target: Substring) -> String? {
        var rest = target
        for scheme in ["http://", "https://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            rest = rest.firstIndex { $0 == "/" || $0 == "?" }.map { rest[$0...] } ?? "/"
        }
        rest = rest.prefix { $0 != "#" }
        if rest.isEmpty || rest.first == "?" { return "/\(rest)" }
        return rest.first == "/" || rest == "*" ? String(rest) : nil
    }

    private static func field(in line: ArraySlice<UInt8>) throws(HTTPProblem) -> Field {
        let text = String(decoding: line, as: UTF8.self)
        // A bare CR would be an end of line to whoever reads the field after us.
        guard !line.contains(0x0D), let colon = text.firstIndex(of: ":"), isToken(text[..<colon]) else {
            throw .malformed("'\(text.prefix(80))' is not a header field")
        }
        let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        let end = value.lastIndex { $0 != " " && $0 != "\t" }
        let written = String(text[..<colon])
        return Field(name: written.lowercased(), value: end.map { String(value[...$0]) } ?? "", written: written)
    }

    /// A length beside another framing is how requests are smuggled: refused.
    private static func isChunked(_ fields: [Field]) throws(HTTPProblem) -> Bool {
        let codings = fields.filter { $0.name == "transfer-encoding" }.map(\.value)
        guard !codings.isEmpty else { return false }
        guard !fields.contains(where: { $0.name == "content-length" }) else {
            throw .malformed("both Transfer-Encoding and Content-Length")
        }
        guard codings.count == 1, codings[0].lowercased() == "chunked" else {
            throw .unknownFraming(String(codings.joined(separator: ", ").prefix(80)))
        }
        return true
    }

    /// Two different lengths are another way of smuggling.
    private static func contentLength(in fields: [Field], limit: Int) throws(HTTPProblem) -> Int {
        let values = Set(fields.filter { $0.name == "content-length" }.map(\.value))
        guard let value = values.first else { return 0 }
        guard values.count == 1, !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .malformed("Content-Length '\(values.sorted().joined(separator: "', '").prefix(80))'")
        }
        guard let length = Int(value), length <= limit else { throw .bodyTooLarge(limit: limit) }
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
