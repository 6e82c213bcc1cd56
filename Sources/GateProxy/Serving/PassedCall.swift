import GateClock
import GateCore
import GateHTTP
import GateJSON
import GateStream

/// A request on its way to the server and its answer on its way back. For the loop's thread only.
final class PassedCall: PassedAnswerSink {
    private let progress: CallProgress
    let request: HTTPRequest
    let route: PassedRoute
    let stage: String?
    private let client: ClientConnection
    private let reader: AnswerReader
    private let secrets: PassedSecrets
    private var head = AnswerHead()
    private var decoding: BodyDecoding?
    private var unread = UnreadPieces()
    private var isReading = false
    /// Pieces of those that were read.
    private var readPieces = 0
    /// When the latest bytes of the body came. Monotonic nanoseconds.
    private(set) var lastContentAt: Int64?
    /// Set while the call is on its way.
    var transfer: Transfer?
    private var isPaused = false
    /// Whether the body goes to the client as it is, chunks and all.
    private var passesAsItIs = false
    /// Where in the server's chunks the body is that was shown or came; nil once they cannot be told.
    private var chunks: ChunkedBody? = ChunkedBody()
    /// Bytes of the body that the client was given before they were read.
    private var ahead = 0
    private var clientHasLeft = false
    /// Whether the client has the head of an answer.
    private var hasAnswered = false
    /// The head of the answer while it waits for the beginning of the body, which most often comes with it.
    private var heldHead: [UInt8] = []
    /// Whether the client knows by the head how long the body is.
    private var isFramed = true
    /// Whether the body is handed on in chunks of ours, because the client could not tell its end from its breaking off.
    private var makesChunks = false
    private var keepsClient: Bool
    /// Set where a stream is asked for by us alone.
    private var forced: ForcedCall?
    /// The answer for a recording; nil where none is made.
    private var kept: KeptAnswer?
    /// Whether the answer is kept until it is whole.
    private var isHeld = false

    /// What a client that left is called.
    static let cancelled = InvalidCall(.cancelled, "the client left before the answer was whole")

    init(
        progress: CallProgress, request: HTTPRequest, route: PassedRoute, stage: String?, client: ClientConnection,
        reader: AnswerReader, secrets: PassedSecrets, forced: ForcedCall?, keepsAnswer: Bool
    ) {
        self.secrets = secrets
        self.progress = progress
        self.request = request
        self.route = route
        self.stage = stage
        self.client = client
        self.reader = reader
        self.forced = forced
        kept = keepsAnswer && request.body.count <= KeptAnswer.mostBytes ? KeptAnswer() : nil
        keepsClient = request.head.keepsAlive
    }

    var number: Int { progress.number }

    /// What the server is asked.
    var body: [UInt8] { forced?.body ?? request.body }

    // MARK: - The answer, as it comes

    /// However an answer ends, the server may take its time to close the stream.
    var endMarkerAt: Int64? { nil }

