import CCurl
import GateCore

extension Transfer {
    /// Sets how the server is reached; the first of it that curl refuses is the reason.
    static func set(_ connection: ConnectionOptions, of easy: UnsafeMutableRawPointer) throws(StreamSetupError) {
        let transport = connection.transport
        func put(_ option: CURLoption, _ value: String?, refused error: StreamSetupError) throws(StreamSetupError) {
            guard gate_easy_set_string(easy, option, value) == CURLE_OK else { throw error }
        }
        // Left unset, curl reads the proxy variables itself.
        if transport.proxy == .none || transport.unixSocket != nil {
            _ = gate_easy_set_string(easy, CURLOPT_PROXY, "")
        }
        if let path = transport.unixSocket {
            try put(CURLOPT_UNIX_SOCKET_PATH, path, refused: .unsupported("unix sockets"))
        }
        if let path = transport.caFile {
            try put(CURLOPT_CAINFO, path, refused: .unsupported("certificates from a file"))
            try put(CURLOPT_CAPATH, nil, refused: .unsupported("certificates from a file alone"))
        }
        for (option, value) in [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_BUFFERSIZE, Transfer.readSize),
            (CURLOPT_FORBID_REUSE, connection.reusesConnections ? 0 : 1),
            (CURLOPT_FRESH_CONNECT, connection.reusesConnections ? 0 : 1),
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
        ] {
            _ = gate_easy_set_long(easy, option, value)
        }
        // A server that compresses unasked is understood; a compressor that gathers tokens is not asked for.
        _ = gate_easy_set_string(easy, CURLOPT_ACCEPT_ENCODING, "")
    }

    /// The header lines of a request, for curl to be freed by `curl_slist_free_all`.
    static func headers(hasBody: Bool, token: BearerToken?) -> UnsafeMutablePointer<curl_slist>? {
        var lines = ["Accept-Encoding: identity"]
        // Without an empty Expect curl waits up to a second for the server's leave to send a large body.
        if hasBody { lines += ["Content-Type: application/json", "Expect:"] }
        if let token { lines.append(token.header) }
        return lines.reduce(nil) { curl_slist_append($0, $1) }
    }
}
