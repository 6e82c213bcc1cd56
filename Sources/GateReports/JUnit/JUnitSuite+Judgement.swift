import GateCore
import GateVerdict

extension JUnitSuite {
    /// The suite of a judged session.
    init(_ input: ReportInput) {
        let (session, judgement) = (input.session, input.judgement)
        self.init(
            workload: session.workloadName.rawValue, machineClass: session.machineClass,
            startedAt: session.startedAt, hostname: session.environment.hostname, file: judgement.baseline?.file,
            properties: JUnitSuite.properties(of: input), cases: [JUnitCase(completed: input)], output: [])
        cases += judgement.verdicts.filter { $0.outcome.isJudged || $0.isNewlyFailing }.map {
            JUnitCase(verdict: $0, evidence: judgement.evidence, causes: judgement.causes ?? [])
        }
        // What fails the job must not be green in its report.
        if judgement.policy?.inconclusive == .fail {
            for index in cases.indices { cases[index].result = cases[index].result.strict }
        }
        // Metrics of reports that cannot be decided change no status.
        if let quality = judgement.quality, !quality.reports.isEmpty { cases += JUnitCase.cases(of: quality) }
        if let summary = input.summaryFile { output.append("summary: \(summary)") }
        output.append("verdict: \(judgement.overall.rawValue) (exit code \(judgement.exitCode))")
        output.append(Conclusion(judgement).headline)
        let conclusion = Conclusion(judgement)
        output += [conclusion.unseen, conclusion.asked, conclusion.armDifferences].compactMap(\.self)
        output += judgement.warnings.map { "warning: \($0.message). \($0.remedy)" }
    }

    private static func properties(of input: ReportInput) -> [(name: String, value: String)] {
        let (session, judgement) = (input.session, input.judgement)
        let all: [(String, String?)] = [
            ("schema", "1"), ("version", session.toolVersion), ("workload", session.workloadName.rawValue),
            ("machine-class", session.machineClass), ("verdict", judgement.overall.rawValue),
            ("exit-code", "\(judgement.exitCode)"), ("baseline.id", judgement.baseline?.id),
            ("baseline.file", judgement.baseline?.file), ("evidence", judgement.evidence.rawValue),
            ("baseline.sessions", judgement.baselineSessions > 0 ? "\(judgement.baselineSessions)" : nil),
            ("alpha", judgement.policy.map { "\($0.alpha)" }), ("baseline.commit", judgement.baseline?.approval.commit),
            ("baseline.approved-by", judgement.baseline?.approval.approvedBy),
            ("baseline.approved-at", judgement.baseline?.approval.approvedAt.description),
            ("commit", session.environment.commit), ("ref", session.environment.ref),
            ("pipeline", session.environment.pipeline?.words),
            (session.origin.server == nil ? "tool" : "server", session.origin.words.value),
            ("model", session.model.name.isEmpty ? nil : session.model.name),
            ("model.digest", session.model.digest), ("session", session.id),
            ("started-at", session.startedAt.description), ("report", input.summaryFile),
        ]
        return all.compactMap { name, value in value.map { (name: "chimera.\(name)", value: $0) } }
    }
}

extension JUnitCase {
    /// The first case: whether anything could be judged at all.
    init(completed input: ReportInput) {
        let judgement = input.judgement
        let calls = input.session.callCounts()
        self.init(
            stage: .run, name: "completed", result: .passed,
            properties: [
                ("unit", "s"), ("observed", DisplayFormat.fixed(input.seconds, decimals: 3)),
                ("n", "\(input.session.measuredRuns.count)"), ("calls", "\(calls.all)"),
                ("invalid_calls", "\(calls.invalid)"),
            ], seconds: input.seconds)
        if let worst = judgement.failures.first {
            let text = judgement.failures.map { "\($0.message)\n\($0.remedy)" }.joined(separator: "\n\n")
            result = .errored(type: worst.kind.junitType, message: worst.message, text: text)
        } else if judgement.overall == .inconclusive,
            !judgement.verdicts.contains(where: { $0.outcome == .inconclusive })
        {
            let headline = Conclusion(judgement).headline
            result = .skipped(message: headline, text: headline)
        }
    }

