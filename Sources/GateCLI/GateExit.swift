/// The exit statuses, split by what a pipeline should do about them.
enum GateExit: Int32 {
    /// Pass, improved, or warnings only.
    case pass = 0
    /// A performance regression or a budget that was exceeded: block.
    case regression = 1
    /// Reports got worse or have errors that are not allowed: block.
    case qualityRegression = 3
    /// Not decided, under the policy `inconclusive: fail`.
    case inconclusive = 5
    /// The baseline is missing or cannot be used: approve one.
    case baselineMissing = 6
    case usage = 64
    case malformedData = 65
    /// No server answered, or nothing valid was measured: retry.
    case unavailable = 69
    /// A fault of chimera-gate itself.
    case bug = 70
    case cannotCreate = 73
    case inputOutput = 74
    case noPermission = 77
    case configuration = 78
}
