public import GateHTTP

/// Why nothing can be replayed.
public enum ReplayError: Error, Sendable, Equatable, CustomStringConvertible {
    case noRecordings
    case unusableRecording(id: String, reason: String)
    case impossibleOption(String, String, allowed: String)
    case unknownFault(String)
    case alreadyRunning
    case cannotListen(ListenError)
    case noThread(reason: String)

    public var description: String {
        switch self {
        case .noRecordings:
            "there are no recorded responses to replay; record some with 'chimera-gate run' or 'record' first"
        case .unusableRecording(let id, let reason):
            "the recorded response '\(id)' cannot be replayed: \(reason); record it again with 'chimera-gate run'"
        case .impossibleOption(let name, let value, let allowed):
            "\(name) cannot be \(value); it must be \(allowed)"
        case .unknownFault(let text):
            "'\(text)' is no fault that can be replayed; one of \(ReplayFault.forms.joined(separator: ", "))"
        case .alreadyRunning: "this replay server is running already; stop it before it is started again"
        case .cannotListen(let error): error.description
        case .noThread(let reason):
            "the system gives no thread for the replay server (\(reason)); end other programs and try again"
        }
    }
}
