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
    var ground = Ground.numbers
    /// The value of the data that the claim was held against; nil where there were several.
    var entry: Int?

    /// What an error rests on.
    enum Ground {
        /// On other numbers of the report, or on an order of the data.
        case numbers
        /// On what the words around the number name, which may be something that was not read.
        case words
        /// On words, and the number is another row's of just this column.
        case misplaced
        /// On none of an owner's values being the number, whichever of them is meant.
        case exclusion
    }

    /// The same, resting on something else.
    func resting(on ground: Ground) -> Verdict {
        var verdict = self
        verdict.ground = ground
        return verdict
    }

    /// The same, held against one value.
    func against(_ entry: Int?) -> Verdict {
        var verdict = self
        verdict.entry = entry
        return verdict
    }

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
    var verdict: Verdict
    /// Nil where it is no number.
    var figure: Figure?
    /// What it was bound to and why; empty where nobody asked.
    var binding = ""
}
