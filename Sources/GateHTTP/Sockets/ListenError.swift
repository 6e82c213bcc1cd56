/// Why nothing can be listened on.
public enum ListenError: Error, Sendable, Equatable, CustomStringConvertible {
    case impossiblePort(Int)
    case unknownHost(String, reason: String)
    case cannotListen(host: String, port: Int, reason: String)
    case cannotListenOnSocket(path: String, reason: String)

    public var description: String {
        switch self {
        case .impossiblePort(let port): "port cannot be \(port); it must be 0 to 65535"
        case .unknownHost(let host, let reason):
            "the host '\(host)' to listen on is not known (\(reason)); use an address of this machine, like 127.0.0.1"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host) port \(port) (\(reason)); use another port, or 0 for a free one"
        case .cannotListenOnSocket(let path, let reason):
            "cannot listen on the unix socket '\(path)' (\(reason)); use another path"
        }
    }
}
