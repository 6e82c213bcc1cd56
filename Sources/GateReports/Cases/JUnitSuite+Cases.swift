import GateCore
import GateVerdict

extension JUnitReport {
    /// The report of cases: one suite, a class for each case, in it a test case for each metric that gates.
    public func render(_ cases: JudgedCases) throws -> String { try render([JUnitSuite(cases)]) }
}

extension JUnitSuite {
    init(_ judged: JudgedCases) {
        let overall = judged.overall.caseWord
        let source = judged.source
        self.init(
            workload: JudgedCases.workload, machineClass: source, startedAt: judged.startedAt, hostname: nil, file: nil,
            properties: [
                ("chimera.schema", "1"), ("chimera.version", judged.toolVersion), ("chimera.source", source),
                ("chimera.verdict", overall), ("chimera.exit-code", "\(judged.exitCode)"),
                ("chimera.cases", "\(judged.count)"), ("chimera.started-at", judged.startedAt.description),
            ], cases: [JUnitCase(completed: judged)],
            output: ["verdict: \(overall) (exit code \(judged.exitCode))", judged.headline])
        let kept = judged.kept
        cases += kept.flatMap(JUnitCase.cases(of:))
        makeUnique()
        if judged.inconclusive == .fail {
            for index in cases.indices { cases[index].result = cases[index].result.strict }
        }
        if kept.count < judged.count { output.append("of \(judged.count - kept.count) cases only the count is kept") }
    }

    /// Ids of cases and names of metrics are others', and may differ in what no name here has.
    private mutating func makeUnique() {
        var seen: Set<String> = []
        for index in cases.indices {
            let (name, className) = (cases[index].name, className(cases[index].stage))
            var number = 1
            while !seen.insert("\(className)/\(cases[index].name)").inserted {
                number += 1
                cases[index].name = "\(name)-\(number)"
            }
        }
    }
}

extension JUnitCase {
    /// The first case: whether all of them could be judged.
    fileprivate init(completed judged: JudgedCases) {
        self.init(
            stage: .run, name: "completed", result: .passed,
            properties: [
                ("unit", "s"), ("observed", DisplayFormat.fixed(judged.seconds, decimals: 3)), ("n", "\(judged.count)"),
            ], seconds: judged.seconds)
        if let stop = judged.stop {
            let text = [stop.message, stop.remedy, judged.headline].filter { !$0.isEmpty }.joined(separator: "\n")
            result = .errored(type: "InfrastructureError", message: stop.message, text: text)
        }
    }

    /// Of a case without a metric that gates one test case says why nothing was judged.
    fileprivate static func cases(of judged: JudgedCases.Judged) -> [JUnitCase] {
        let stage = StageName(rawValue: judged.id)
        let verdict = judged.verdict
        let metrics = verdict.metrics.filter { $0.finding.outcome.isJudged }
        guard metrics.isEmpty else { return metrics.map { JUnitCase(stage, $0.name, $0.finding) } }
        let outcome: Outcome = verdict.overall == .inconclusive ? .inconclusive : .invalid
        return [JUnitCase(stage, "verdict", MetricFinding(outcome, reason: verdict.reason))]
    }

    private init(_ stage: StageName, _ metric: String, _ finding: MetricFinding) {
        let percent = { (ratio: Double?) in ratio.map { DisplayFormat.fixed($0 * 100, decimals: 1) } ?? "" }
        let hasInterval = finding.lower != nil && finding.upper != nil
        self.init(
            stage: stage, name: JUnitText.id(metric), result: .passed,
            properties: [
                ("verdict", finding.outcome.rawValue), ("worse_pct", percent(finding.estimate)),
                ("worse_ci_pct", hasInterval ? "\(percent(finding.lower)) to \(percent(finding.upper))" : ""),
                ("p", finding.p.map(JUnitText.probability) ?? ""), ("detectable_pct", percent(finding.mde)),
            ])
        let text = [finding.reason, finding.remedy].filter { !$0.isEmpty }.joined(separator: "\n")
        result = JUnitCase.result(of: finding.outcome, message: finding.reason, text: text)
    }
}
