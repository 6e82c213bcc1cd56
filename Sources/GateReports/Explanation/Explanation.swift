public import GateCore
public import GateVerdict

/// A judgement in plain words, metric by metric: what was compared, why it ended so, what would change it, where the
/// time went, and by which policy.
public struct Explanation {
    /// Columns where nobody says another number; nothing that has blanks is longer.
    public static let usualWidth = 80

    let judgement: Judgement
    /// Nil where it is not beside the verdict.
    let session: Session?
    let baseline: Baseline?
    private let width: Int

    /// - Parameters:
    ///   - session: the one that was judged.
    ///   - baseline: the one that it was judged against; nil for pairs, and where it is not there any more.
    ///   - width: columns of the terminal.
    public init(judgement: Judgement, session: Session?, baseline: Baseline?, width: Int = usualWidth) {
        self.judgement = judgement
        self.session = session
        self.baseline = baseline
        // Longer lines are hard to read, however wide the terminal is.
        self.width = min(max(width, 40), 100)
    }

    public var text: String {
        var blocks = [summary, arms]
        blocks += judgement.verdicts.filter(\.outcome.isJudged).map(metric)
        blocks += (session?.stageTimes(baseline: baseline) ?? []).map {
            TimesText(times: $0, other: other, width: width).lines
        }
        blocks += [policy, warnings]
        let lines = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
        return ConsoleText.harmless(lines.joined(separator: "\n\n")) + "\n"
    }

    /// The one line that counts, as `check` ends with it.
    public static func headline(of judgement: Judgement) -> String {
        ConsoleText.harmless(Conclusion(judgement).headline)
    }

    /// The same of several workloads.
    public static func headline(of joint: JointJudgement) -> String {
        ConsoleText.harmless(JointConclusion(joint).headline)
    }

    /// What several workloads come to.
    public static func conclusion(of joint: JointJudgement) -> String {
        let conclusion = JointConclusion(joint)
        let sentences = [
            conclusion.headline, "Exit status \(joint.exitCode).", conclusion.basis, conclusion.leftOut,
        ].compactMap(\.self)
        return ConsoleText.harmless(sentences.joined(separator: "\n")) + "\n"
    }

    private var isPaired: Bool { judgement.evidence == .pairs }
    private var other: String { isPaired ? "base" : "baseline" }

    private var summary: [String] {
        let conclusion = Conclusion(judgement)
        var lines = wrapped(conclusion.headline) + wrapped("Exit status \(judgement.exitCode).")
        if let basis = conclusion.basis { lines += wrapped(basis) }
        for failure in judgement.failures { lines += wrapped("\(failure.message). \(failure.remedy)") }
        return lines
    }

    private var arms: [String] {
        guard let session, let base = session.base else { return [] }
        func words(_ name: String, _ revision: ArmRevision, _ server: ServerIdentity?, _ model: ModelIdentity) -> String
        {
            "\(name): \(revision.name.map { "\($0), " } ?? "")\(revision.id.prefix(19)); \(model.name)\(server.map { " at \($0.url)" } ?? "")"
        }
        let corpus =
            base.corpus.sha256 == session.corpus?.sha256
            ? "Both read the same corpus."
            : "The corpus differs: \(base.corpus.words); now \(session.corpus?.words ?? "none")."
        var lines = wrapped(words("base", base.revision, base.server, base.model))
        lines += wrapped(words("head", base.headRevision, session.origin.server, session.model))
        lines += wrapped(corpus)
        if let line = Conclusion(judgement).armDifferences { lines += wrapped(line) }
        lines += wrapped("Order within the pairs: by seed \(base.seed), derived from both revisions.")
        if let flags = base.screenFlags {
            lines += wrapped(
                flags.isEmpty
                    ? "The screen found nothing suspicious, so that no pairs were made."
                    : "The screen asked for pairs: \(flags.joined(separator: "; ")).")
        }
        return lines
    }

    // MARK: - One metric

    private func metric(_ verdict: Verdict) -> [String] {
        let name = verdict.demand == .budget ? "\(verdict.check) (budget)" : verdict.check.description
        var lines = ["\(name): \(verdict.outcome.words)"]
        lines += field("compared", compared(verdict))
        if let worsening = verdict.worsening, let estimate = worsening.estimate {
            lines += field("change", change(estimate, worsening, verdict))
        }
        lines += field("allowed", verdict.demanded.isEmpty ? nil : verdict.demanded)
        lines += field("why", verdict.explanation)
        lines += field("would change it", wouldChange(verdict))
        return lines
    }

    private func compared(_ verdict: Verdict) -> String? {
        func side(_ summary: SampleSummary?) -> String {
            guard let summary else { return "nothing" }
            let range =
                "\(DisplayFormat.number(summary.min, unit: verdict.unit)) to"
                + " \(DisplayFormat.number(summary.max, unit: verdict.unit))"
            return "\(verdict.median(summary)) (median of \(summary.count), \(range))"
        }
        // Of counts the reason says it all.
        if verdict.check.metric == "error_share" { return nil }
        guard verdict.demand == .tolerance else { return side(verdict.observed) }
        return "\(side(verdict.observed)) with \(side(verdict.baseline)) of the \(other)"
    }

