import GateHTTP
import GateStream

extension HTTPRequest {
    /// Fields that are not handed on besides those of the connection: what curl writes by itself, and what was between
    /// the client and us.
    private static let ownFields: Set<String> = [
        "host", "content-length", "transfer-encoding", "expect", "trailer", "http2-settings",
    ]

    /// The request as the server gets it: every field that is no business of this connection, in its order.
    ///
    /// - Parameters:
    ///   - body: what is sent in place of the client's where a stream is forced.
    ///   - stageHeader: the name of a field that is for us, in lower case.
    func passed(as route: PassedRoute, body: [UInt8], without stageHeader: String) -> PassedRequest {
        let left = AnswerHead.hopByHop.union(HTTPRequest.ownFields).union(
            head.tokens(of: "connection").map(String.init)
        )
        .union([stageHeader])
        let headers = head.fields.filter { !left.contains($0.name) }.map { field in
            let value = field.name == "accept-encoding" && route != .other ? readable(field.value) : field.value
            return value.isEmpty ? "\(field.written):" : "\(field.written): \(value)"
        }
        let hasBody = head.isChunked || head.field("content-length") != nil
        return PassedRequest(
            method: method, headers: headers, body: hasBody ? RequestBody(body) : nil, keepsChunks: head.isVersion11)
    }

    /// Without codings in which an answer could not be read: a server may always choose among fewer.
    private func readable(_ codings: String) -> String {
        let kept = codings.split(separator: ",").filter { coding in
            let name = coding.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
            return BodyDecoding.readable.contains(name)
        }
        return kept.isEmpty ? "identity" : kept.joined(separator: ",")
    }
}

extension HTTPHead {
    /// What the client brings to be let in, so that it is found where the server repeats it.
    var secrets: [BearerToken] {
        fields.filter { ["authorization", "x-api-key", "api-key"].contains($0.name) }.compactMap { field in
            BearerToken(field.value.split(separator: " ").last.map(String.init) ?? "")
        }
    }
}

extension Refusal {
    /// Why a request cannot be handed on; nil where it can.
    init?(of head: HTTPHead) {
        if head.tokens(of: "upgrade").contains("websocket") {
            self.init(
                status: 501, message: "this proxy does not hand on WebSockets, which are no request with an answer")
        } else if head.target == "*" {
            self.init(status: 501, message: "this proxy hands on requests for a path, and '*' is none")
        } else {
            return nil
        }
    }
}
