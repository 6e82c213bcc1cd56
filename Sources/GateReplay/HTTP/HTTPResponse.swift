/// Status line, header fields and framing of what is sent.
struct HTTPResponse: Sendable {
    var status: Int
    var fields: [(name: String, value: String)]
    var body: [UInt8]

    /// One complete answer.
    init(_ status: Int, type: String, body: [UInt8]) {
        self.status = status
        self.fields = [("Content-Type", type)]
        self.body = body
    }

    /// - Parameter length: of the body, in bytes; nil for a body that ends with the connection or is chunked.
    func head(length: Int?, keepsAlive: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(HTTPResponse.phrase(status))\r\nServer: chimera-gate-replay\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        if let length { text += "Content-Length: \(length)\r\n" }
        text += keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n"
        return Array(text.utf8)
    }

    /// - Parameter withBody: false for the answer to HEAD, which says the length of what it leaves out.
    func bytes(keepsAlive: Bool, withBody: Bool = true) -> [UInt8] {
        head(length: body.count, keepsAlive: keepsAlive) + (withBody ? body : [])
    }

    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [0x0D, 0x0A]
    }

    /// The chunk that ends a chunked body.
    static let lastChunk = Array("0\r\n\r\n".utf8)
    static let `continue` = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

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
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}
