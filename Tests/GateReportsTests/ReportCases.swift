import GateCore
import GateReports
import GateVerdict
import TestSupport

/// Judgements as the judge makes them, one for every way that a check can end.
enum ReportCases {
    static let reference = BaselineReference(
        id: "sha256:6c1f", file: "Baselines/analysis/ci-small.json", approval: Fixtures.approval)

    static func input(
        _ session: Session, baseline: Baseline? = Fixtures.baseline(), policy: Policy = Policy(), seconds: Double? = nil
    ) -> ReportInput {
        let judgement = Judge.judge(
            session: session, against: baseline.map { .baseline($0, reference: reference) } ?? .nothing,
            policy: policy)
        return ReportInput(
            session: session, judgement: judgement, baseline: baseline, seconds: seconds,
            summaryFile: ".chimera-gate/summary.md")
    }

    /// Three runs with the same two calls.
    static func session(
        _ analysis: Exchange = Fixtures.call(.analysis), _ report: Exchange = Fixtures.call(.report),
        warnings: [Warning] = [], model: String = "smollm2:135m", cpuModel: String = "AMD EPYC 7763"
    ) -> Session {
        let runs = (1...3).map { Fixtures.run($0, calls: [analysis, report]) }
        return Fixtures.session(runs: runs, warnings: warnings, model: model, cpuModel: cpuModel)
    }

    static let invalid = ExchangeOutcome.invalid(InvalidCall(.cutStream, "the stream ended before its end marker"))

    static var passed: ReportInput { input(session()) }

    /// Slower to the first token, faster after it, over a budget, without one metric, its cache state in doubt nowhere.
    static var regressed: ReportInput {
        let before = session(Fixtures.call(.analysis, extra: ["eval": 4.9]))
        let now = session(Fixtures.call(.analysis, ttft: 0.522375, throughput: 51), Fixtures.call(.report, ttft: 0.251))
        let policy = Policy(metrics: [
            MetricPolicy(metric: "eval", tolerance: .relative(percent: 10)),
            MetricPolicy(metric: "ttft", stage: .report, budget: Budget(max: 0.25)),
        ])
        return input(now, baseline: Fixtures.baseline(before), policy: policy, seconds: 57.5821)
    }

    /// The baseline was measured with the prompt cache in another state.
    static var inconclusive: ReportInput {
        let cached = Fixtures.session(runs: [
            Fixtures.run(1, calls: [Fixtures.call(.analysis), Fixtures.call(.report)].map(withCacheHit))
        ])
        return input(session(), baseline: Fixtures.baseline(cached))
    }

    static var broken: ReportInput {
        input(session(Fixtures.call(.analysis), Fixtures.call(.report, outcome: invalid)))
    }

    static var nothingMeasured: ReportInput {
        input(session(Fixtures.call(.analysis, outcome: invalid), Fixtures.call(.report, outcome: invalid)))
    }

    static var withoutBaseline: ReportInput { input(session(), baseline: nil) }

    /// Every metric only informs.
    static var nothingDemanded: ReportInput {
        let judgement = passed.judgement
        let informing = Judgement(
            Judgement.Parts(
                verdicts: judgement.verdicts.filter { $0.outcome == .informational }, baseline: judgement.baseline),
            sessionId: judgement.sessionId, workload: .analysis, machineClass: judgement.machineClass)
        return ReportInput(session: session(), judgement: informing, baseline: Fixtures.baseline())
    }

    static var all: [ReportInput] {
        [passed, regressed, inconclusive, broken, nothingMeasured, withoutBaseline, nothingDemanded, hostile]
    }

    static let attacks = [
        "\u{1B}[31mred\u{1B}]0;title\u{7}", "\u{FFFE}\u{FFFF}\u{0}\u{85}\u{9B}31m", "]]>", "<script>alert(1)</script>",
        "[[ATTACHMENT|/home/ci/.ssh/id_ed25519]]", "[[[[PROPERTY|verdict=pass]]", "&lt;&#0;&#xFFFE;&amp;",
        "\r\n\r\u{8}",
        "::error file=a::owned", "##vso[task.complete result=Succeeded]", "##[command]x", "@team #1 GH-1",
        "![x](http://e.example/t.png) [y](javascript:alert(1)) <img onerror=x>", "``` \n````\n# heading | a | b |\n---",
        "\u{202E}gnp.exe\u{2066}", "https://e.example www.e.example", "\u{2028}--- \u{1F600} \u{E9}e\u{301}",
    ]

