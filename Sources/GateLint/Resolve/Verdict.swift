internal import GateCore

/// How a claim came out against the facts.
struct Verdict {
    enum Kind { case grounded, derivable, contradicted, misattributed, unsupported, unverifiable }

    var kind: Kind
    /// Nil where nothing is wrong.
    var rule: RuleID?
    var severity: Severity = .info
    var evidence = ""
    var message = ""

    static func grounded(_ evidence: String) -> Verdict { Verdict(kind: .grounded, evidence: evidence) }
    static func derivable(_ evidence: String) -> Verdict { Verdict(kind: .derivable, evidence: evidence) }
    static func unverifiable(_ message: String, _ evidence: String = "") -> Verdict {
        Verdict(kind: .unverifiable, evidence: evidence, message: message)
    }
    static func contradicted(_ rule: RuleID, _ evidence: String, _ message: String, _ severity: Severity = .error)
        -> Verdict
    {
        Verdict(kind: .contradicted, rule: rule, severity: severity, evidence: evidence, message: message)
    }
    static func misattributed(_ rule: RuleID, _ evidence: String, _ message: String, _ severity: Severity = .error)
        -> Verdict
    {
        Verdict(kind: .misattributed, rule: rule, severity: severity, evidence: evidence, message: message)
    }
    static func unsupported(_ rule: RuleID, _ evidence: String, _ message: String) -> Verdict {
        Verdict(kind: .unsupported, rule: rule, severity: .warning, evidence: evidence, message: message)
    }
}

/// A claim with its place, what it was bound to and how it came out.
struct JudgedClaim {
    let phrase: Int
    /// In the report's bytes.
    let bytes: Range<Int>
    let verdict: Verdict
    /// What it was bound to and why; empty where nobody asked.
    var binding = ""
}
