/// The address that Ollama's own client takes from OLLAMA_HOST (its `envconfig.Host`).
package enum OllamaHost {
    package static let usualURL = "http://127.0.0.1:11434"

    /// The server's address for a value of OLLAMA_HOST: `host`, `host:port`, `:port`, `[v6]:port`, or any of them after
    /// `http://` or `https://`. Without a port it is 11434, after `http://` 80, after `https://` 443. An address that
    /// only a listener can use becomes this machine's.
    ///
    /// - Parameter value: nil or blank for the usual address.
    package static func url(_ value: String?) throws(Refusal) -> String {
        let unquoted = (value ?? "").drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        let text = String(unquoted.reversed().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }.reversed())
        guard !text.isEmpty else { return usualURL }

        var (scheme, rest, usualPort) = ("http", text, 11434)
        if text == "ollama.com" {
            (scheme, usualPort) = ("https", 443)
        } else if let separator = text.firstRange(of: "://") {
            scheme = text[..<separator.lowerBound].lowercased()
            rest = String(text[separator.upperBound...])
            guard scheme == "http" || scheme == "https" else {
                throw Refusal("not an address; write http://host:port, https://host:port or host:port")
            }
            usualPort = scheme == "http" ? 80 : 443
        }
        let authority = rest.prefix { $0 != "/" }
        let (host, port) = hostAndPort(authority)
        return try ServerURL.normalized(
            "\(scheme)://\(reachable(host)):\(port ?? "\(usualPort)")\(rest.dropFirst(authority.count))")
    }

    private static func hostAndPort(_ authority: Substring) -> (host: Substring, port: Substring?) {
        let isBareV6 = !authority.hasPrefix("[") && authority.count { $0 == ":" } > 1
        guard !isBareV6, let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
            return (isBareV6 ? "[\(authority)]" : authority, nil)
        }
        let port = authority[authority.index(after: colon)...]
        return (authority[..<colon], port.isEmpty ? nil : port)
    }

    private static func reachable(_ host: Substring) -> Substring {
        switch host {
        case "", "0.0.0.0": "127.0.0.1"
        case "[::]": "[::1]"
        default: host
        }
    }
}
