/// The defects that language models put into reports, each with the rule that finds it.
public enum RuleID: String, Codable, Sendable, CaseIterable, Hashable {
    /// A required section is missing.
    case S01
    /// A section that is empty or says of itself that it is.
    case S02
    /// A placeholder that nobody filled in: `[Your Name]`.
    case S03
    /// A section or the whole document a second time.
    case S04
    /// The text ends in the middle of a sentence.
    case S05
    /// The assistant speaks to its user: "Okay, here's the report".
    case S06
    /// Emphasis that opens and never closes.
    case S08
    /// Leaked tokens of the model or runs of another script.
    case S09
    /// One line three times or more, or a paragraph twice.
    case S11

    /// A number without support in the facts.
    case G01
    /// A number or share of files that contradicts the ingest.
    case G02
    /// A size that contradicts the facts.
    case G03
    /// A real value on the wrong metric, entity or aggregate, or a wrong value for a named metric.
    case G04
    /// A unit or dimension that the metric does not have.
    case G05
    /// The report's date is not the date of the run.
    case G06
    /// A date or range of the data that the data does not have.
    case G07
    /// Invented spreads: standard deviations and ranges of metrics without any.
    case G08

    /// One metric with two values.
    case I01
    /// Arithmetic that does not add up.
    case I02
    /// A superlative, majority or equality that the numbers refute.
    case I03

    /// A file that does not exist.
    case E01
    /// A model, backend or percentile that the data does not name.
    case E02
    /// Data that the report itself declares invented.
    case E03
    /// The report denies data that it was given.
    case E04

    /// What it finds, in a few words.
    public var title: String {
        switch self {
        case .S01: "missing section"
        case .S02: "empty section"
        case .S03: "placeholder"
        case .S04: "repeated section"
        case .S05: "truncated"
        case .S06: "chatter"
        case .S08: "broken Markdown"
        case .S09: "token or script drift"
        case .S11: "repetition"
        case .G01: "unsupported number"
        case .G02: "wrong file count or share"
        case .G03: "wrong size"
        case .G04: "value of something else"
        case .G05: "wrong unit"
        case .G06: "wrong report date"
        case .G07: "wrong date of the data"
        case .G08: "invented statistic"
        case .I01: "two values"
        case .I02: "wrong arithmetic"
        case .I03: "wrong comparison"
        case .E01: "invented file"
        case .E02: "invented entity"
        case .E03: "self-declared fiction"
        case .E04: "denial of data"
        }
    }

    public var family: RuleFamily {
        switch rawValue.first {
        case "S": .structure
        case "G": .grounding
        case "I": .consistency
        default: .entities
        }
    }
}

/// Rules of one kind, by the letter of their ids.
public enum RuleFamily: String, Codable, Sendable, CaseIterable {
    /// The report's form, whatever it says.
    case structure
    /// What it says against the facts.
    case grounding
    /// What it says against itself.
    case consistency
    /// The files, models and metrics that it names.
    case entities
}

/// How much a finding weighs.
public enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
    /// Worth knowing; never counted.
    case info
    /// Counted and compared with the baseline.
    case warning
    /// Fails beyond the baseline's allowance.
    case error

    public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}