    /// Everything that a server, a model, a machine or a committer can choose is hostile.
    static var hostile: ReportInput {
        let text = attacks.joined(separator: " ") + String(repeating: "<&\u{1}[[", count: 20_000)
        let call = Fixtures.call(.report, outcome: .invalid(InvalidCall(.serverError, text)))
        var session = session(Fixtures.call(.analysis), call, warnings: [Warning(text, remedy: text)], model: text)
        session.warnings += attacks.map { Warning($0, remedy: $0) }
        var failing = input(session, baseline: Fixtures.baseline(self.session(cpuModel: text)))
        let verdicts =
            failing.judgement.verdicts
            + attacks.enumerated().map { index, attack in
                Verdict(
                    check: CheckID(stage: .report, metric: MetricID(rawValue: "hostile\(index)")), demand: .tolerance,
                    outcome: Outcome.allCases[index % Outcome.allCases.count], unit: .seconds,
                    direction: .lowerIsBetter, baseline: SampleSummary([1]), observed: SampleSummary([2]), change: 1,
                    tolerance: .relative(percent: 10), budget: nil, explanation: attack + text, remedy: attack)
            }
        let judgement = Judgement(
            Judgement.Parts(
                verdicts: verdicts, failures: [JudgementFailure(.nothingMeasured, message: text, remedy: text)],
                warnings: session.warnings,
                baseline: BaselineReference(
                    id: text, file: text,
                    approval: Approval(reason: text, approvedAt: Fixtures.start, approvedBy: text, commit: text))),
            sessionId: text, workload: .analysis, machineClass: "x/../[[y")
        failing = ReportInput(
            session: session, judgement: judgement, baseline: failing.baseline, seconds: .infinity, summaryFile: text)
        return failing
    }

    private static func withCacheHit(_ call: Exchange) -> Exchange {
        Exchange(
            id: call.id, stage: call.stage, attempt: 1, outcome: call.outcome, modelState: .warm, cache: .hit,
            prompt: call.prompt, timing: call.timing, server: call.server, measurements: call.measurements)
    }

    /// So many that regressed, each for three reasons, and one that passed.
    static func many(_ count: Int) -> JointInput {
        let failing = (0..<count).map { ("w\($0)", regressed) }
        let reports = (failing + [("well", passed)]).map { name, input in
            JointInput.Report(
                part: JointJudgement.Part(name: name, folder: "workloads/\(name)", judgement: input.judgement),
                content: .judged(input))
        }
        return JointInput(
            judgement: JointJudgement(reports.map(\.part), declared: reports.map(\.part.name), toolVersion: "0.1.0"),
            reports: reports)
    }

    /// One that regressed, one that passed, one that could not be measured.
    static var joint: JointInput {
        let attempt = FailedAttempt(
            workload: .analysis, name: "down", machineClass: "ci-small", toolVersion: "0.1.0",
            startedAt: Fixtures.start, seconds: 0.412, hostname: "runner-7", exitCode: 69,
            message: "No server answers at http://127.0.0.1:11434", remedy: "Start it.")
        let all: [(String, Judgement, JointInput.Report.Content)] = [
            ("down", attempt.judgement, .notMeasured(attempt)),
            ("nightly", regressed.judgement, .judged(regressed)), ("quick", passed.judgement, .judged(passed)),
        ]
        let reports = all.map { name, judgement, content in
            JointInput.Report(
                part: JointJudgement.Part(name: name, folder: "workloads/\(name)", judgement: judgement),
                content: content)
        }
        return JointInput(
            judgement: JointJudgement(
                reports.map(\.part), declared: reports.map(\.part.name) + ["weekly"],
                warnings: [Warning("the change removes 'x'", remedy: "Review it.")], toolVersion: "0.1.0"),
            reports: reports)
    }
}
