import GateVerdict

/// `explain --format json`: the verdict, and the explanation of it as lines for people.
struct ExplanationDocument: Encodable {
    let schema = "explanation"
    let version = 1
    let verdict: Judgement
    let lines: [String]

    init(_ judgement: Judgement, text: String) {
        verdict = judgement
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
