/// Why bytes on a connection are no request that can be served; the connection ends after the answer.
package enum HTTPProblem: Error, Equatable {
    case malformed(String)
    case headTooLarge(limit: Int)
    case bodyTooLarge(limit: Int)
    /// A framing of the body other than a length or chunks.
    case unknownFraming(String)
    case unsupportedVersion(String)
    /// The client speaks HTTP/2 without asking first.
    case http2
    /// The client takes the server for a proxy and wants a tunnel.
    case tunnel

    /// The HTTP status of the answer.
    package var status: Int {
        switch self {
        case .malformed: 400
        case .bodyTooLarge: 413
        case .headTooLarge: 431
        case .unknownFraming, .tunnel: 501
        case .unsupportedVersion, .http2: 505
        }
    }

    /// What is wrong, for whoever reads the answer.
    package var message: String {
        switch self {
        case .malformed(let detail): "malformed HTTP request: \(detail)"
        case .unknownFraming(let coding):
            "a request body with Transfer-Encoding '\(coding)' is not read; send it in chunks or with a Content-Length"
        case .bodyTooLarge(let limit): "the request body is longer than \(limit) bytes"
        case .headTooLarge(let limit): "the request line and headers are longer than \(limit) bytes"
        case .unsupportedVersion(let version): "'\(version)' is not HTTP/1.0 or HTTP/1.1"
        case .http2: "HTTP/2 without TLS (h2c) is not spoken here; use HTTP/1.1"
        case .tunnel:
            "CONNECT asks for a tunnel, which this server makes none of; give its address to the client as that of the API, not as that of a proxy"
        }
    }
}
