import GateCore

/// What the stored baseline alone says of one metric.
struct StoredWords {
    let sample: StoredSample
    let test: StoredTest
    /// True where the effect of a session is a prior's.
    let isAssumed: Bool
    let alpha: Double

    init(_ sample: StoredSample, _ test: StoredTest, isAssumed: Bool, alpha: Double) {
        self.sample = sample
        self.test = test
        self.isAssumed = isAssumed
        self.alpha = alpha
    }

    func finding(p: Double, improvementP: Double) -> MetricFinding {
        var finding = outcome(p: p, improvementP: improvementP)
        finding.missing = sample.missing
        finding.estimate = sample.scale.ratio(estimate)
        if finding.outcome == .pass {
            finding.unseen = Figure.unseenSize(
                isNoiseUnknown ? .infinity : test.detectable, beyond: sample.limit, on: sample.scale)
        }
        guard !isNoiseUnknown else { return finding }
        finding.lower = sample.scale.ratio(bounds.lower)
        finding.upper = sample.scale.ratio(bounds.upper)
        finding.p = finding.outcome == .improvement ? improvementP : p
        finding.mde = sample.scale.ratio(test.detectable)
        return finding
    }

    private func outcome(p: Double, improvementP: Double) -> MetricFinding {
        if estimate <= sample.limit {
            if sample.estimate < -sample.limit, improvementP <= alpha, !isNoiseUnknown {
                return MetricFinding(
                    .improvement, figures: figures, because: "better by more than the tolerance\(basis)",
                    remedy: "Approve it, so that the gain becomes the baseline and cannot be lost unseen.")
            }
            let blind =
                isNoiseUnknown ? "its noise is not known" : Figure.unseen(test.detectable, on: sample.scale)
            return MetricFinding(.pass, figures: figures, because: blind + basis)
        }
        if isNoiseUnknown {
            return MetricFinding(
                .inconclusive, figures: figures, because: "of single runs the noise is not known",
                remedy: "Make at least three runs of each session.")
        }
        if isOfMiddleAlone { return disagreement }
        if p <= alpha {
            return MetricFinding(
                .regression, figures: figures, because: "by chance \(DisplayFormat.probability(p))\(basis)",
                remedy: "Find what made it worse, or, if the change is wanted, approve this session.")
        }
        return MetricFinding(
            .inconclusive, figures: figures,
            because:
                "sessions differ so much by chance too (\(DisplayFormat.probability(p))),"
                + " \(Figure.found(test.detectable, on: sample.scale))\(basis)",
            remedy: isAssumed
                ? "Approve \(missingSessions) more, or compare with the base itself, pair by pair."
                : "Compare with the base itself, pair by pair, or allow more.")
    }

    /// Where a few sessions are far from the others, their mean says less of a usual session than the one in the middle does.
    /// Nobody is convicted by that one, which no test knows; but a change that it shows is no pass.
    private var disagreement: MetricFinding {
        MetricFinding(
            .inconclusive, figures: figures,
            because: "so it is against the session in the middle; against the mean of all it is"
                + " \(Figure.change(sample.estimate, nil, on: sample.scale))\(basis)",
            remedy:
                "Look which approved sessions stand out; approve more, or compare with the base itself, pair by pair.")
    }

    // MARK: - Parts

    /// True where the change is within what is allowed against the mean of the sessions, and beyond it against the middle.
    private var isOfMiddleAlone: Bool {
        sample.estimate <= sample.limit && sample.estimateFromMiddle > sample.limit
    }

    /// The change that led to the outcome.
    private var estimate: Double { isOfMiddleAlone ? sample.estimateFromMiddle : sample.estimate }

    /// Without repetition within a session nor enough sessions nothing says how much single runs differ.
    private var isNoiseUnknown: Bool { isAssumed && sample.withinDegrees < 2 }

    private var bounds: (lower: Double, upper: Double) {
        (sample.estimate - test.width, max(sample.estimate + test.width, estimate))
    }

    private var change: String {
        Figure.change(
            estimate, isNoiseUnknown ? nil : bounds, on: sample.scale)
    }

    private var figures: String { "\(change), allowed \(allowed)" }

    private var allowed: String { Figure.limit(sample.limit, on: sample.scale) }

    private var missingSessions: String {
        let missing = SessionEffect.fewestSessions - sample.medians.count
        return missing == 1 ? "1 session" : "\(missing) sessions"
    }

    /// On what the verdict rests.
    private var basis: String {
        let count = sample.medians.count
        guard isAssumed else { return " (against \(count) sessions)" }
        let spread = sample.scale.kind == .absolute ? allowed : "6%"
        return " (against \(count) session\(count == 1 ? "" : "s"), assuming that sessions differ by \(spread);"
            + " \(missingSessions) more would tell)"
    }
}
