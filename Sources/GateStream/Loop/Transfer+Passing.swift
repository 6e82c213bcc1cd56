import CCurl
package import GateCore

extension Transfer {
    /// Asks somebody else's request and hands the answer on: whatever its status, undecoded, redirects not followed.
    ///
    /// - Parameter url: where to; the whole address.
    package convenience init(
        passing request: PassedRequest, to url: String, timeouts: TimeoutConfiguration, connection: ConnectionOptions,
        sink: any PassedAnswerSink, loop: TransferLoop
    ) throws(StreamSetupError) {
        try self.init(
            HTTPRequest(url: url, method: .passedOn(request)), timeouts: timeouts, connection: connection, sink: sink,
            loop: loop)
    }

    /// Takes what was shown to the sink. libcurl, which takes part in the head and the end, stands between two chunks before
    /// and after it.
    func receivePast(_ bytes: UnsafeRawBufferPointer) {
        if !receive(bytes) {
            loop.cancel(self, because: refusal ?? InvalidCall(.cancelled, "the answer is not wanted"))
        }
    }

    /// Reads no more from the server until ``goOn()``.
    package func pause() { curl_easy_pause(easy, CURLPAUSE_RECV) }

    /// Reads on. What curl has kept is handed over at once.
    package func goOn() {
        loop.readsNow()
        curl_easy_pause(easy, 0)
        if let refusal { loop.cancel(self, because: refusal) }
    }

    /// Sets what is asked and how the answer is handed on.
    static func set(_ request: PassedRequest, of easy: UnsafeMutableRawPointer) {
        if request.method == "HEAD" {
            _ = gate_easy_set_long(easy, CURLOPT_NOBODY, 1)
        } else {
            if let body = request.body {
                _ = gate_easy_set_body(easy, body.bytes.baseAddress, curl_off_t(body.count))
            }
            _ = gate_easy_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method)
        }
        _ = gate_easy_set_string(easy, CURLOPT_ACCEPT_ENCODING, nil)
        for (option, value) in [
            (CURLOPT_HTTP_CONTENT_DECODING, 0), (CURLOPT_HTTP_TRANSFER_DECODING, request.keepsChunks ? 0 : 1),
            (CURLOPT_PATH_AS_IS, 1), (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1), (CURLOPT_FORBID_REUSE, 0),
            (CURLOPT_FRESH_CONNECT, 0),
        ] {
            _ = gate_easy_set_long(easy, option, value)
        }
    }

    /// The header lines, for curl to be freed by `curl_slist_free_all`: those of the request, and nothing of curl's own.
    static func headers(of request: PassedRequest, token: BearerToken?) -> UnsafeMutablePointer<curl_slist>? {
        let names = Set(request.headers.map { $0.prefix { $0 != ":" }.lowercased() })
        // A name with nothing behind the colon takes away what curl would send.
        var lines =
            ["accept", "content-type", "user-agent"].filter { !names.contains($0) }.map { "\($0):" } + ["Expect:"]
        lines += request.headers.map { line in
            // An empty value is told from that by a semicolon.
            line.last == ":" ? line.dropLast() + ";" : line
        }
        if let token, names.isDisjoint(with: ["authorization", "x-api-key", "api-key"]) { lines.append(token.header) }
        return lines.reduce(nil) { curl_slist_append($0, $1) }
    }

    func installHeadCallback() {
        _ = gate_easy_set_header(
            easy,
            { data, size, count, context in
                guard let context, let data else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                transfer.passedSink?.receiveHead(UnsafeRawBufferPointer(start: data, count: size * count))
                return size * count
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
