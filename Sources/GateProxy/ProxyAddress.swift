/// Where a measuring proxy listens.
package enum ProxyAddress: Sendable, Equatable {
    /// On 127.0.0.1. Asked for, port 0 is one that the system chooses.
    case loopback(port: Int)
    /// The path of a unix socket.
    case unixSocket(String)

    /// Where it is asked to listen.
    package typealias Request = ProxyAddress

    /// What clients are given; nil for a unix socket, which no URL names.
    package var url: String? {
        switch self {
        case .loopback(let port): "http://127.0.0.1:\(port)"
        case .unixSocket: nil
        }
    }
}

extension ProxyAddress: CustomStringConvertible {
    /// As the command line takes it: `127.0.0.1:11500`, `unix:/run/gate.sock`.
    package var description: String {
        switch self {
        case .loopback(let port): "127.0.0.1:\(port)"
        case .unixSocket(let path): "unix:\(path)"
        }
    }

    /// Reads what ``description`` writes, a port alone, or `localhost:PORT`; nil for anything else: other addresses are
    /// not listened on, because whoever reaches the proxy uses the server with the token that is configured.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst(5)
            guard !path.isEmpty else { return nil }
            self = .unixSocket(String(path))
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 1 || (parts.count == 2 && ["127.0.0.1", "localhost"].contains(parts[0])),
            let digits = parts.last, let port = Int(digits), (0...65535).contains(port)
        else { return nil }
        self = .loopback(port: port)
    }
}
