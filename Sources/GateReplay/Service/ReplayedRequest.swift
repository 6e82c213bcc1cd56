/// A request that the replay server has received.
public struct ReplayedRequest: Sendable, Equatable {
    public let method: String
    /// Without the query.
    public let path: String
    /// Names in lower case.
    public let headers: [String: String]
    public let body: String
    /// The recording that it was answered with; nil for anything but an answer of a model.
    public let recording: String?
}

/// The last requests, so many that their bodies stay within a bound.
struct RequestLog: Sendable {
    private(set) var requests: [ReplayedRequest] = []
    private var bytes = 0

    static let byteLimit = 64 << 20
    static let countLimit = 10_000

    mutating func append(_ request: ReplayedRequest) {
        requests.append(request)
        bytes += request.body.utf8.count
        while requests.count > 1, bytes > RequestLog.byteLimit || requests.count > RequestLog.countLimit {
            bytes -= requests.removeFirst().body.utf8.count
        }
    }
}
