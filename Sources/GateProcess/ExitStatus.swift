/// How a process ended.
public enum ExitStatus: Sendable, Equatable, CustomStringConvertible {
    /// It ended by itself with this status, 0...255.
    case exited(Int32)
    /// A signal of this number ended it.
    case signalled(Int32)
    /// It ended, and somebody else was told how.
    case unknown

    public var isSuccess: Bool { self == .exited(0) }

    public var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .signalled(let signal): "signal \(signal)"
        case .unknown: "a status that is not known"
        }
    }
}
