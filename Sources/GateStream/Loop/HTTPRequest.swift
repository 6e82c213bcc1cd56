/// The request line, headers and body of one call.
struct HTTPRequest {
    enum Method {
        case get
        case post(RequestBody)
        case passedOn(PassedRequest)
    }

    let url: String
    let method: Method
}

/// A request of somebody else, to be asked as it is.
package struct PassedRequest {
    package var method: String
    /// Whole lines without their ends: `Name: value`.
    package var headers: [String]
    /// nil where none was sent, not even an empty one.
    package var body: RequestBody?
    /// Whether the answer's chunks are handed on with their framing.
    package var keepsChunks: Bool

    package init(method: String, headers: [String], body: RequestBody?, keepsChunks: Bool) {
        self.method = method
        self.headers = headers
        self.body = body
        self.keepsChunks = keepsChunks
    }
}
