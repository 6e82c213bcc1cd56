import GateCore
import GateVerdict
import Testing

@Suite("A stored baseline alone") struct StoredBaselineTests {
    private func judge(
        _ baseline: [SessionValues], _ candidate: SessionValues, _ demands: Demands = Cases.demands()
    ) -> CaseVerdict {
        CaseJudge.judge(JudgementCase(demands: demands, baseline: baseline, candidate: candidate))
    }

    @Test("a twofold slowdown is convicted from one session, on an assumption that is said", arguments: [1, 8])
    func twofold(metrics: Int) throws {
        let names = (0..<metrics).map { "metric\($0)" }
        let values = { (factor: Double) in
            // Of their own noise each, so that none is another's twin.
            Dictionary(
                uniqueKeysWithValues: names.enumerated().map { index, name in
                    (name, Cases.series(index == 0 ? factor : 1).enumerated().map { $1 * ($0 == index % 5 ? 1.05 : 1) })
                })
        }
        let verdict = judge(
            [SessionValues(values(1))], SessionValues(values(2)), Cases.demands(names.map { MetricID(rawValue: $0) }))
        #expect(verdict.overall == .regression)
        #expect(verdict.evidence == .storedBaseline)
        let finding = try #require(verdict["metric0"])
        #expect(finding.outcome == .regression)
        #expect(try #require(finding.p) < 0.01)
        #expect(
            finding.reason.contains(
                "against 1 session, assuming that sessions differ by 6%; 4 sessions more would tell"))
    }

    @Test("a slowdown that another session might have had is inconclusive, with what would decide it")
    func uncertain() {
        let verdict = judge(Cases.sessions(1, count: 1), Cases.candidate(Cases.series(1.2)))
        #expect(verdict.overall == .inconclusive)
        #expect(verdict["ttft"]?.remedy == "Approve 4 sessions more, or compare with the base itself, pair by pair.")
    }

    @Test("with five sessions their own differences decide")
    func fiveSessions() {
        let verdict = judge(Cases.sessions(1, count: 6), Cases.candidate(Cases.series(1.2)))
        #expect(verdict.overall == .regression)
        #expect(verdict["ttft"]?.reason.contains("(against 6 sessions)") == true)
        #expect(judge(Cases.sessions(1, count: 6), Cases.candidate(Cases.series(1.02))).overall == .pass)
    }

    @Test("a pass says what may have gone unseen")
    func pass() throws {
        let verdict = judge(Cases.sessions(1, count: 1), Cases.candidate(Cases.series(1)))
        #expect(verdict.overall == .pass)
        #expect(verdict.runsUsed == 5)
        #expect(verdict["ttft"]?.reason.contains("may go unseen") == true)
        let (lower, upper) = (try #require(verdict["ttft"]?.lower), try #require(verdict["ttft"]?.upper))
        #expect(lower < 0 && upper > 0)
    }

    @Test("a change beyond the tolerance that only the session in the middle shows is no pass, and convicts nobody")
    func middle() throws {
        let sessions = [100, 101, 99, 230, 240].map { SessionValues(["ttft": [$0]]) }
        let verdict = judge(sessions, Cases.candidate([141]), Cases.demands(tolerance: .relative(percent: 10)))
        #expect(verdict.overall == .inconclusive)
        let finding = try #require(verdict["ttft"])
        #expect(abs(try #require(finding.estimate) - 0.396) < 0.001)
        #expect(try #require(finding.upper) > 0.396)
        #expect(
            finding.reason.contains(
                "against the session in the middle; against the mean of all it is 0.2% worse (against 5 sessions)"))
        let steady = [98, 98, 98, 102, 102].map { SessionValues(["ttft": Cases.series($0)]) }
        let worse = judge(steady, Cases.candidate(Cases.series(109)), Cases.demands(tolerance: .relative(percent: 10)))
        #expect(worse.overall == .inconclusive)
    }

    @Test("a pass says the size of a change that it may have missed, where that is a fifth more than what is allowed")
    func unseen() throws {
        let size = { (baseline: [SessionValues], candidate: [Double]) in
            judge(baseline, Cases.candidate(candidate))["ttft"].map { ($0.outcome, $0.unseen) }
        }
        let few = try #require(size(Cases.sessions(1, count: 1), Cases.series(1)))
        #expect(few.0 == .pass && few.1?.hasPrefix("up to ") == true)
        let single = try #require(size([SessionValues(["ttft": [1]])], [1]))
        #expect(single.0 == .pass && single.1 == "any size")
        let constant = [SessionValues](repeating: SessionValues(["ttft": [1, 1, 1]]), count: 6)
        let seen = try #require(size(constant, [1, 1, 1]))
        #expect(seen.0 == .pass && seen.1 == nil)
        let steady = (0..<6).map { SessionValues(["ttft": Cases.series(1 + 0.001 * Double($0 % 2))]) }
        let hardly = try #require(judge(steady, Cases.candidate(Cases.series(1)))["ttft"])
        #expect(hardly.outcome == .pass && hardly.unseen == nil && hardly.reason.contains("may go unseen"))
    }

    @Test("half the time is an improvement")
    func improvement() {
        let verdict = judge(Cases.sessions(1, count: 1), Cases.candidate(Cases.series(0.5)))
        #expect(verdict.overall == .improvement)
        #expect(verdict["ttft"]?.reason.hasPrefix("50.0% better") == true)
    }

    @Test("constants are no trouble")
    func constants() {
        let constant = [SessionValues(["ttft": [1, 1, 1, 1, 1]])]
        #expect(judge(constant, Cases.candidate([1, 1, 1, 1, 1])).overall == .pass)
        #expect(judge(constant, Cases.candidate([2, 2, 2, 2, 2])).overall == .regression)
        let many = [SessionValues](repeating: constant[0], count: 6)
        #expect(judge(many, Cases.candidate([1, 1, 1, 1, 1])).overall == .pass)
        #expect(judge(many, Cases.candidate([1.1, 1.1, 1.1, 1.1, 1.1])).overall == .regression)
    }

    private func calls(_ baseline: [[Double]], _ candidate: [Double], tolerance: Tolerance = .relative(percent: 0))
        -> MetricFinding?
    {
        let policy = Policy(
            metrics: [MetricPolicy(metric: "calls", role: .gate, tolerance: tolerance)], others: .inform)
        return judge(
            baseline.map { SessionValues(["calls": $0]) }, Cases.candidate(candidate, metric: "calls"), Demands(policy)
        )["calls"]
    }

    /// Five sessions of a throughput that varies by a thousandth, beside another metric; a candidate of 30 % less.
    private func throughput(beside other: MetricID, _ values: [Double]) throws -> MetricFinding {
        let sessions = zip([100.0, 100.1, 99.9, 100.05, 99.95], values).map { throughput, value in
            SessionValues(["throughput": Cases.series(throughput), other.rawValue: Cases.series(value)])
        }
        let demands = Demands(
            Policy(
                metrics: [
                    MetricPolicy(metric: "throughput", role: .gate, tolerance: .relative(percent: 15)),
                    MetricPolicy(
                        metric: other, direction: .lowerIsBetter, role: .gate, tolerance: .relative(percent: 50)),
                ], others: .inform))
        let candidate = SessionValues(["throughput": Cases.series(70), other.rawValue: Cases.series(values[1])])
        let verdict = CaseJudge.judge(JudgementCase(demands: demands, baseline: sessions, candidate: candidate))
        return try #require(verdict["throughput"])
    }

    @Test("a metric that hardly varies is convicted beside one that varies much, of whatever side")
    func quietBesideNoisy() throws {
        let noisy = [0.02, 0.1, 0.05, 0.15, 0.08]
        for other in ["outside_model", "wall", "ttft", "ours"] as [MetricID] {
            let finding = try throughput(beside: other, noisy)
            #expect(finding.outcome == .regression, "\(other): \(finding.reason)")
        }
    }

    @Test("the work beside the server says nothing of how much the server's figures differ")
    func sides() throws {
        let alone = try throughput(beside: "outside_model", [1, 1, 1, 1, 1]).p
        #expect(try throughput(beside: "outside_model", [0.02, 0.1, 0.05, 0.15, 0.08]).p == alone)
        #expect(try throughput(beside: "ttft", [0.02, 0.1, 0.05, 0.15, 0.08]).p != alone)
    }

    @Test("a count that was one number in every approved run and is another in every run now is judged without chance")
    func exactCount() throws {
        let baseline = [[Double]](repeating: [6, 6, 6], count: 5)
        let more = try #require(calls(baseline, [7, 7, 7]))
        #expect(more.outcome == .regression)
        #expect(more.reason == "16.7% worse, allowed 0%; 6 in all 15 approved runs, 7 in all 3 now")
        #expect(more.p == nil && more.mde == nil)
        let same = try #require(calls(baseline, [6, 6]))
        #expect(same.outcome == .pass && same.mde == nil)
        #expect(same.because == "6 in all 15 approved runs, and in all 2 now")
        #expect(calls(baseline, [7, 7], tolerance: .relative(percent: 20))?.outcome == .pass)
        #expect(calls(baseline, [5, 5, 5])?.outcome == .improvement)
        #expect(calls([[0, 0], [0, 0], [0, 0]], [1, 1], tolerance: .absolute(0.5))?.outcome == .regression)
    }

    @Test("a count that varies on a side, of few sessions or of one run is judged as any other")
    func varyingCount() throws {
        let baseline = [[Double]](repeating: [6, 6, 6], count: 5)
        for (approved, now) in [
            (baseline, [7, 7, 6, 7]), ([[6, 6, 7]] + baseline.dropFirst(), [7, 7, 7]),
            (Array(baseline.prefix(2)), [7, 7, 7]),
            (baseline, [7]),
        ] as [([[Double]], [Double])] {
            let finding = try #require(calls(approved, now))
            #expect(finding.p != nil && finding.reason.contains("chance"), "\(finding)")
        }
        let speeds = judge(
            [SessionValues](repeating: SessionValues(["ttft": [6, 6, 6]]), count: 5), Cases.candidate([6.6, 6.6, 6.6]))
        #expect(speeds["ttft"]?.p != nil)
    }

    @Test("three samples are enough for a gross change, single ones for none")
    func fewSamples() {
        #expect(
            judge([SessionValues(["ttft": [1, 1.01, 0.99]])], Cases.candidate([2, 2.02, 1.98])).overall == .regression)
        let single = judge([SessionValues(["ttft": [1]])], Cases.candidate([3]))
        #expect(single.overall == .inconclusive)
        #expect(single["ttft"]?.remedy == "Make at least three runs of each session.")
    }

    @Test("a throughput and its inverse are one test")
    func twins() throws {
        let sessions = Cases.sessions(40, count: 6, metric: "throughput").map { session in
            SessionValues([
                "throughput": session.metrics["throughput"] ?? [], "itl": inverse(session.metrics["throughput"]),
            ])
        }
        let values = Cases.series(36)
        let candidate = SessionValues(["throughput": values, "itl": inverse(values)])
        var policy = Cases.demands(["itl"]).policy
        policy.metrics.append(MetricPolicy(metric: "throughput"))
        let both = judge(sessions, candidate, Demands(policy))
        let alone = judge(sessions, candidate, Cases.demands(["itl"]))
        #expect(try #require(both["itl"]?.p) == (try #require(alone["itl"]?.p)))
        #expect(both["throughput"]?.p == both["itl"]?.p)
    }

    private func inverse(_ values: [Double]?) -> [Double] { (values ?? []).map { (1e6 / $0).rounded() / 1e6 } }

    @Test("missing, new, invalid and impossible values have their verdict", arguments: BadCase.all)
    func bad(_ bad: BadCase) {
        let verdict = judge([SessionValues(bad.baseline)], SessionValues(bad.candidate), bad.demands)
        #expect(verdict.overall == bad.overall)
        #expect(verdict[bad.metric]?.outcome == bad.outcome)
        #expect(verdict[bad.metric]?.reason.contains(bad.words) == true, "\(verdict[bad.metric]?.reason ?? "nothing")")
    }

    @Test("a candidate without anything to compare with is judged by its budgets only")
    func alone() {
        let candidate = Cases.candidate(Cases.series(1))
        let demands = Cases.demands(budget: Budget(max: 2))
        #expect(judge([], candidate, demands).overall == .pass)
        #expect(judge([], candidate, Cases.demands(budget: Budget(max: 0.5))).overall == .regression)
        #expect(judge([], candidate).overall == .infrastructureError)
        #expect(CaseJudge.judge(JudgementCase(demands: Cases.demands())).overall == .infrastructureError)
    }
}

