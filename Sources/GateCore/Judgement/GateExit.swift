/// The exit statuses, split by what a pipeline should do about them.
public enum GateExit: Int32, Sendable {
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
    /// Others used the machine, under the policy `machine_busy: fail`: retry.
    case machineBusy = 75
    case noPermission = 77
    case configuration = 78
}

extension OverallVerdict {
    /// The status that a verdict ends with.
    public func exit(inconclusive: InconclusivePolicy) -> GateExit {
        switch self {
        case .pass, .improvement: .pass
        case .regression: .regression
        case .qualityRegression: .qualityRegression
        case .inconclusive: inconclusive == .fail ? .inconclusive : .pass
        case .baselineMissing, .baselineIncomparable, .baselineInvalid: .baselineMissing
        case .machineBusy: .machineBusy
        case .infrastructureError: .unavailable
        }
    }
}

extension CaseVerdict.Overall {
    /// The worst first, as for sessions.
    static let precedence: [CaseVerdict.Overall] = [.regression, .invalid, .inconclusive, .improvement, .pass]

    /// The status of many cases: that of the worst.
    public static func exit(_ verdicts: Set<CaseVerdict.Overall>, inconclusive: InconclusivePolicy) -> GateExit {
        switch precedence.first(where: verdicts.contains) {
        case .regression: .regression
        case .invalid: .unavailable
        case .inconclusive: inconclusive == .fail ? .inconclusive : .pass
        case .improvement, .pass, nil: .pass
        }
    }
}
