/// A call that passed a proxy, kept so that it can be answered again without a model: what was asked, and the answer with
/// the time of each of its pieces.
public struct PassedExchange: Codable, Sendable, Equatable {
    /// Bytes of an answer that came in one read.
    public struct Piece: Codable, Sendable, Equatable {
        /// After the request was about to be written.
        public let offsetNs: Nanoseconds
        public let text: String

        public init(offsetNs: Nanoseconds, text: String) {
            self.offsetNs = offsetNs
            self.text = text
        }
    }

    public let id: String
    public let method: String
    /// The path with its query.
    public let target: String
    /// The body with the members of every object in the order of their names; one that is not JSON as it was.
    public let request: String
    /// HTTP status.
    public let status: Int
    /// Empty where the server named none.
    public let contentType: String
    /// Whether the answer came piece by piece, as a stream does.
    public let isStreamed: Bool
    public var pieces: [Piece]
    public let endNs: Nanoseconds

    public init(
        id: String, method: String, target: String, request: String, status: Int, contentType: String,
        isStreamed: Bool, pieces: [Piece], endNs: Nanoseconds
    ) {
        self.id = id
        self.method = method
        self.target = target
        self.request = request
        self.status = status
        self.contentType = contentType
        self.isStreamed = isStreamed
        self.pieces = pieces
        self.endNs = endNs
    }
}
