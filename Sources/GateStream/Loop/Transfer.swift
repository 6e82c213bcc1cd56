import CCurl
import GateClock
package import GateCore
import Glibc

/// Receives the body of an answer with status 200, piece by piece.
package protocol ResponseSink: AnyObject {
    /// Monotonic nanoseconds of the latest content; nil before there is any.
    var lastContentAt: Int64? { get }
    /// When the end marker was seen; nil before that.
    var endMarkerAt: Int64? { get }
    /// Takes bytes that arrived at that moment; returns why the transfer must stop, or nil to go on.
    func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) -> InvalidCall?
}

/// Receives an answer that is handed on, whatever its status.
package protocol PassedAnswerSink: ResponseSink {
    /// Takes a line of the head with its end; the last one is empty. Heads of interim answers come, too.
    func receiveHead(_ line: UnsafeRawBufferPointer)
    /// Is shown the answer's next bytes, head and chunks included, before they come by the other two. Not all are shown.
    ///
    /// - Returns: whether they are whole chunks of the body and not its end, so that libcurl need not see them.
    func willReceive(_ bytes: UnsafeRawBufferPointer) -> Bool
}

/// One HTTP exchange on the transfer loop, with its stamps. Used by the loop's thread only.
package final class Transfer {
    /// After the end marker the server gets this long to close the stream.
    private static let graceAfterEndMarker: Int64 = 1_000_000_000
    private static let largestErrorBody = 64 << 10
    /// After so many bytes within one read of a socket (a compressed body can have far more) the clock is looked at.
    private static let bytesBetweenLooks = 256 << 10
    /// Bytes that curl reads from a socket at a time.
    static let readSize = 16 << 10

    let easy: UnsafeMutableRawPointer
    let sink: any ResponseSink
    /// The same, of an answer that is handed on.
    let passedSink: (any PassedAnswerSink)?
    let loop: TransferLoop
    private let deadlines: Deadlines
    private let body: RequestBody?
    /// Somebody else's request; nil for one of ours.
    private let passed: PassedRequest?
    /// Bytes of the body, decompressed.
    private let largestBody: Int
    private var lookedAtBytes = 0
    let connection: ConnectionOptions
    /// What is asked now; a redirect changes it.
    private var url: String
    private var hops = 0
    /// When the latest redirect was followed.
    private var hopBeganAt: Int64?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var errorBody: [UInt8] = []
    private(set) var refusal: InvalidCall?

    var beganAt: Int64 = 0
    /// Connected and about to write the request.
    package private(set) var requestedAt: Int64?
    /// Whether any request of this transfer was written; a redirect does not take that back.
    private(set) var hasAsked = false
    package private(set) var endedAt: Int64?
    /// HTTP status; 0 before there is one.
    package private(set) var status = 0
    /// Bytes of the body.
    package private(set) var bodyBytes = 0
    private(set) var lag = ReadLag()
    /// False once content was stamped by the clock at its read.
    private(set) var hasKernelTimes = true
    private var latestLagAt: Int64 = 0
    /// The transfer's place in the heap of deadlines; -1 outside of it.
    var heapIndex = -1
    var queuedDeadline: Int64 = 0
    /// Set when the transfer has ended: nil for a whole answer with status 200.
    package private(set) var failure: InvalidCall?

    init(
        _ request: HTTPRequest, timeouts: TimeoutConfiguration, connection: ConnectionOptions,
        sink: any ResponseSink, loop: TransferLoop, largestBody: Int = .max
    ) throws(StreamSetupError) {
        guard let easy = curl_easy_init() else { throw .curlUnavailable("curl_easy_init failed") }
        self.easy = easy
        self.sink = sink
        passedSink = sink as? any PassedAnswerSink
        self.loop = loop
        self.deadlines = Deadlines(timeouts)
        self.connection = connection
        self.url = request.url
        self.largestBody = largestBody
        switch request.method {
        case .get: (body, passed) = (nil, nil)
        case .post(let body): (self.body, passed) = (body, nil)
        case .passedOn(let request): (body, passed) = (nil, request)
        }
        self.errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        self.errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try prepare()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    private func prepare() throws(StreamSetupError) {
        guard gate_easy_set_string(easy, CURLOPT_URL, url) == CURLE_OK else { throw .invalidURL(url) }
        // curl keeps the pointer; this transfer keeps the body.
        if let body { _ = gate_easy_set_body(easy, body.bytes.baseAddress, curl_off_t(body.count)) }
        headerList =
            passed.map { Transfer.headers(of: $0, token: connection.token) }
            ?? Transfer.headers(hasBody: body != nil, token: connection.token)
        _ = gate_easy_set_list(easy, CURLOPT_HTTPHEADER, headerList)
        _ = gate_easy_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        try Transfer.set(connection, of: easy)
        if let passed { Transfer.set(passed, of: easy) }
        _ = gate_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(deadlines.connect / 1_000_000))
        _ = gate_easy_set_error_buffer(easy, errorBuffer)
        installCallbacks()
        askForReceiveTimes()
    }

    /// What a TLS socket receives is not yet content; plain HTTP's bytes are. A unix socket has no receive times.
    private func askForReceiveTimes() {
        guard url.lowercased().hasPrefix("http:"), connection.transport.unixSocket == nil else {
            _ = gate_easy_set_socket_options(easy, nil, nil)
            return
        }
        _ = gate_easy_set_socket_options(
            easy,
            { context, socket, _ in
                guard let context else { return Int32(CURL_SOCKOPT_OK) }
                Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().loop.receiveTimes.prepare(socket)
                return Int32(CURL_SOCKOPT_OK)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func installCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = gate_easy_set_private(easy, context)
        _ = gate_easy_set_prereq(
            easy,
            { context, _, _, _, _ in
                guard let context else { return 0 }
                Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().willSend()
                return 0
            }, context)
        if passed != nil { installHeadCallback() }
        _ = gate_easy_set_write(
            easy,
            { data, size, count, context in
                guard let context, let data else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.receive(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
            }, context)
    }

    /// Name lookup, connection and TLS; all 0 on a connection that was kept.
    package var connectionTimes: ConnectionTimes {
        if requestedAt != nil, gate_easy_get_long(easy, CURLINFO_NUM_CONNECTS) == 0 { return ConnectionTimes() }
        func nanoseconds(_ item: CURLINFO) -> Int64 { Int64(gate_easy_get_offset(easy, item)) * 1000 }
        let looked = nanoseconds(CURLINFO_NAMELOOKUP_TIME_T)
        let connected = nanoseconds(CURLINFO_CONNECT_TIME_T)
        guard connected > 0 else { return ConnectionTimes(nameLookupNs: looked) }
        return ConnectionTimes(
            nameLookupNs: looked, connectNs: max(0, connected - looked),
            tlsNs: max(0, nanoseconds(CURLINFO_APPCONNECT_TIME_T) - connected))
    }

    /// Which clock stamped the content, and how exactly: nanoseconds.
    package var clock: (kind: ArrivalClock, uncertaintyNs: Int64) {
        hasKernelTimes && lag.reads > 0
            ? (.kernelReceive, loop.receiveTimes.uncertaintyNs) : (.monotonicRead, lag.percentile99Ns)
    }

    private func willSend() {
        requestedAt = MonotonicClock.now()
        loop.willAsk(self, isFirst: !hasAsked)
        hasAsked = true
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if status == 0 { status = gate_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }
        bodyBytes += bytes.count
        guard status == 200 || passed != nil else {
            errorBody += bytes.prefix(max(0, Transfer.largestErrorBody - errorBody.count))
            return bodyBytes <= Transfer.largestErrorBody
        }
        guard bodyBytes <= largestBody else {
            refusal = AnswerLimits.tooLarge(largestBody, what: "the answer")
            return false
        }
        if bodyBytes - lookedAtBytes > Transfer.bytesBetweenLooks, isLate { return false }
        let read = readAfterRequest(loop.read)
        let stamp = read.receivedAt
        let isFirst = sink.lastContentAt == nil
        refusal = sink.receive(bytes, at: stamp)
        if sink.lastContentAt == stamp, latestLagAt != stamp {
            latestLagAt = stamp
            lag.add(read.lag)
            if read.clock != .kernelReceive { hasKernelTimes = false }
        }
        if isFirst || sink.endMarkerAt != nil { loop.deadlineMoved(self) }
        return refusal == nil
    }

    /// One turn of libcurl may write the request and read its answer. Without the kernel's stamps the turn's beginning
    /// stands for the read, which would put the answer before the request.
    private func readAfterRequest(_ read: SocketRead) -> SocketRead {
        guard read.clock == .monotonicRead, let requestedAt, read.receivedAt < requestedAt else { return read }
        let now = MonotonicClock.now()
        return SocketRead(receivedAt: now, lag: now - requestedAt)
    }

    /// Whether the call's time is over, while one read still gives bytes.
    private var isLate: Bool {
        lookedAtBytes = bodyBytes
        guard let requestedAt, MonotonicClock.now() >= requestedAt + deadlines.total else { return false }
        refusal = totalTimeout
        return true
    }

    private var totalTimeout: InvalidCall {
        InvalidCall(.totalTimeout, "the answer did not end within \(seconds(deadlines.total))")
    }

    /// What the server asked to wait before another attempt (RFC 9110, 10.2.3), of an answer that says so; else nil.
    var retryAfterSeconds: Double? {
        guard status == 429 || status == 503 else { return nil }
        let seconds = gate_easy_get_offset(easy, CURLINFO_RETRY_AFTER)
        return seconds > 0 ? Double(seconds) : nil
    }

    // MARK: - Ending

    /// The next moment at which ``expire(at:)`` must be asked.
    var nextDeadline: Int64 {
        guard let requestedAt else { return (hopBeganAt ?? beganAt) + deadlines.connect + 1_000_000_000 }
        if let marker = sink.endMarkerAt { return marker + Transfer.graceAfterEndMarker }
        let waiting = sink.lastContentAt.map { $0 + deadlines.idle } ?? requestedAt + deadlines.firstToken
        return min(waiting, requestedAt + deadlines.total)
    }

    /// Ends the transfer where a deadline has passed; true when it has ended.
    func expire(at now: Int64) -> Bool {
        guard now >= nextDeadline else { return false }
        if status == 0 { status = gate_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }
        endedAt = sink.endMarkerAt ?? now
        guard sink.endMarkerAt == nil else { return true }
        guard let requestedAt else {
            failure = InvalidCall(.connectTimeout, "no connection after \(seconds(deadlines.connect))")
            return true
        }
        if now >= requestedAt + deadlines.total {
            failure = totalTimeout
        } else if sink.lastContentAt == nil {
            failure = InvalidCall(.firstTokenTimeout, "no content within \(seconds(deadlines.firstToken))")
        } else {
            failure = InvalidCall(.idleTimeout, "no further content for \(seconds(deadlines.idle))")
        }
        return true
    }

    /// Takes curl's word that the transfer is over; false where it goes on at another address.
    func curlEnded(_ code: CURLcode, at now: Int64) -> Bool {
        if status == 0 { status = gate_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }
        endedAt = sink.endMarkerAt ?? now
        if let refusal {
            failure = refusal
        } else if passed != nil {
            failure = code == CURLE_OK ? nil : invalidCall(code)
        } else if isRedirect, code == CURLE_OK {
            return redirected()
        } else if status != 0, status != 200 {
            failure = HTTPFailure.invalidCall(status: status, body: errorBody, token: connection.token)
        } else if code != CURLE_OK, sink.endMarkerAt == nil {
            failure = invalidCall(code)
        }
        if let known = failure { failure = connection.token?.redacted(known) ?? known }
        return true
    }

    /// Somebody does not want the rest.
    func cancelled(because reason: InvalidCall, at now: Int64) {
        if status == 0 { status = gate_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }
        endedAt = now
        failure = reason
    }

    private var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }

    /// Decides about a redirect; false where it is followed: the call begins anew, and what the hop took is no part of
    /// its TTFT.
    private func redirected() -> Bool {
        let target = gate_easy_get_string(easy, CURLINFO_REDIRECT_URL).map { String(cString: $0) }
        let redirection = Redirection(
            status: status, to: target, from: url, hops: hops, follows: connection.transport.followsRedirects,
            hasCredentials: connection.token != nil)
        switch redirection {
        case .refuse(let reason): failure = InvalidCall(.redirected, connection.token?.redacted(reason) ?? reason)
        case .follow(let next):
            guard gate_easy_set_string(easy, CURLOPT_URL, next) == CURLE_OK else {
                failure = InvalidCall(.redirected, "HTTP \(status): the server redirects to an address that is none")
                return true
            }
            (url, hops, status, errorBody, requestedAt, endedAt) = (next, hops + 1, 0, [], nil, nil)
            (bodyBytes, lookedAtBytes) = (0, 0)
            hopBeganAt = MonotonicClock.now()
            askForReceiveTimes()
            return false
        }
        return true
    }

    private func invalidCall(_ code: CURLcode) -> InvalidCall {
        let buffered = String(cString: errorBuffer)
        let detail = buffered.isEmpty ? String(cString: curl_easy_strerror(code)) : buffered
        let refused = gate_easy_get_long(easy, CURLINFO_OS_ERRNO) == Int(ECONNREFUSED)
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return InvalidCall(.hostNotFound, detail)
        case CURLE_COULDNT_CONNECT: return InvalidCall(refused ? .connectionRefused : .connectionFailed, detail)
        case CURLE_OPERATION_TIMEDOUT where requestedAt == nil:
            return InvalidCall(.connectTimeout, "no connection after \(seconds(deadlines.connect))")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE:
            return InvalidCall(.tlsFailed, detail)
        case _ where requestedAt == nil: return InvalidCall(.connectionFailed, detail)
        default: return InvalidCall(.cutStream, "the connection ended before the answer did: \(detail)")
        }
    }

    private func seconds(_ nanoseconds: Int64) -> String {
        DisplayFormat.seconds(Double(nanoseconds) / 1e9, decimals: nanoseconds % 1_000_000_000 == 0 ? 0 : 3)
    }
}
