internal import GateCore
internal import GateJSON
internal import GateReports
internal import GateVerdict

/// A verdict as one line of JSON: `judge-verdict.schema.json`.
enum VerdictLine {
    static func append(_ verdict: CaseVerdict, id: JSONValue, to bytes: inout [UInt8]) {
        let metrics = verdict.metrics.map { (key: $0.name, value: value(of: $0.finding)) }
        JSONValue.object([
            (key: "id", value: id), (key: "verdict", value: JSONValue(verdict.overall.caseWord)),
            (key: "evidence", value: JSONValue(verdict.evidence.rawValue)),
            (key: "runs_used", value: JSONValue(verdict.runsUsed)),
            (key: "pairs_used", value: JSONValue(verdict.pairsUsed)), (key: "metrics", value: .object(metrics)),
            (key: "reason", value: JSONValue(verdict.reason)), (key: "schema", value: "judge-verdict"),
            (key: "version", value: 1),
        ]).append(to: &bytes)
        bytes.append(0x0A)
    }

    /// A case's id as people read it.
    static func name(of id: JSONValue) -> String { id.string ?? id.text }

    /// For people: the case, then each metric in a line of its own.
    static func appendText(_ verdict: CaseVerdict, id: JSONValue, to bytes: inout [UInt8]) {
        var lines = ["case \(name(of: id)): \(verdict.overall.caseWord)"]
        if verdict.metrics.isEmpty { lines[0] += ": \(verdict.reason)" }
        for (name, finding) in verdict.metrics {
            lines.append("  \(name): \(finding.outcome.rawValue.replacing("_", with: " ")): \(finding.sentences)")
        }
        bytes += ConsoleText.harmless(lines.joined(separator: "\n")).utf8
        bytes.append(0x0A)
    }
    private static func value(of finding: MetricFinding) -> JSONValue {
        func number(_ value: Double?) -> JSONValue { value.map { JSONValue($0) } ?? .null }
        return .object([
            (key: "verdict", value: JSONValue(finding.outcome.judgedWord)),
            (key: "estimate", value: number(finding.estimate)), (key: "lower", value: number(finding.lower)),
            (key: "upper", value: number(finding.upper)), (key: "p", value: number(finding.p)),
            (key: "mde", value: number(finding.mde)),
            (key: "reason", value: JSONValue(finding.sentences)),
        ])
    }
}

extension Outcome {
    /// In the words of a case: what blocks is a regression, what does not passes, and the reason
    /// says the rest.
    fileprivate var judgedWord: String {
        switch self {
        case .budgetExceeded, .missing: Outcome.regression.rawValue
        case .lengthChanged, .approved: Outcome.pass.rawValue
        default: rawValue
        }
    }
}