    /// A case for one demand on one metric.
    ///
    /// - Parameters:
    ///   - evidence: what all verdicts rest on.
    ///   - causes: of what took longer, in all stages.
    init(verdict: Verdict, evidence: Evidence, causes: [TimeCause]) {
        let number = { (summary: SampleSummary?) in
            summary.map { DisplayFormat.number($0.median, unit: verdict.unit) } ?? ""
        }
        let count = { (summary: SampleSummary?) in summary.map { "\($0.count)" } ?? "" }
        let percent = { (ratio: Double?) in ratio.map { DisplayFormat.fixed($0 * 100, decimals: 1) } ?? "" }
        let interval = { (worsening: Worsening?) in
            guard let worsening, worsening.lower != nil, worsening.upper != nil else { return "" }
            return "\(percent(worsening.lower)) to \(percent(worsening.upper))"
        }
        self.init(
            stage: verdict.check.stage, name: JUnitText.id(verdict.name), result: .passed,
            properties: [
                ("verdict", verdict.outcome.rawValue), ("unit", DisplayFormat.unit(verdict.unit)),
                ("direction", verdict.direction.rawValue), ("baseline", number(verdict.baseline)),
                ("observed", number(verdict.observed)),
                ("delta_pct", verdict.judgedChange.map { DisplayFormat.change($0).replacing("%", with: "") } ?? ""),
                (verdict.demand.rawValue, verdict.demanded), ("worse_pct", percent(verdict.worsening?.estimate)),
                ("worse_ci_pct", interval(verdict.worsening)),
                ("p", verdict.worsening?.p.map(JUnitText.probability) ?? ""),
                ("detectable_pct", percent(verdict.worsening?.detectable)), ("unseen", verdict.unseen ?? ""),
                ("n_base", count(verdict.baseline)),
                ("n", count(verdict.observed)),
                ("newly_failing", verdict.isNewlyFailing ? verdict.explanation : ""),
                ("approved", verdict.outcome == .approved ? verdict.explanation : ""),
            ])
        let times = causes.filter { $0.stage == verdict.check.stage }.map { "=> \($0.words)" }
        let text = ([verdict.explanation] + times + [verdict.remedy]).filter { !$0.isEmpty }.joined(separator: "\n")
        let isAcceptable = verdict.outcome == .regression || verdict.outcome == .missing
        result = JUnitCase.result(
            of: verdict.outcome, message: verdict.explanation,
            text: isAcceptable ? "\(text)\n\(Conclusion.acceptance(of: evidence))" : text)
    }

    /// How a test tab shows an outcome.
    static func result(of outcome: Outcome, message: String, text: String) -> Result {
        switch outcome {
        case .pass, .improvement, .lengthChanged, .approved, .new, .informational: .passed
        case .regression, .missing: .failed(type: "PerfRegression", message: message, text: text)
        case .budgetExceeded: .failed(type: "BudgetExceeded", message: message, text: text)
        case .inconclusive: .skipped(message: "not decided: \(message)", text: "not decided: \(text)")
        case .invalid: .errored(type: "InfrastructureError", message: message, text: text)
        }
    }
}

extension JudgementFailure.Kind {
    fileprivate var junitType: String {
        switch self {
        case .nothingMeasured: "NothingMeasured"
        case .misconfigured: "Misconfigured"
        case .commandFailed: "CommandFailed"
        case .machineBusy: "InfrastructureError"
        case .baselineMissing: "BaselineMissing"
        case .baselineIncomparable: "BaselineIncomparable"
        case .baselineInvalid: "BaselineInvalid"
        case .baselineUntrusted: "BaselineUntrusted"
        case .baselineExpired: "BaselineExpired"
        case .couldNotRun, .interrupted: "InfrastructureError"
        }
    }
}
