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

/// The request line, headers and body of one call.
struct HTTPRequest {
    enum Method { case get, post(body: [UInt8]) }

    let url: String
    let method: Method
    var headers: [String] = []
}

/// Deadlines of one transfer in nanoseconds.
struct Deadlines {
    let connect: Int64
    let firstToken: Int64
    let idle: Int64
    let total: Int64

    init(_ timeouts: TimeoutConfiguration) {
        func nanoseconds(_ seconds: Double) -> Int64 { Int64(min(seconds, 1e8) * 1e9) }
        connect = nanoseconds(timeouts.connectSeconds)
        firstToken = nanoseconds(timeouts.firstTokenSeconds)
        idle = nanoseconds(timeouts.idleSeconds)
        total = nanoseconds(timeouts.totalSeconds)
    }
}

/// One HTTP exchange on the transfer loop, with its stamps. Used by the loop's thread only.
final class Transfer {
    /// After the end marker the server gets this long to close the stream.
    private static let graceAfterEndMarker: Int64 = 1_000_000_000
    private static let largestErrorBody = 64 << 10

    let easy: UnsafeMutableRawPointer
    let sink: any ResponseSink
    private let loop: TransferLoop
    private let deadlines: Deadlines
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var errorBody: [UInt8] = []
    private var refusal: InvalidCall?

    var beganAt: Int64 = 0
    /// Connected and about to write the request.
    private(set) var requestedAt: Int64?
    private(set) var endedAt: Int64?
    /// Set when the transfer has ended: nil for a whole answer with status 200.
    private(set) var failure: InvalidCall?

    init(
        _ request: HTTPRequest, timeouts: TimeoutConfiguration, sink: any ResponseSink, loop: TransferLoop
    ) throws(StreamSetupError) {
        guard let easy = curl_easy_init() else { throw .curlUnavailable("curl_easy_init failed") }
        self.easy = easy
        self.sink = sink
        self.loop = loop
        self.deadlines = Deadlines(timeouts)
        self.errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        self.errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try prepare(request)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    private func prepare(_ request: HTTPRequest) throws(StreamSetupError) {
        guard gate_easy_set_string(easy, CURLOPT_URL, request.url) == CURLE_OK else { throw .invalidURL(request.url) }
        for header in request.headers { headerList = curl_slist_append(headerList, header) }
        if case .post(let body) = request.method {
            _ = body.withUnsafeBytes { gate_easy_set_body(easy, $0.baseAddress, curl_off_t($0.count)) }
            headerList = curl_slist_append(headerList, "Content-Type: application/json")
            // Without it curl waits up to a second for the server's leave to send a large body.
            headerList = curl_slist_append(headerList, "Expect:")
        }
        _ = gate_easy_set_list(easy, CURLOPT_HTTPHEADER, headerList)
        _ = gate_easy_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        // A proxy between us and the server would be measured with it.
        _ = gate_easy_set_string(easy, CURLOPT_PROXY, "")
        for (option, value) in [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_FORBID_REUSE, 1),
            (CURLOPT_FRESH_CONNECT, 1), (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            (CURLOPT_CONNECTTIMEOUT_MS, Int(deadlines.connect / 1_000_000)),
        ] {
            _ = gate_easy_set_long(easy, option, value)
        }
        _ = gate_easy_set_error_buffer(easy, errorBuffer)
        installCallbacks()
    }

    private func installCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = gate_easy_set_private(easy, context)
        _ = gate_easy_set_prereq(
            easy,
            { context, _, _, _, _ in
                guard let context else { return 0 }
                Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().requestedAt = MonotonicClock.now()
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

    /// HTTP status; 0 before there is one.
    var status: Int { gate_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }

    /// Name lookup, TCP connection and TLS.
    var connectNanoseconds: Int64 {
        let handshake = Int64(gate_easy_get_offset(easy, CURLINFO_APPCONNECT_TIME_T))
        let connected = Int64(gate_easy_get_offset(easy, CURLINFO_CONNECT_TIME_T))
        return max(handshake, connected) * 1000
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard status == 200 else {
            errorBody += bytes.prefix(max(0, Transfer.largestErrorBody - errorBody.count))
            return true
        }
        refusal = sink.receive(bytes, at: loop.readAt)
        return refusal == nil
    }

    // MARK: - Ending

    /// The next moment at which ``expire(at:)`` must be asked.
    var nextDeadline: Int64? {
        guard let requestedAt else { return beganAt + deadlines.connect + 1_000_000_000 }
        if let marker = sink.endMarkerAt { return marker + Transfer.graceAfterEndMarker }
        let waiting = sink.lastContentAt.map { $0 + deadlines.idle } ?? requestedAt + deadlines.firstToken
        return min(waiting, requestedAt + deadlines.total)
    }

    /// Ends the transfer where a deadline has passed; true when it has ended.
    func expire(at now: Int64) -> Bool {
        guard let deadline = nextDeadline, now >= deadline else { return false }
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
