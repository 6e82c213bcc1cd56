package import GateHTTP
package import GateStream

/// Why a measuring proxy could not begin.
package enum ProxyError: Error, Sendable, Equatable, CustomStringConvertible {
    case cannotListen(ListenError)
    case noClient(StreamSetupError)
    case noThread(reason: String)

    package var description: String {
        switch self {
        case .cannotListen(let error): error.description
        case .noClient(let error): error.description
        case .noThread(let reason):
            "the system gives no thread for the measuring proxy (\(reason)); end other programs and try again"
        }
    }
}
