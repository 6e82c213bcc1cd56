import GateCore
import GateVerdict

/// A judgement in sentences: what it is, why, and what to do. The same in every format.
struct Conclusion {
    /// One sentence.
    let headline: String
    /// Verdicts that someone must look at, the worst first.
    let reasons: [Verdict]
    /// Verdicts that block nothing and that someone should know of: changes of length, regressions that the change approves.
    let notices: [Verdict]
    /// What the comparison rests on, and how sure it is; nil where nothing was compared.
    let basis: String?
    /// Which changes a pass may have missed, in one sentence; nil where none that is a fifth more than what is allowed.
    let unseen: String?
    /// What the command asks of the model now that it did not ask before, in one sentence; nil where it is the same.
    let asked: String?
    /// How base and head differ besides their figures, in one sentence; nil where nothing was compared pair by pair.
    let armDifferences: String?
    /// What to do, each thing once.
    let nextSteps: [String]

    init(_ judgement: Judgement) {
        headline = [Conclusion.headline(of: judgement), judgement.newlyFailing].compactMap(\.self).joined(
            separator: " ")
        let severity: [Outcome] = [.regression, .budgetExceeded, .missing, .invalid, .inconclusive]
        reasons = severity.flatMap { outcome in judgement.verdicts.filter { $0.outcome == outcome } }
        notices = judgement.verdicts.filter { $0.outcome == .approved || $0.outcome == .lengthChanged }
        basis = Conclusion.basis(of: judgement)
        unseen = Conclusion.unseen(in: judgement)
        asked = Conclusion.asked(of: judgement)
        armDifferences = Conclusion.armDifferences(of: judgement)
        nextSteps = Conclusion.nextSteps(for: judgement, reasons: reasons)
    }

    static let approveCommand = "chimera-gate baseline approve --reason \"…\""

    /// How a change that is wanted gets through.
    static func acceptance(of evidence: Evidence) -> String {
        evidence == .pairs
            ? "Where the change is wanted: approve it in the change, where the base's policy has approvals: in_change; else"
                + " widen the tolerance on the base first, or merge against this verdict."
            : "To accept the session as it is: \(approveCommand). On a branch it counts from the merge on, so that this check"
                + " stays as it is until then, unless the base's policy has approvals: in_change."
    }

    private static func headline(of judgement: Judgement) -> String {
        let judged = judgement.verdicts.filter { $0.outcome.isJudged }
        let count = { (outcomes: Outcome...) in judged.count { outcomes.contains($0.outcome) } }
        let checks = "\(judged.count) judged check\(judged.count == 1 ? "" : "s")"
        switch judgement.overall {
        case .pass where count(.approved) > 0, .improvement where count(.approved) > 0:
            return "Passed: \(count(.approved)) of \(checks) got worse, which is approved in this change."
        case .pass where count(.lengthChanged) > 0:
            return
                "Passed: none of \(checks) got slower; \(count(.lengthChanged)) changed with the length of the answers."
        case .pass: return "Passed: all of \(checks) are within what is allowed."
        case .improvement:
            return "Passed: \(count(.improvement)) of \(checks) got better by more than the tolerance, none got worse."
        case .regression:
            let worse = judged.count { $0.outcome.isRegression }
            return "Regression: \(worse) of \(checks) got worse than is allowed."
        case .qualityRegression:
            let lines = judgement.quality?.lines.filter { $0.outcome != .informational } ?? []
            let worse = lines.count { $0.outcome.isRegression }
            return
                "Quality regression: \(worse) of \(lines.count) judged checks of the reports got worse than is allowed;"
                + " the figures did not."
        case .infrastructureError
        where judgement.failures.contains { [.nothingMeasured, .misconfigured].contains($0.kind) }:
            return "Not judged: nothing valid was measured."
        case .infrastructureError where judgement.failures.contains { $0.kind == .commandFailed }:
            return "Not judged: runs of the command failed."
        case .infrastructureError where judgement.failures.contains { $0.kind == .interrupted }:
            return "Not judged: the call was interrupted."
        case .infrastructureError where judgement.failures.contains { $0.kind == .couldNotRun }:
            return "Not judged: the call ended before there was anything to judge."
        case .infrastructureError:
            // Where its calls are the cause, nothing of a check was compared.
            let areOfCalls = judged.allSatisfy { $0.outcome != .invalid || $0.worsening == nil }
            return "Not judged: \(areOfCalls ? "too many calls are invalid" : "what was measured cannot be compared"),"
                + " so that \(count(.invalid)) of \(checks) \(count(.invalid) == 1 ? "has" : "have") no verdict."
        case .machineBusy: return "Not judged: the machine was busy with other work."
        case .baselineIncomparable:
            return "Not judged: what was measured is not comparable with what the baseline measured."
        case .baselineMissing: return "Not judged: there is no approved baseline to compare with."
        case .baselineInvalid: return "Not judged: the baseline cannot be used."
        case .baselineExpired: return "Not judged: the baseline is past its time to live, and convicts nobody."
        case .baselineUntrusted: return "Not judged: the baseline is not what was approved."
        case .inconclusive where judged.isEmpty:
            return "Not decided: nothing that was measured has a tolerance or a budget."
        case .inconclusive:
            return "Not decided: \(count(.inconclusive)) of \(checks) could not be decided, none is known to be worse."
        }
    }

