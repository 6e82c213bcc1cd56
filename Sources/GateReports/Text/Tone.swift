import GateCore
import GateVerdict

/// How a verdict's word is coloured, which says the same.
enum Tone {
    case good, bad, open, plain

    /// On a terminal; nil for its own colour.
    var colour: ConsoleText.Colour? {
        switch self {
        case .good: .green
        case .bad: .red
        case .open: .yellow
        case .plain: nil
        }
    }
}

extension Outcome {
    var tone: Tone {
        switch self {
        case .pass, .improvement: .good
        case .regression, .budgetExceeded, .missing, .invalid: .bad
        case .inconclusive, .lengthChanged, .approved: .open
        case .new, .informational: .plain
        }
    }
}

extension OverallVerdict {
    var tone: Tone {
        switch self {
        case .pass, .improvement: .good
        case .inconclusive, .machineBusy, .baselineMissing, .baselineIncomparable, .baselineExpired: .open
        case .regression, .qualityRegression, .infrastructureError, .baselineInvalid, .baselineUntrusted: .bad
        }
    }
}
