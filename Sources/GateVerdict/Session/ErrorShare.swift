import GateCore

/// The calls of a session that ended badly against those of the baseline: refused, cut or empty where they were answered
/// before. A server that refuses looks fast, as only valid calls have figures.
///
/// Fisher's exact test asks whether chance alone would have dealt the candidate so many of all failures. It spends its own
/// share of alpha (``ConvictionRule/errorShare``). Calls are taken to fail independently of each other: failures that come in
/// bursts raise more alarms than it says.
struct ErrorShare {
    let check: CheckID
    let observed: CallCounts
    /// Nil where the baseline says nothing of its calls.
    let approved: CallCounts?
    /// Nil where it only informs.
    let tolerance: Tolerance?
    /// What the test may spend.
    let alpha: Double
    /// Of the first call that failed: `HTTP 503: overloaded`.
    let firstReason: String?

    /// Requests of a load are judged in its stage, the calls of the other workloads together.
    static func check(of workload: WorkloadKind) -> CheckID {
        CheckID(stage: workload == .load ? .load : .run, metric: MetricCatalogue.errorShare)
    }

    /// Probability that chance alone deals the candidate so many failures; nil without a baseline.
    var p: Double? {
        approved.map {
            FisherExact.pCandidateFailsMore(
                baseline: ($0.invalid, $0.all - $0.invalid),
                candidate: (observed.invalid, observed.all - observed.invalid)
            )
        }
    }

    /// True where a larger share fails than did before: what nobody must overlook, whatever becomes of the verdict.
    var isNewlyFailing: Bool {
        guard let approved else { return observed.invalid > 0 }
        return share(observed) > share(approved)
    }

    /// `2 of 14 calls failed (HTTP 503: overloaded), 0 of 70 in the baseline`
    var figures: String {
        let reason = firstReason.map { " (\($0))" } ?? ""
        let before = approved.map { ", \($0.invalid) of \($0.all) in the baseline" } ?? ""
        return "\(check) \(observed.invalid) of \(observed.all) calls failed\(reason)\(before)"
    }

    var finding: (outcome: Outcome, explanation: String, remedy: String) {
        guard let tolerance else { return (.informational, figures, "") }
        guard let approved, let p else {
            return (
                .new, "\(figures): the baseline does not say how many of its calls failed",
                "It is judged once a session is approved by this version."
            )
        }
        let allowed = tolerance.allowance(from: share(approved))
        let words = DisplayFormat.allowance(tolerance, direction: .lowerIsBetter, unit: .ratio)
        guard share(observed) - share(approved) > allowed else { return (.pass, "\(figures); allowed \(words)", "") }
        let chance = "by chance \(DisplayFormat.probability(p))"
        if p <= alpha {
            return (
                .regression, "\(figures); allowed \(words); \(chance)",
                "Look why calls fail that were answered before; where that is wanted, allow more (error_share)."
            )
        }
        return (
            .inconclusive,
            "\(figures); allowed \(words); \(chance), where \(DisplayFormat.probability(alpha)) would convict",
            "Look at the invalid calls; more runs, or more requests, tell whether it was chance."
        )
    }

    /// Said beside the verdict where a call fails that did not before and the verdict blocks nothing.
    var warning: Warning? {
        guard isNewlyFailing, !finding.outcome.isRegression else { return nil }
        return Warning(
            approved == nil ? figures : "more calls fail than before: \(figures)",
            remedy: "Look at the invalid calls: their figures are in no median.")
    }

    private func share(_ counts: CallCounts) -> Double { counts.invalidShare ?? 0 }
}

extension ErrorShare {
    /// Nil where no call was made.
    init?(_ session: Session, approved: CallCounts?, policy: Policy) {
        let counts = session.callCounts()
        guard counts.all > 0 else { return nil }
        check = ErrorShare.check(of: session.workload)
        observed = counts
        self.approved = approved
        tolerance = policy.rule(of: check).tolerance
        alpha = ConvictionRule(policy, errorsOf: check.stage).alphaOfErrors
        let call = session.decisiveExchanges.compactMap { call -> String? in
            guard call.exchange.isFailed, case .invalid(let reason) = call.exchange.outcome else { return nil }
            return reason.detail
        }.first
        firstReason = call ?? session.measuredWindows.compactMap(\.errors.first).first?.firstDetail
    }

    /// The answers to what is demanded of it.
    func verdicts(budget: Budget?) -> [Verdict] {
        func summary(_ counts: CallCounts?) -> SampleSummary? {
            counts.flatMap { counts in counts.invalidShare.map { SampleSummary(share: $0, of: counts.all) } }
        }
        let sides = (approved: summary(approved), observed: summary(observed))
        func verdict(_ demand: Demand, _ outcome: Outcome, _ explanation: String, _ remedy: String) -> Verdict {
            let change = sides.approved.flatMap { approved in
                approved.median == 0
                    ? nil : sides.observed.map { ($0.median - approved.median) / approved.median }
            }
            let isTolerance = demand == .tolerance
            return Verdict(
                check: check, demand: demand, outcome: outcome, unit: .ratio, direction: .lowerIsBetter,
                baseline: isTolerance ? sides.approved : nil, observed: sides.observed,
                change: isTolerance ? change : nil,
                worsening: isTolerance && tolerance != nil ? p.map(Worsening.init(p:)) : nil,
                tolerance: isTolerance ? tolerance : nil, budget: isTolerance ? nil : budget, explanation: explanation,
                remedy: remedy)
        }
        let (outcome, explanation, remedy) = finding
        var verdicts = [verdict(.tolerance, outcome, explanation, remedy)]
        if let budget, let share = observed.invalidShare {
            let isKept = budget.breach(by: share) == nil
            verdicts.append(
                verdict(
                    .budget, isKept ? .pass : .budgetExceeded,
                    "\(figures); budget \(DisplayFormat.limits(budget, unit: .ratio))",
                    isKept ? "" : "The budget is absolute: look why calls fail, or change the budget."))
        }
        return verdicts
    }
}

extension ApprovedSession {
    /// Calls and failures. Baselines of before they were kept say as much where their samples do: a session with an invalid
    /// call was never approved, and of a load the share of each window is there.
    var callCounts: CallCounts? {
        if let calls { return calls }
        guard let load else {
            let count = samples.filter { $0.check.metric == "ttft" }.reduce(0) { $0 + $1.values.count }
            return count > 0 ? CallCounts(all: count, invalid: 0) : nil
        }
        guard case .requests(let requests) = load.extent, load.rampLimit == nil else { return nil }
        let shares = samples.filter { $0.check.metric == MetricCatalogue.errorShare }.flatMap(\.values)
        guard !shares.isEmpty else { return nil }
        let invalid = shares.reduce(0) { $0 + Int(clamping: ($1 * Double(requests)).rounded()) }
        return CallCounts(all: requests * shares.count, invalid: invalid)
    }
}

extension Baseline {
    /// Of all sessions that have them together; nil where none has.
    var callCounts: CallCounts? {
        let counts = sessions.compactMap(\.callCounts)
        guard !counts.isEmpty else { return nil }
        return CallCounts(
            all: counts.reduce(0) { $0 + $1.all }, invalid: counts.reduce(0) { $0 + $1.invalid })
    }
}