    /// The largest first.
    private static func unseen(in judgement: Judgement) -> String? {
        let blind = judgement.verdicts.filter { $0.unseen != nil }.sorted {
            ($0.worsening?.detectable ?? .infinity) > ($1.worsening?.detectable ?? .infinity)
        }
        guard !blind.isEmpty else { return nil }
        let list = blind.prefix(mostUnseen).map { "\($0.check) of \($0.unseen ?? "") (allowed \($0.demanded))" }
        let rest = blind.count - list.count
        return "Changes that a pass may have missed: \(list.joined(separator: ", "))"
            + (rest > 0 ? ", and of \(DisplayFormat.count(rest, "check")) more." : ".")
    }

    private static let mostUnseen = 3

    private static func asked(of judgement: Judgement) -> String? {
        let changes = (judgement.differences ?? []).filter { $0.kind == .asked }.map(\.sentence)
        return changes.isEmpty ? nil : "What is asked of the model changed: \(changes.joined(separator: "; "))."
    }

    private static func armDifferences(of judgement: Judgement) -> String? {
        guard judgement.evidence == .pairs, let all = judgement.differences else { return nil }
        let differences = all.filter { $0.kind != .asked }
        guard !all.isEmpty else {
            return "Base and head have the same server, model, prompts, options and corpus."
        }
        // The rest is a sentence of its own.
        guard !differences.isEmpty else { return nil }
        let list = differences.map { "\($0.what) (\($0.before) → \($0.now))" }.joined(separator: ", ")
        return "Base and head differ in \(list)."
    }

    private static func basis(of judgement: Judgement) -> String? {
        guard let policy = judgement.policy else { return nil }
        let count = judgement.baselineSessions
        let sessions = "\(count) approved session\(count == 1 ? "" : "s")"
        let promise = policy.promise
        switch judgement.evidence {
        case .nothing: return nil
        case .screen: return "Screened against \(sessions), nothing suspicious: a weaker pass than by pairs."
        case .pairs: return "Decided by \(judgement.pairsUsed) pairs of base and head: \(promise)."
        case .storedBaseline where count < Judgement.enoughSessions:
            let more = Judgement.enoughSessions - count
            return "Compared with \(sessions), assuming that sessions differ by 6%:"
                + " \(more) more approved session\(more == 1 ? "" : "s") would tell by how much they do."
        case .storedBaseline: return "Compared with \(sessions): \(promise)."
        }
    }

    private static func nextSteps(for judgement: Judgement, reasons: [Verdict]) -> [String] {
        let blocking = judgement.quality?.blocking ?? []
        var steps = judgement.failures.map(\.remedy) + reasons.map(\.remedy) + blocking.map(\.remedy)
        // A gain is not worth approving together with a loss.
        steps += judgement.verdicts.filter { $0.outcome == .lengthChanged }.map(\.remedy)
        let gains = reasons.isEmpty && blocking.isEmpty ? judgement.verdicts.filter { $0.outcome == .improvement } : []
        steps += gains.map(\.remedy)
        // A session with calls or runs that failed is refused.
        let isApprovable = judgement.failures.isEmpty && !reasons.contains { $0.outcome == .invalid }
        if !isApprovable {
        } else if !gains.isEmpty || reasons.contains(where: { $0.outcome == .regression || $0.outcome == .missing }) {
            steps.append(acceptance(of: judgement.evidence))
        } else if judgement.overall == .qualityRegression {
            steps.append("To accept the reports as they are: \(approveCommand) --adopt-quality")
        }
        var seen: Set<String> = []
        return steps.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension EffectivePolicy {
    /// How often nothing is called a regression.
    var promise: String {
        let percent = DisplayFormat.trimmed(alpha * 100, decimals: 1)
        return "of unchanged sessions at most \(percent)% are called a regression, over all checks"
            + (workloads.map { " of all \($0) workloads" } ?? "") + " together"
    }
}

extension Judgement {
    /// Said at once where calls fail that did not before and nothing is blocked for it.
    var newlyFailing: String? {
        [.pass, .improvement, .inconclusive].contains(overall)
            && verdicts.contains { $0.isNewlyFailing && $0.baseline != nil }
            ? "More calls fail than before." : nil
    }
}

extension Outcome {
    /// As people read it.
    var words: String {
        switch self {
        case .budgetExceeded: "budget exceeded"
        case .lengthChanged: "length changed"
        default: rawValue
        }
    }
}

extension Verdict {
    /// True for a share of failed calls that is above the baseline's.
    var isNewlyFailing: Bool {
        check.metric == "error_share" && demand == .tolerance
            && (observed?.median ?? 0) > (baseline?.median ?? 0)
    }

    /// What was demanded: `+25%`, `at most 2000.00 ms`; empty for a metric that only informs.
    var demanded: String {
        if let tolerance { return DisplayFormat.allowance(tolerance, direction: direction, unit: unit) }
        if let budget { return DisplayFormat.limits(budget, unit: unit) }
        return ""
    }

    /// Between which bounds the test has the change of the value, 95 % each; nil where one of them is not known.
    var changeBounds: ClosedRange<Double>? {
        guard let lower = worsening?.lower, let upper = worsening?.upper, lower <= upper else { return nil }
        return direction == .higherIsBetter ? -upper...(-lower) : lower...upper
    }

    /// Of a pass, the size of a change that it may have missed where that is a fifth more than what is allowed.
    var unseen: String? { outcome == .pass ? worsening?.unseen : nil }

    func median(_ summary: SampleSummary?) -> String {
        summary.map { DisplayFormat.value($0.median, unit: unit) } ?? "–"
    }
}
