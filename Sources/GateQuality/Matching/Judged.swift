import GateCore

/// What became of a claim.
struct Judged {
    enum Verdict { case grounded, derivable, contradicted, misattributed, unsupported, unverifiable }

    let verdict: Verdict
    var rule = RuleID.G01
    var severity = Severity.info
    /// The fact or the computation.
    var evidence = ""
    var message = ""
    /// Whether it is the unit that is wrong.
    var isUnit = false

    static func grounded(_ evidence: String) -> Judged { Judged(verdict: .grounded, evidence: evidence) }
    static func derivable(_ formula: String) -> Judged { Judged(verdict: .derivable, evidence: formula) }

    static func contradicted(_ rule: RuleID, _ evidence: String, _ message: String) -> Judged {
        Judged(verdict: .contradicted, rule: rule, severity: .error, evidence: evidence, message: message)
    }

    static func misattributed(_ evidence: String, _ message: String) -> Judged {
        Judged(verdict: .misattributed, rule: .G04, severity: .warning, evidence: evidence, message: message)
    }

    static func unsupported(_ message: String, _ rule: RuleID = .G01, evidence: String = "") -> Judged {
        Judged(verdict: .unsupported, rule: rule, severity: .warning, evidence: evidence, message: message)
    }
}

/// A number for people, with six significant digits at most.
func shown(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(clamping: value)) }
    var decimals = 0
    while decimals < 12, abs(value) * powerOfTen(decimals) < 100_000 { decimals += 1 }
    let power = powerOfTen(decimals)
    let scaled = (value * power).rounded() / power
    return scaled == scaled.rounded() && abs(scaled) < 1e15 ? String(Int64(clamping: scaled)) : "\(scaled)"
}
