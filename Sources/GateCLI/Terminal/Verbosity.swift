import Synchronization

/// How much a call tells besides its results and errors.
enum Verbosity: Sendable {
    case quiet
    case usual
    case verbose

    private static let chosen = Mutex(Verbosity.usual)

    /// Of this call.
    static var current: Verbosity { chosen.withLock { $0 } }

    static func choose(_ verbosity: Verbosity) { chosen.withLock { $0 = verbosity } }
}
