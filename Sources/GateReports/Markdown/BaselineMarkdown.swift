import GateCore
import GateVerdict

/// How fit a baseline still is: its age, and how near the session came to its limits.
struct BaselineMarkdown {
    let judgement: Judgement
    let baseline: Baseline
    let session: Session

    /// Sentences, one a paragraph.
    var lines: [String] {
        [age, headRoom, unclaimed].compactMap(\.self).flatMap { [$0, ""] }
    }

    private var age: String? {
        guard let days = baseline.ageDays(at: session.startedAt) else { return nil }
        let count = DisplayFormat.count(baseline.sessions.count, "session")
        let epoch = baseline.history.map { ", epoch \($0.epoch), file number \($0.sequence)" } ?? ""
        return "\(count), the latest \(DisplayFormat.count(Int(clamping: max(0, days)), "day")) old\(epoch)."
    }

    /// The check that is nearest to its limit, of those that keep it.
    private var headRoom: String? {
        let rooms = judgement.verdicts.compactMap { verdict -> (verdict: Verdict, room: Double)? in
            guard let tolerance = verdict.tolerance, let approved = verdict.baseline?.median, approved != 0,
                let observed = verdict.observed?.median, verdict.outcome == .pass || verdict.outcome == .improvement
            else { return nil }
            let allowance = tolerance.allowance(from: approved)
            let isHigherBetter = verdict.direction == .higherIsBetter
            let limit = isHigherBetter ? approved - allowance : approved + allowance
            return (verdict, (isHigherBetter ? observed - limit : limit - observed) / abs(approved))
        }
        guard let least = rooms.min(by: { $0.room < $1.room }) else { return nil }
        let percent = DisplayFormat.percent(least.room)
        return
            "Least head-room: \(MarkdownText.code(least.verdict.check.description)), \(percent) of the baseline away from"
            + " its limit."
    }

    private var unclaimed: String? {
        let gains = judgement.verdicts.filter { $0.outcome == .improvement }.map(\.check.description)
        guard !gains.isEmpty else { return nil }
        return
            "Unclaimed improvement of \(gains.map { MarkdownText.code($0) }.joined(separator: ", ")): as long as nobody approves it, it"
            + " can be lost unseen. \(MarkdownText.code("chimera-gate baseline approve --ratchet --reason \"…\"")) claims it."
    }
}
