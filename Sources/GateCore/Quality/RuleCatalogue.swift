/// What a rule is about, for people who have never seen the checker.
public struct RuleDescription: Sendable, Equatable {
    public let rule: RuleID
    /// What it finds, in a few words: `missing section`.
    public let title: String
    /// The severities that it gives by itself, the usual one first.
    public let severities: [Severity]
    /// What it compares with what.
    public let definition: String
    /// Words of a report that it finds.
    public let example: String
    /// True where the rule needs the data that the report was written from.
    public let needsFacts: Bool
}

/// Every rule, in the order of the taxonomy.
public enum RuleCatalogue {
    public static let all: [RuleDescription] = structure + grounding + consistency + entities

    public static func description(of rule: RuleID) -> RuleDescription? { all.first { $0.rule == rule } }

    private static let structure: [RuleDescription] = [
        rule(
            .S01, "missing section", [.error],
            "A section that the report must have has no heading, however headings are written and numbered.",
            "a report without \"## Appendix\""),
        rule(
            .S02, "empty section", [.warning], "A section has no content, or says of itself that it has none.",
            "**6. Appendix (Not Included)**"),
        rule(.S03, "placeholder", [.warning], "A place that was to be filled in was left.", "Prepared by: [Your Name]"),
        rule(
            .S04, "repeated section", [.warning], "A section stands in the report twice, or a second document begins.",
            "## Key Findings … ## Key Findings"),
        rule(
            .S05, "truncated", [.error], "The report ends inside a sentence, a table row or a code block.",
            "…to ensure optimal performance and"),
        rule(
            .S06, "chatter", [.warning], "The model speaks to whoever asked instead of writing the report.",
            "Okay, here's a technical report. Would you like me to refine it?"),
        rule(
            .S08, "broken Markdown", [.warning],
            "Emphasis without its end, a heading without its space, rows that are no table.", "** Note: ** #Heading"),
        rule(
            .S09, "token or script drift", [.error],
            "A control token of the model, or words in a script that is not the report's.", "ensureสังคม, <unused99>"),
        rule(
            .S11, "repetition", [.warning, .error],
            "The same line three times or more; an error where the whole text goes round in circles.",
            "End of Document (107 times)"),
    ]

    private static let grounding: [RuleDescription] = [
        grounded(.G01, "unsupported number", [.warning], "Nothing in the data gives the number.", "Accuracy: 85.2 %"),
        grounded(
            .G02, "wrong file count or share", [.error, .warning],
            "A count or share of files is not that of the data; a warning where the data does not count such files.",
            "CSV Files (82), where there are 28"),
        grounded(
            .G03, "wrong size", [.error, .warning],
            "A size is not that of the data; a warning where the data has no size of just that.",
            "44 files of 1.23 MB on average, out of 441,517 bytes"),
        grounded(
            .G04, "value of something else", [.error, .warning],
            "A named metric has another value; a warning where a value of the data is given to another metric, entity or"
                + " statistic.",
            "gemma3 reached 283.56 tok/s, which is gemma3_270m's"),
        grounded(
            .G05, "wrong unit", [.error], "The number is right and its unit is not.", "102.16 ms, where it is tok/s"),
        grounded(
            .G06, "wrong report date", [.error, .warning],
            "The report's date is not that of the run; one day off is a warning.", "Date: October 26, 2023"),
        grounded(
            .G07, "wrong date of the data", [.warning], "A date or range of dates is not that of the data.",
            "data from October 1 to November 30"),
        grounded(
            .G08, "invented statistic", [.warning], "A standard deviation or range that the data does not have.",
            "Standard Deviation: 3.2"),
    ]

    private static let consistency: [RuleDescription] = [
        rule(.I01, "two values", [.error], "The report gives one metric two values.", "TTFT 12 ms … TTFT 15 ms"),
        rule(
            .I02, "wrong arithmetic", [.error, .warning],
            "A sum, share, mean, difference or multiple does not follow from its parts; a warning for a table's last row.",
            "JSON (61 %), Markdown (61 %)"),
        rule(
            .I03, "wrong comparison", [.error],
            "A superlative, a majority, an order or a direction is not what the values say.",
            "the lowest latency, where another is lower"),
    ]

    private static let entities: [RuleDescription] = [
        grounded(.E01, "invented file", [.error], "A file that the data does not have.", "json_001.json"),
        grounded(
            .E02, "invented entity", [.warning], "A model, benchmark or product that the data does not have.", "Model A"
        ),
        grounded(
            .E03, "self-declared fiction", [.warning], "The report says itself that its numbers are made up.",
            "The numbers are fictional"),
        grounded(
            .E04, "denial of data", [.warning], "The report denies data that it was given.",
            "the absence of performance metrics, where there are 60"),
    ]

    private static func rule(
        _ rule: RuleID, _ title: String, _ severities: [Severity], _ definition: String, _ example: String
    ) -> RuleDescription {
        RuleDescription(
            rule: rule, title: title, severities: severities, definition: definition, example: example,
            needsFacts: false)
    }

    private static func grounded(
        _ rule: RuleID, _ title: String, _ severities: [Severity], _ definition: String, _ example: String
    ) -> RuleDescription {
        RuleDescription(
            rule: rule, title: title, severities: severities, definition: definition, example: example, needsFacts: true
        )
    }
}
