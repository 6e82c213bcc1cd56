/// A verdict and its explanation: `explain --format json`.
struct ExplanationDocument<Verdict: Encodable>: Encodable {
    /// One of several workloads.
    struct Workload: Encodable {
        /// The workload's name.
        let name: String
        /// The explanation of its verdict, for people.
        let lines: [String]

        init(_ name: String, text: String) {
            self.name = name
            lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }

    let schema = "explanation"
    let version = 1
    /// The verdict as it stands in verdict.json; its schema is `verdict`.
    let verdict: Verdict
    /// The explanation, for people; of several workloads what they come to.
    let lines: [String]
    /// Of a verdict of several workloads each of them.
    let workloads: [Workload]?

    init(_ verdict: Verdict, text: String, workloads: [Workload]? = nil) {
        self.verdict = verdict
        lines = Workload("", text: text).lines
        self.workloads = workloads
    }
}
