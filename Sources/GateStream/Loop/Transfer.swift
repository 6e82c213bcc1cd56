import CCurl
import GateCore
import Glibc

/// Receives the body of an answer with status 200, piece by piece.
protocol ResponseSink: AnyObject {
    /// Monotonic nanoseconds of the first and the latest content; nil before there is any.
    var firstContentAt: Int64? { get }
    var lastContentAt: Int64? { get }
    /// When the end marker was seen; nil before that.
    var endMarkerAt: Int64? { get }
    /// Takes bytes that arrived at that moment; returns why the transfer must stop, or nil to go on.
    func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) -> InvalidCall?
}

/// One HTTP exchange on the transfer loop, with its stamps. Used by the loop's thread only.
final class Transfer {
    /// After the end marker the server gets this long to close the stream.
    private static let graceAfterEndMarker: Int64 = 1_000_000_000
    private static let largestErrorBody = 64 << 10
    /// Bytes that curl reads from a socket at a time.
    static let readSize = 16 << 10

    let easy: UnsafeMutableRawPointer
    let sink: any ResponseSink
    private let loop: TransferLoop
    private let deadlines: Deadlines
    private let body: RequestBody?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var errorBody: [UInt8] = []
    private var refusal: InvalidCall?

    var beganAt: Int64 = 0
    /// Connected and about to write the request.
    private(set) var requestedAt: Int64?
    private(set) var endedAt: Int64?
    /// HTTP status; 0 before there is one.
    private(set) var status = 0
    /// Bytes of the body.
    private(set) var bodyBytes = 0
    private(set) var lag = ReadLag()
    /// False once content was stamped by the clock at its read.
    private(set) var hasKernelTimes = true
    private var latestLagAt: Int64 = 0
    /// The transfer's place in the heap of deadlines; -1 outside of it.
    var heapIndex = -1
    var queuedDeadline: Int64 = 0
    /// Set when the transfer has ended: nil for a whole answer with status 200.
    private(set) var failure: InvalidCall?

    init(
        _ request: HTTPRequest, timeouts: TimeoutConfiguration, connection: ConnectionOptions,
        sink: any ResponseSink, loop: TransferLoop
    ) throws(StreamSetupError) {
        guard let easy = curl_easy_init() else { throw .curlUnavailable("curl_easy_init failed") }
        self.easy = easy
        self.sink = sink
        self.loop = loop
        self.deadlines = Deadlines(timeouts)
        if case .post(let body) = request.method { self.body = body } else { self.body = nil }
        self.errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        self.errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try prepare(request.url, connection)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    private func prepare(_ url: String, _ connection: ConnectionOptions) throws(StreamSetupError) {
        guard gate_easy_set_string(easy, CURLOPT_URL, url) == CURLE_OK else { throw .invalidURL(url) }
        if let body {
            // curl keeps the pointer; this transfer keeps the body.
            _ = gate_easy_set_body(easy, body.bytes.baseAddress, curl_off_t(body.count))
            headerList = curl_slist_append(headerList, "Content-Type: application/json")
            // Without it curl waits up to a second for the server's leave to send a large body.
            headerList = curl_slist_append(headerList, "Expect:")
        }
        _ = gate_easy_set_list(easy, CURLOPT_HTTPHEADER, headerList)
        _ = gate_easy_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        // A proxy between us and the server would be measured with it.
        _ = gate_easy_set_string(easy, CURLOPT_PROXY, "")
        for (option, value) in [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_BUFFERSIZE, Transfer.readSize),
            (CURLOPT_FORBID_REUSE, connection.reusesConnections ? 0 : 1),
            (CURLOPT_FRESH_CONNECT, connection.reusesConnections ? 0 : 1),
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            (CURLOPT_CONNECTTIMEOUT_MS, Int(deadlines.connect / 1_000_000)),
        ] {
            _ = gate_easy_set_long(easy, option, value)
        }
        _ = gate_easy_set_error_buffer(easy, errorBuffer)
        installCallbacks()
        // What a TLS socket receives is not yet content; plain HTTP's bytes are.
        if url.lowercased().hasPrefix("http:") { askForReceiveTimes() }
    }

    private func askForReceiveTimes() {
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
        _ = gate_easy_set_write(
            easy,
            { data, size, count, context in
                guard let context, let data else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.receive(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
            }, context)
    }

    /// Name lookup, connection and TLS; all 0 on a connection that was kept.
    var connectionTimes: ConnectionTimes {
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
    var clock: (kind: ArrivalClock, uncertaintyNs: Int64) {
        hasKernelTimes && lag.reads > 0
            ? (.kernelReceive, loop.receiveTimes.uncertaintyNs) : (.monotonicRead, lag.percentile99Ns)
    }

    private func willSend() {
        requestedAt = MonotonicClock.now()
        loop.deadlineMoved(self)
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if status == 0 { status = gate_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }
        bodyBytes += bytes.count
        guard status == 200 else {
            errorBody += bytes.prefix(max(0, Transfer.largestErrorBody - errorBody.count))
            return true
        }
        let read = loop.read
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

    // MARK: - Ending

    /// The next moment at which ``expire(at:)`` must be asked.
    var nextDeadline: Int64 {
        guard let requestedAt else { return beganAt + deadlines.connect + 1_000_000_000 }
        if let marker = sink.endMarkerAt { return marker + Transfer.graceAfterEndMarker }
        let waiting = sink.lastContentAt.map { $0 + deadlines.idle } ?? requestedAt + deadlines.firstToken
        return min(waiting, requestedAt + deadlines.total)
    }

    /// Ends the transfer where a deadline has passed; true when it has ended.
    func expire(at now: Int64) -> Bool {
        guard now >= nextDeadline else { return false }
        endedAt = sink.endMarkerAt ?? now
        guard sink.endMarkerAt == nil else { return true }
        guard let requestedAt else {
            failure = InvalidCall(.connectTimeout, "no connection after \(seconds(deadlines.connect))")
            return true
        }
        if now >= requestedAt + deadlines.total {
            failure = InvalidCall(.totalTimeout, "the answer did not end within \(seconds(deadlines.total))")
        } else if sink.lastContentAt == nil {
            failure = InvalidCall(.firstTokenTimeout, "no content within \(seconds(deadlines.firstToken))")
        } else {
            failure = InvalidCall(.idleTimeout, "no further content for \(seconds(deadlines.idle))")
        }
        return true
    }

    /// Takes curl's word that the transfer is over.
    func curlEnded(_ code: CURLcode, at now: Int64) {
        if status == 0 { status = gate_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }
        endedAt = sink.endMarkerAt ?? now
        if let refusal {
            failure = refusal
        } else if status != 0, status != 200 {
            failure = HTTPFailure.invalidCall(status: status, body: errorBody)
        } else if code != CURLE_OK, sink.endMarkerAt == nil {
            failure = invalidCall(code)
        }
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
        DisplayFormat.fixed(Double(nanoseconds) / 1e9, decimals: nanoseconds % 1_000_000_000 == 0 ? 0 : 3) + " s"
    }
}
