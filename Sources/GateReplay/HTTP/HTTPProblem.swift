/// Why bytes on a connection are no request that can be served; the connection ends after the answer.
enum HTTPProblem: Error, Equatable {
    case malformed(String)
    case headTooLarge(limit: Int)
    case bodyTooLarge(limit: Int)
    case lengthRequired
    case unsupportedVersion(String)

    var status: Int {
        switch self {
        case .malformed: 400
        case .lengthRequired: 411
        case .bodyTooLarge: 413
        case .headTooLarge: 431
        case .unsupportedVersion: 505
        }
    }

    var message: String {
        switch self {
        case .malformed(let detail): "malformed HTTP request: \(detail)"
        case .lengthRequired: "a request body needs a Content-Length"
        case .bodyTooLarge(let limit): "the request body is longer than \(limit) bytes"
        case .headTooLarge(let limit): "the request line and headers are longer than \(limit) bytes"
        case .unsupportedVersion(let version): "'\(version)' is not HTTP/1.0 or HTTP/1.1"
        }
    }
}
