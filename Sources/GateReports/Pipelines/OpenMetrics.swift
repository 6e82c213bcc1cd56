import GateCore
import GateVerdict

/// What was measured as OpenMetrics 1.0 text, which GitLab shows in a merge request beside the figures of its target
/// branch. Names and labels have letters, digits and `_.-` alone, whatever they are called elsewhere: some readers part
/// lines at blanks.
struct OpenMetrics {
    /// Families in the order in which they were first met; the samples of one stand together, as the format wants it.
    private var families: [(name: String, head: [String], samples: [String])] = []

    private mutating func add(_ name: String, unit: String, help: String?, labels: [(String, String)], _ value: Double)
    {
        guard value.isFinite else { return }
        let list = labels.map { "\($0)=\"\(JUnitText.id($1))\"" }.joined(separator: ",")
        let series = "\(name){\(list)} "
        let index = families.firstIndex { $0.name == name } ?? families.endIndex
        if index == families.endIndex {
            var head = ["# TYPE \(name) gauge"]
            if !unit.isEmpty { head.append("# UNIT \(name) \(unit)") }
            if let help { head.append("# HELP \(name) \(OpenMetrics.escaped(help))") }
            families.append((name, head, []))
        }
        // Once, also of names that differ in what a label cannot hold.
        guard !families[index].samples.contains(where: { $0.hasPrefix(series) }) else { return }
        families[index].samples.append(series + "\(value)")
    }

    /// Ends with the line that says that it is whole.
    var text: String {
        (families.flatMap { $0.head + $0.samples } + ["# EOF", ""]).joined(separator: "\n")
    }

    private static func escaped(_ help: String) -> String {
        VisibleText.line(help, limit: 1_000).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}

extension OpenMetrics {
    init(_ input: ReportInput) { add(input, workload: input.session.workloadName.rawValue) }

    init(_ attempt: FailedAttempt) { add(attempt, workload: attempt.workloadName) }

    init(_ cases: JudgedCases) {
        let labels = [("workload", JudgedCases.workload), ("machine_class", cases.source)]
        add(exitCode: cases.exitCode, labels)
        for verdict in [OverallVerdict.regression, .infrastructureError, .inconclusive, .improvement, .pass] {
            add(
                "chimera_gate_cases", unit: "", help: "Cases of this verdict.",
                labels: labels + [("verdict", verdict.caseWord)], Double(cases.counts[verdict] ?? 0))
        }
    }

    /// Of several workloads, told apart by their names.
    init(_ joint: JointInput) {
        for report in joint.reports {
            switch report.content {
            case .judged(let input): add(input, workload: report.part.name)
            case .notMeasured(let attempt): add(attempt, workload: report.part.name)
            }
        }
    }

    private mutating func add(_ input: ReportInput, workload: String) {
        let judgement = input.judgement
        let labels = [("workload", workload), ("machine_class", judgement.machineClass)]
        add(exitCode: judgement.exitCode, labels)
        // Also what nothing was judged of.
        let samples = input.session.samples().values.compactMap { sample in
            SampleSummary(sample.values).map { (sample.check, sample.unit, $0.median) }
        }
        let judged = judgement.verdicts.compactMap { verdict in
            verdict.observed.map { (verdict.check, verdict.unit, $0.median) }
        }
        for (check, unit, median) in (judged + samples).sorted(by: { $0.0 < $1.0 }) {
            add(
                metric: check.metric, unit: unit,
                labels + [("stage", check.stage.rawValue), ("figure", check.metricName)], median)
        }
        for verdict in judgement.quality?.metrics ?? [] {
            guard let observed = verdict.observed else { continue }
            add(
                metric: verdict.metric, unit: verdict.unit,
                labels + [("stage", "quality"), ("figure", verdict.metric.rawValue)], observed.median)
        }
    }

    private mutating func add(_ attempt: FailedAttempt, workload: String) {
        add(exitCode: attempt.exitCode, [("workload", workload), ("machine_class", attempt.machineClass)])
    }

    private mutating func add(exitCode: Int, _ labels: [(String, String)]) {
        add(
            "chimera_gate_exit_status", unit: "", help: "The status that the check ended with.", labels: labels,
            Double(exitCode))
    }

    private mutating func add(metric: MetricID, unit: MetricUnit, _ labels: [(String, String)], _ value: Double) {
        let suffix = unit.openMetrics
        let name = String(JUnitText.id(metric.rawValue).map { $0 == "." || $0 == "-" ? "_" : $0 })
        let definition = MetricCatalogue.all.first { $0.id == metric }?.definition
        add(
            "chimera_gate_\(name)" + (suffix.isEmpty ? "" : "_\(suffix)"), unit: suffix, help: definition,
            labels: labels,
            value)
    }
}

extension MetricUnit {
    /// The base unit's name at the end of a metric's; empty for what has none.
    fileprivate var openMetrics: String {
        switch self {
        case .seconds: "seconds"
        case .tokensPerSecond: "tokens_per_second"
        case .requestsPerSecond: "requests_per_second"
        case .perSecond: "per_second"
        case .ratio: "ratio"
        case .bytes: "bytes"
        case .count, .cost: ""
        }
    }
}
