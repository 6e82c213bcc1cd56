import Testing

@testable import GateProxy

@Suite("The head of a stream, passed on in one go")
struct StreamHeadTests {
    private func passedOn(_ head: String, connection: String? = nil) -> (text: String, count: Int)? {
        Array((head + "5\r\nhello\r\n").utf8).withUnsafeBytes { StreamHead.passedOn($0, connection: connection) }
            .map { (String(decoding: $0.head, as: UTF8.self), $0.count) }
    }

    @Test(
        "it is the head that reading it line by line gives",
        arguments: [
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 \r\ntransfer-encoding: Chunked\r\nX-Odd:  spaced \r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nDate: Mon\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nTE: x\r\nUpgrade: h2c\r\nProxy-Authenticate: a\r\n"
                + "Proxy-Authorization: b\r\nProxy-Connection: c\r\nX-Ten-Long: d\r\n\r\n",
            "HTTP/1.1 200 OK\r\nCONNECTION: close\r\nTransfer-Encoding: chunked\r\nX-A: b\n\n",
        ], [nil, "close"])
    func same(head: String, connection: String?) throws {
        var read = AnswerHead()
        for line in head.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            (Array(line) + [0x0A]).withUnsafeBytes { read.add($0) }
        }
        let passed = try #require(passedOn(head, connection: connection))
        #expect(
            passed.text == String(decoding: read.passedOn(keepsChunks: true, connection: connection), as: UTF8.self))
        #expect(passed.count == head.utf8.count)
    }

    @Test(
        "whatever is not plain is left to be read line by line",
        arguments: [
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", "HTTP/1.1 200 OK\r\nX: y\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close, X-Hop\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n folded: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: \0\r\n\r\n",
            "HTTP/1.1 404 None\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "",
        ])
    func declined(head: String) { #expect(passedOn(head) == nil) }
}
