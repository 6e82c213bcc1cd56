import CCurl

/// Whom a URL addresses, as libcurl reads it: what is compared is what libcurl would connect to.
struct Authority: Equatable, CustomStringConvertible {
    /// Lower case.
    let scheme: String
    /// Lower case; numeric addresses in their usual form.
    let host: String
    /// The scheme's own where the URL names none.
    let port: String
    /// Whether the URL brings a user name or a password of its own.
    let hasUser: Bool

    /// nil where libcurl reads no URL in it.
    init?(_ url: String) {
        // libcurl takes C strings: what follows a zero byte it would not see.
        guard !url.utf8.contains(0), let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK else { return nil }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, part, &text, UInt32(bitPattern: flags)) == CURLUE_OK, let text else {
                return nil
            }
            defer { curl_free(text) }
            return String(cString: text)
        }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST),
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT)
        else { return nil }
        self.scheme = scheme.lowercased()
        self.host = host.lowercased()
        self.port = port
        hasUser = part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil
    }

    var description: String {
        let isUsual = port == (scheme == "https" ? "443" : "80")
        return "\(scheme)://\(host)\(isUsual ? "" : ":\(port)")"
    }
}
