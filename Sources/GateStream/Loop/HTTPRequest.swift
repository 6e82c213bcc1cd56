/// The request line, headers and body of one call.
struct HTTPRequest {
    enum Method {
        case get
        case post(RequestBody)
    }

    let url: String
    let method: Method
}
