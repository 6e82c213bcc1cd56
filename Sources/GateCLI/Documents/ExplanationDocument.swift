/// `explain --format json`: a verdict, and the explanation of it as lines for people.
struct ExplanationDocument<Verdict: Encodable>: Encodable {
    struct Workload: Encodable {
        let name: String
        let lines: [String]

        init(_ name: String, text: String) {
            self.name = name
            lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }

    let schema = "explanation"
    let version = 1
    let verdict: Verdict
    let lines: [String]
    /// Of a verdict of several workloads each of them.
    let workloads: [Workload]?

    init(_ verdict: Verdict, text: String, workloads: [Workload]? = nil) {
        self.verdict = verdict
        lines = Workload("", text: text).lines
        self.workloads = workloads
    }
}
