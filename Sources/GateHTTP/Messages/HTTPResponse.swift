/// Status line, header fields and framing of what is sent.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]

    /// One complete answer.
    package init(_ status: Int, type: String, body: [UInt8]) {
        self.status = status
        self.fields = [("Content-Type", type)]
        self.body = body
    }

    /// Status line and header fields, up to the empty line.
    ///
    /// - Parameter length: of the body, in bytes; nil for a body that ends with the connection or is chunked.
    package func head(length: Int?, keepsAlive: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(HTTPResponse.phrase(status))\r\nServer: chimera-gate\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        if let length { text += "Content-Length: \(length)\r\n" }
        text += keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n"
        return Array(text.utf8)
    }

    /// The whole answer.
    ///
    /// - Parameter withBody: false for the answer to HEAD, which says the length of what it leaves out.
    package func bytes(keepsAlive: Bool, withBody: Bool = true) -> [UInt8] {
        head(length: body.count, keepsAlive: keepsAlive) + (withBody ? body : [])
    }

    /// The bytes as one chunk of a chunked body.
    package static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [0x0D, 0x0A]
    }

    /// The chunk that ends a chunked body.
    package static let lastChunk = Array("0\r\n\r\n".utf8)
    /// The leave to send a body (RFC 9110, 10.1.1).
    package static let `continue` = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 307: "Temporary Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}
