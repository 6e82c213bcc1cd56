import GateCore
import GateHTTP

extension Script {
    /// A recorded answer, each piece at its recorded time.
    init(_ exchange: PassedExchange, to head: HTTPHead, options: ReplayOptions) {
        let early = options.ttftFactor / options.speed
        let late = 1 / (options.throughputFactor * options.speed)
        let first = exchange.pieces.first?.offsetNs ?? exchange.endNs
        func time(_ offset: Nanoseconds) -> Nanoseconds { first.scaled(by: early) + (offset - first).scaled(by: late) }
        let end = time(exchange.endNs)
        var response = HTTPResponse(exchange.status, type: exchange.contentType, body: [])
        if exchange.contentType.isEmpty { response.fields = [] }
        guard exchange.isStreamed, head.isVersion11, head.method != "HEAD" else {
            response.body = exchange.pieces.flatMap { Array($0.text.utf8) }
            self.init(response, to: head, at: end)
            return
        }
        self.init(ending: head.keepsAlive ? .keepAlive : .close)
        response.fields.append(("Transfer-Encoding", "chunked"))
        send(response.head(length: nil, keepsAlive: head.keepsAlive), at: time(first))
        for piece in exchange.pieces { send(HTTPResponse.chunk(Array(piece.text.utf8)), at: time(piece.offsetNs)) }
        send(HTTPResponse.lastChunk, at: end)
    }
}
