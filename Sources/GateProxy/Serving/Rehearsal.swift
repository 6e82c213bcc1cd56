import GateStream

/// Reads made-up answers before there are any: what code is run for the first time is read from the disk and bound then,
/// which takes longer than the answer's own way.
enum Rehearsal {
    private static let head = [
        "HTTP/1.1 200 OK\r\n", "Content-Type: text/event-stream\r\n", "Transfer-Encoding: chunked\r\n",
        "Connection: keep-alive\r\n", "\r\n",
    ]
    private static let answers: [(route: PassedRoute, line: String)] = [
        (.ollamaChat, #"{"message":{"content":"a"},"done":false}"# + "\n"),
        (.openAIChat, #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n"),
        (
            .anthropicMessages,
            #"data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}}"# + "\n\n"
        ),
    ]

    static func run() {
        for (route, line) in answers {
            var head = AnswerHead()
            for line in self.head { Array(line.utf8).withUnsafeBytes { head.add($0) } }
            _ = Array(self.head.joined().utf8).withUnsafeBytes { StreamHead.passedOn($0, connection: nil)?.count }
            _ = head.passedOn(keepsChunks: true, connection: nil)
            let reader = AnswerReader(route: route, keepsText: true, secrets: PassedSecrets(token: nil, ofClient: []))
            reader.begin(
                status: head.status, contentType: route == .ollamaChat ? "" : head.value("content-type"),
                hasLength: head.hasLength)
            guard var decoding = try? BodyDecoding(isChunked: head.isChunked, coding: head.value("content-encoding"))
            else { return }
            var kept = KeptAnswer()
            kept.begin(head)
            let chunk = "\(String(line.utf8.count, radix: 16))\r\n\(line)\r\n"
            Array(chunk.utf8).withUnsafeBytes { bytes in
                try? decoding.decode(bytes) {
                    reader.receive($0, at: 0)
                    kept.add($0, at: 0)
                }
            }
        }
    }
}