    /// Hands on what needs nothing but that, before anything else is done with it.
    func willReceive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard ahead == 0, !isPaused else { return false }
        var body = bytes
        let isFirst = !hasAnswered
        if isFirst {
            guard head.isEmpty, forced == nil, request.method != "HEAD", request.head.isVersion11,
                let (passed, count) = StreamHead.passedOn(bytes, connection: connection)
            else { return false }
            (hasAnswered, passesAsItIs) = (true, true)
            heldHead = passed
            body = UnsafeRawBufferPointer(rebasing: bytes[count...])
            if body.isEmpty { client.holdsHead(of: self) }
        }
        guard passesAsItIs, !body.isEmpty else { return false }
        ahead = body.count
        clientHasLeft = !send(body)
        // Only whole chunks are kept from libcurl, which counts the rest of one that it has begun.
        let wasBetweenChunks = chunks?.isBetweenChunks == true
        follow(body)
        return !isFirst && wasBetweenChunks && chunks?.isBetweenChunks == true
    }

    private func follow(_ body: UnsafeRawBufferPointer) {
        var rest = body
        do throws(HTTPProblem) {
            while try chunks?.next(&rest) != nil {}
        } catch {
            chunks = nil
        }
    }

    func receiveHead(_ line: UnsafeRawBufferPointer) {
        guard !head.isWhole else { return }
        head.add(line)
        if head.isWhole, !hasAnswered { passHead() }
    }

    private func passHead() {
        isFramed = !head.hasBody(method: request.method) || keepsChunks || (head.hasLength && !head.isChunked)
        makesChunks = !isFramed && request.head.isVersion11 && client.hidesBreaks
        isFramed = isFramed || makesChunks
        keepsClient = request.head.keepsAlive && isFramed
        if forced != nil, head.status == 200 {
            beginReading()
            isHeld = reader.isStreamed
        }
        guard !isHeld else {
            keepsClient = request.head.keepsAlive
            return
        }
        hasAnswered = true
        passesAsItIs = keepsChunks && !makesChunks
        heldHead = head.passedOn(
            keepsChunks: keepsChunks, added: makesChunks ? ["Transfer-Encoding: chunked"] : [], connection: connection)
        client.holdsHead(of: self)
    }

    private var keepsChunks: Bool { request.head.isVersion11 && head.isChunked }

    /// Hands the head over that has come without a body, once there is nothing more to read.
    func sendHead() {
        guard !heldHead.isEmpty else { return }
        _ = heldHead.withUnsafeBytes { client.send($0) }
        heldHead = []
    }

    /// The bytes, behind the head where that is still here.
    private func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard makesChunks else { return sendBehindHead(bytes) }
        return HTTPResponse.chunk(Array(bytes)).withUnsafeBytes(sendBehindHead)
    }

    private func sendBehindHead(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard !heldHead.isEmpty else { return client.send(bytes) }
        heldHead.append(contentsOf: bytes)
        defer { heldHead = [] }
        return heldHead.withUnsafeBytes { client.send($0) }
    }

    /// What is said of the connection; nothing where it stays as a client takes for granted.
    private var connection: String? {
        keepsClient ? request.head.isVersion11 ? nil : "keep-alive" : "close"
    }

    func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) -> InvalidCall? {
        lastContentAt = stamp
        // First the client, then what is ours.
        let known = min(ahead, bytes.count)
        ahead -= known
        if !isHeld, !clientHasLeft, known < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[known...])
            clientHasLeft = !send(rest)
            if passesAsItIs { follow(rest) }
        }
        if clientHasLeft { return PassedCall.cancelled }
        if client.isSlow, !isPaused {
            isPaused = true
            transfer?.pause()
        }
        unread.append(bytes, at: stamp)
        progress.answer.has(readPieces + unread.count, at: stamp)
        if isHeld || unread.isFull { readUnread() }
        return nil
    }

    private func beginReading() {
        isReading = true
        reader.begin(
            status: head.status, contentType: head.value("content-type"), hasLength: head.hasLength)
        kept?.begin(head)
        do throws(BodyDecoding.Failure) {
            decoding = try BodyDecoding(isChunked: keepsChunks, coding: head.value("content-encoding"))
        } catch {
            reader.cannotRead(because: error.reason)
        }
    }

    private func readUnread() {
        if !isReading, head.isWhole { beginReading() }
        readPieces += unread.count
        unread.readAll { read($0, at: $1) }
        readPieces = reader.pieces ?? readPieces
    }

    private func read(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) {
        do throws(BodyDecoding.Failure) {
            try decoding?.decode(bytes) { plain in
                reader.receive(plain, at: stamp)
                kept?.add(plain, at: stamp)
                if isHeld, forced?.take(plain) == false {
                    reader.cannotRead(because: "the answer is too large to be kept")
                }
            }
        } catch {
            reader.cannotRead(because: error.reason)
        }
    }

    /// The client has taken everything that was there for it.
    func clientHasRead() {
        guard isPaused else { return }
        isPaused = false
        transfer?.goOn()
    }

    // MARK: - The end

    /// Ends the answer to the client as the server has ended it.
    func end(_ transfer: Transfer) -> EndedCall {
        sendHead()
        progress.answer.end()
        if let failure = transfer.failure {
            fail(failure)
        } else if isHeld {
            answerWhole()
        } else {
            endBody()
        }
        let endedNs = MonotonicClock.now()
        readUnread()
        let record = reader.record(
            of: transfer, number: number, requestBytes: request.body.count, receivedNs: request.readAt.count)
        self.transfer = nil
        return EndedCall(
            number: number, method: request.method, path: request.path, route: route, stage: stage,
            body: request.body, isStreamed: reader.isStreamed, wasForced: forced != nil && isHeld,
            beganNs: request.readAt.count,
            endedNs: endedNs, record: record, target: request.head.target,
            answer: transfer.failure == nil ? kept : nil, secrets: secrets)
    }

    /// The server has ended the answer: over chunks of ours that is told only of one that is whole.
    private func endBody() {
        if makesChunks {
            readUnread()
            guard head.status != 200 || !reader.isCut else { return client.breakOff(isFramed: true) }
            _ = HTTPResponse.lastChunk.withUnsafeBytes { client.send($0) }
        }
        client.answered(keepsConnection: keepsClient)
    }

    /// Hands over the answer that was asked for, made of the stream that came.
    private func answerWhole() {
        guard let answer = forced?.answer else {
            return refuse(
                InvalidCall(.cutStream, "the stream that was asked for in place of a whole answer has no end"))
        }
        let body = answer.body.encoded
        kept?.replace(by: body, isError: answer.isError, at: MonotonicClock.now())
        let response = head.answering(length: body.count, isError: answer.isError, connection: connection) + body
        _ = response.withUnsafeBytes { client.send($0) }
        client.answered(keepsConnection: keepsClient)
    }

    private func fail(_ failure: InvalidCall) {
        if failure.kind == .cancelled { return client.end() }
        guard !hasAnswered else { return client.breakOff(isFramed: isFramed) }
        refuse(failure)
    }

    /// Says in the server's place why there is no answer.
    func refuse(_ failure: InvalidCall) {
        let response = Refusal(failure).response(of: route)
        _ = response.bytes(keepsAlive: keepsClient, withBody: request.method != "HEAD")
            .withUnsafeBytes { client.send($0) }
        client.answered(keepsConnection: keepsClient)
    }
}