/// Data that cannot be compared, and what is said of it.
struct BadCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var baseline: [String: [Double]] = ["ttft": Cases.series(1)]
    var candidate: [String: [Double]]
    var demands = Cases.demands()
    var metric = "ttft"
    let overall: OverallVerdict
    let outcome: Outcome
    let words: String

    static let all = [
        BadCase(
            testDescription: "one NaN of five is left out", candidate: ["ttft": [.nan, 1, 1, 1.01, 0.99]],
            overall: .pass, outcome: .pass, words: "0.0%"),
        BadCase(
            testDescription: "two infinities of five are too many",
            candidate: ["ttft": [.infinity, -.infinity, 1, 1, 1]],
            overall: .infrastructureError, outcome: .invalid, words: "2 of 5 candidate values are missing or not finite"
        ),
        BadCase(
            testDescription: "no value at all", candidate: ["ttft": []], overall: .infrastructureError,
            outcome: .invalid,
            words: "0 of 0 candidate values"),
        BadCase(
            testDescription: "durations of zero", candidate: ["ttft": [0, 0, 0, 0, 0]],
            overall: .infrastructureError, outcome: .invalid,
            words: "5 of 5 durations of the candidate are zero or less"),
        BadCase(
            testDescription: "a rate that falls to zero", baseline: ["rate": Cases.series(40)],
            candidate: ["rate": [0, 0, 0, 0, 0]], demands: Cases.demands(["rate"], direction: .higherIsBetter),
            metric: "rate", overall: .regression, outcome: .regression, words: "100.0% worse"),
        BadCase(
            testDescription: "negative values on both sides", baseline: ["score": [-10, -10.1, -9.9, -10, -10]],
            candidate: ["score": [-20, -20.1, -19.9, -20, -20]],
            demands: Cases.demands(["score"], direction: .higherIsBetter), metric: "score", overall: .regression,
            outcome: .regression, words: "100.0% worse"),
        BadCase(
            testDescription: "a metric that is gone", candidate: [:], overall: .regression, outcome: .missing,
            words: "metric missing"),
        BadCase(
            testDescription: "a renamed metric", candidate: ["first_token": Cases.series(1)], metric: "first_token",
            overall: .regression, outcome: .new, words: "the base does not have it"),
        BadCase(
            testDescription: "milliseconds against seconds", candidate: ["ttft": Cases.series(1000)],
            overall: .infrastructureError, outcome: .invalid, words: "as far apart as milliseconds and seconds"),
        BadCase(
            testDescription: "seconds against milliseconds", baseline: ["ttft": Cases.series(1000)],
            candidate: ["ttft": Cases.series(1)], overall: .infrastructureError, outcome: .invalid,
            words: "as far apart as milliseconds and seconds"),
        BadCase(
            testDescription: "no direction", baseline: ["mystery": Cases.series(1)],
            candidate: ["mystery": Cases.series(1)], demands: Cases.demands(["mystery"], direction: nil),
            metric: "mystery", overall: .infrastructureError, outcome: .invalid,
            words: "nobody says which way is better"),
        BadCase(
            testDescription: "demanded and not measured", baseline: ["load": [1, 1, 1]],
            candidate: ["load": [1, 1, 1]],
            demands: Cases.demands(["ttft", "load"]), overall: .inconclusive, outcome: .inconclusive,
            words: "not measured on either side"),
        BadCase(
            testDescription: "a metric that only informs, of which the base has nothing but zeros",
            baseline: ["ttft": Cases.series(1), "error_share": [0, 0, 0, 0, 0]],
            candidate: ["ttft": Cases.series(1), "error_share": [0, 0, 0, 0, 0]], metric: "error_share",
            overall: .pass, outcome: .informational, words: "the base's median is zero"),
        BadCase(
            testDescription: "a budget that is exceeded", candidate: ["ttft": Cases.series(1)],
            demands: Cases.demands(budget: Budget(max: 0.5)), overall: .regression, outcome: .budgetExceeded,
            words: "budget exceeded: its median 1 is more than the 0.5 of its budget"),
        BadCase(
            testDescription: "a budget without a direction", baseline: ["mystery": Cases.series(1)],
            candidate: ["mystery": Cases.series(1)],
            demands: Cases.demands(["mystery"], direction: nil, budget: Budget(min: 2)), metric: "mystery",
            overall: .regression,
            outcome: .budgetExceeded,
            words: "less than the 2 of its budget"),
    ]
}