    private func change(_ estimate: Double, _ worsening: Worsening, _ verdict: Verdict) -> String {
        func ratio(_ value: Double) -> String { DisplayFormat.change(verdict.shown(value)) }
        var text = "\(ratio(estimate)) \(judgement.evidence.basisOfChange)"
        if let change = verdict.change, DisplayFormat.change(change) != ratio(estimate) {
            text += " (\(DisplayFormat.change(change)) from median to median of all runs)"
        }
        if let lower = worsening.lower, let upper = worsening.upper {
            let bounds = [verdict.shown(lower), verdict.shown(upper)].sorted().map(DisplayFormat.change)
            text += ", with 95% certainty each not below \(bounds[0]) and not above \(bounds[1])"
        }
        if let p = worsening.p { text += "; \(DisplayFormat.probability(p)) over all metrics together" }
        return text
    }

    private func wouldChange(_ verdict: Verdict) -> String? {
        func ratio(_ value: Double) -> String { DisplayFormat.change(verdict.shown(value)) }
        // Rounded up: what is said must be enough.
        func tolerance(_ value: Double) -> String { ratio((value * 1000 - 1e-6).rounded(.up) / 1000) }
        let worsening = verdict.worsening
        let hint: String? =
            switch verdict.outcome {
            case .regression: passing(worsening).map { "it would pass with a tolerance of \(tolerance($0)) or more" }
            case .inconclusive: passing(worsening).map { "a tolerance of \(tolerance($0)) or more would let it pass" }
            case .pass, .improvement:
                worsening?.detectable.map {
                    $0 > 10
                        ? "more runs and sessions: with these, a change of any size may go unseen"
                        : "a change of \(ratio($0)) would have been found four times in five"
                } ?? verdict.unseen.map { "more runs: with these, a change of \($0) may go unseen" }
            default: nil
            }
        let texts = [hint.map { $0 + "." }, verdict.remedy.isEmpty ? nil : verdict.remedy].compactMap(\.self)
        return texts.isEmpty ? nil : texts.joined(separator: " ")
    }

    /// The smallest worsening that must be allowed for a pass: what was found, and by pairs what is not excluded.
    private func passing(_ worsening: Worsening?) -> Double? {
        guard let worsening, let estimate = worsening.estimate else { return nil }
        let needed = isPaired ? max(estimate, worsening.upper ?? estimate) : estimate
        return needed > 0 ? needed : nil
    }

    // MARK: - Policy

    private var policy: [String] {
        guard let policy = judgement.policy else { return [] }
        let whose = session?.base.map { " (the base's: \($0.revision.name ?? "base"))" } ?? ""
        var lines = ["Policy in force\(whose)"]
        lines += wrapped(
            "alpha \(policy.alpha) over all gating metrics\(policy.workloads.map { " of \($0) workloads" } ?? "") together; \(policy.runs) runs; at most \(policy.pairs) pairs;"
                + " inconclusive: \(policy.inconclusive.rawValue)"
                + (policy.machineBusy.map { "; machine_busy: \($0.rawValue)" } ?? ""), prefix: "  ")
        for demand in policy.demands where demand.role == .gate {
            guard let metric = MetricCatalogue.metric(demand.check.metric) else { continue }
            let tolerance = demand.tolerance.map {
                "allowed \(DisplayFormat.allowance($0, direction: demand.direction, unit: metric.unit))"
            }
            let budget = demand.budget.map { DisplayFormat.limits($0, unit: metric.unit) }
            lines += wrapped(
                "\(demand.check): \([tolerance, budget].compactMap(\.self).joined(separator: ", "))", prefix: "  ")
        }
        let informing = policy.demands.filter { $0.role == .info }.map(\.check.description)
        if !informing.isEmpty { lines += wrapped("informing only: \(informing.joined(separator: ", "))", prefix: "  ") }
        return lines
    }

    private var warnings: [String] {
        judgement.warnings.isEmpty
            ? []
            : ["Warnings"] + judgement.warnings.flatMap { wrapped("\($0.message). \($0.remedy)", prefix: "- ") }
    }

    // MARK: - Lines

    private func wrapped(_ text: String, prefix: String = "", indent: Int = 0) -> [String] {
        ConsoleText.wrapped(VisibleText.line(text, limit: 4000), columns: width - indent, prefix: prefix)
    }

    private func field(_ name: String, _ text: String?) -> [String] {
        guard let text else { return [] }
        return wrapped("\(name): \(text)", prefix: "  ", indent: 2).enumerated().map {
            $0.offset == 0 ? $0.element : "  " + $0.element
        }
    }
}
