import Foundation
import GateBaselines
import GateCore
import GateVerdict
import TestSupport
import Testing

/// What users of other gates complained of, each replayed: the naive rule that is complained of is computed beside ours, and
/// has to be wrong where ours is right.
@Suite("Complaints about other gates") struct ComplaintTests {
    private static let ttft = CheckID(stage: .analysis, metric: "ttft")
    private static let throughput = CheckID(stage: .analysis, metric: "throughput")

    private let store: BaselineStore
    private let folder: TemporaryFolder
    private let file: String

    init() throws {
        folder = try TemporaryFolder()
        store = BaselineStore(directory: folder.url.appending(path: "Baselines").path)
        file = store.directory + "/analysis/ci-small.json"
    }

    private func night(
        _ id: String, ttft: Double = 0.25, throughput: Double = 40, runs: Int = 3, cpuModel: String = "AMD EPYC 7763",
        isBroken: Bool = false
    ) -> Session {
        let outcome =
            isBroken ? ExchangeOutcome.invalid(InvalidCall(.serverError, "cut off")) : .completed(.stop)
        return Fixtures.wholeSession(
            id: id,
            runs: (1...runs).map { index in
                let calls = [StageName.analysis, .report].map { stage in
                    Fixtures.call(
                        stage, run: index, ttft: ttft, throughput: throughput,
                        outcome: stage == .report ? outcome : .completed(.stop))
                }
                return Fixtures.run(index, calls: calls)
            }, cpuModel: cpuModel)
    }

    private func approve(_ sessions: Session...) throws {
        for session in sessions { try store.approve(session, Fixtures.approval) }
    }

    private func baseline() throws -> Baseline {
        try #require(try store.read(workload: .analysis, machineClass: "ci-small")?.baseline)
    }

    private func judge(_ session: Session, _ policy: Policy = Policy()) throws -> Judgement {
        Judge.judge(session: session, against: .baseline(try baseline()), policy: policy)
    }

    private func outcome(_ check: CheckID, _ judgement: Judgement, _ demand: Demand = .tolerance) -> Outcome? {
        judgement.verdicts.first { $0.check == check && $0.demand == demand }?.outcome
    }

    /// What most gates do: the mean of what is stored, and one threshold on the quotient.
    private func naive(_ value: Double, against stored: [Double], tolerance: Double = 0.25) -> Bool {
        value / (stored.reduce(0, +) / Double(stored.count)) > 1 + tolerance
    }

    // MARK: - What becomes the baseline

    @Test("nights whose output was broken were averaged into the baseline (vllm-project/vllm-omni#6032)")
    func brokenNights() throws {
        let good = (1...5).map { night("good-\($0)") }
        let broken = (1...2).map { night("broken-\($0)", ttft: 1, isBroken: true) }
        let slower = night("slower", ttft: 0.5)
        #expect(!naive(0.5, against: (good + broken).flatMap { $0.samples()[Self.ttft]?.values ?? [] }))

        for session in good { try approve(session) }
        let before = try baseline()
        for session in broken { #expect(throws: BaselineError.self) { try approve(session) } }
        #expect(try baseline() == before)
        #expect(outcome(Self.ttft, try judge(slower)) == .regression)
    }

    @Test("a mean of seven days was made by hand and divided by eight")
    func meanByHand() throws {
        for day in 1...7 { try approve(night("day-\(day)")) }
        let mean = 7 * 40.0 / 8
        let slower = night("slower", throughput: 32)
        // A fifth slower than every day, within 15 % of such a mean.
        #expect(32 / mean > 1 - 0.15)
        #expect(outcome(Self.throughput, try judge(slower)) == .regression)

        let text = try String(contentsOfFile: file, encoding: .utf8)
        let edited = text.replacing("40", with: "\(mean)")
        try #require(edited != text)
        try folder.write(edited, to: "Baselines/analysis/ci-small.json")
        let error = #expect(throws: BaselineError.self) { try baseline() }
        let failure = try #require(error?.failure)
        let judgement = Judge.judge(session: slower, against: .unusable(failure), policy: Policy())
        #expect(judgement.overall == .baselineUntrusted && judgement.exitCode == 7)
        #expect(throws: BaselineError.self) { try approve(night("over it")) }
    }

    @Test(
        "a run that failed was never saved, so that the baseline stayed where it was (structured-world/structured-zstd#158)"
    )
    func neverSaved() throws {
        for day in 1...5 { try approve(night("day-\(day)")) }
        // The price of a feature that everybody wants.
        let wanted = night("wanted", ttft: 0.5)
        #expect(try judge(wanted).exitCode == 1)
        // Whoever saves what passed only fails from now on, whatever is measured.
        let saved = try baseline().values(of: Self.ttft)
        #expect(naive(0.5, against: saved))

        #expect(wanted.approvalDoubts.isEmpty)
        try store.approve(wanted, Fixtures.approval, startsAnew: true)
        #expect(try judge(night("after it", ttft: 0.5)).exitCode == 0)
    }

    @Test("a baseline three times as slow as today hid a regression of 2.3 (fhightower/ioc-finder#411)")
    func stale() throws {
        for day in 1...5 { try approve(night("old-\(day)", ttft: 3)) }
        #expect(!naive(2.3, against: try baseline().values(of: Self.ttft)))
        // The gain is not passed over: it is named, with what claims it.
        let today = night("today", ttft: 1)
        let judgement = try judge(today)
        #expect(judgement.overall == .improvement)
        let gain = judgement.verdicts.first { $0.check == Self.ttft }
        #expect(gain?.outcome == .improvement)
        #expect(gain?.remedy == "Approve it, so that the gain becomes the baseline and cannot be lost unseen.")
        try store.approve(today, Fixtures.approval, startsAnew: true)
        #expect(outcome(Self.ttft, try judge(night("worse", ttft: 2.3))) == .regression)
    }

    @Test(
        "a baseline that rolls on drifted until the limits were three times as loose (Avarok-Cybersecurity/atlas#659)")
    func drift() throws {
        let budget = Policy(metrics: [
            MetricPolicy(metric: "ttft", tolerance: .relative(percent: 25), budget: Budget(max: 0.35))
        ])
        try approve(night("night-0"))
        var naiveAlarms = 0
        var ttft = 0.25
        var stopped: Double?
        for number in 1...30 {
            let last = ttft
            ttft *= 1.04
            if naive(ttft, against: [last]) { naiveAlarms += 1 }
            let session = night("night-\(number)", ttft: ttft)
            let judgement = try judge(session, budget)
            if outcome(Self.ttft, judgement, .budget) == .budgetExceeded { stopped = stopped ?? ttft }
            guard judgement.exitCode == 0 else { continue }
            var request = ApprovalRequest(approval: Fixtures.approval)
            request.appendsOnly = true
            _ = try? store.approve(session, request)
        }
        #expect(naiveAlarms == 0 && ttft > 3 * 0.25)
        let first = try #require(stopped)
        #expect(first < 0.37)
        // What exceeds the budget moved nothing.
        #expect(try baseline().values(of: Self.ttft).allSatisfy { $0 <= 0.35 })
    }

    // MARK: - What is compared

    @Test(
        "the same program was 11 % slower on another runner, with p = 0, and more so with more samples (o1-labs/proof-systems#3593)"
    )
    func wrongMachine() throws {
        let strict = Policy(metrics: [MetricPolicy(metric: "ttft", tolerance: .relative(percent: 5))])
        for day in 1...5 { try approve(night("day-\(day)", runs: 8)) }
        for runs in [3, 12] {
            let there = night("there", ttft: 0.2775, runs: runs, cpuModel: "Xeon")
            #expect(naive(0.2775, against: try baseline().values(of: Self.ttft), tolerance: 0.05))
            let judgement = try judge(there, strict)
            #expect(judgement.overall == .baselineIncomparable && judgement.exitCode == 6)
            #expect(!judgement.verdicts.contains { $0.outcome.isRegression })
            #expect(judgement.failures.first?.message.contains("CPU: AMD EPYC 7763 there, Xeon here") == true)
            let own = try judge(night("here", ttft: 0.2775, runs: runs), strict)
            #expect(outcome(Self.ttft, own) == .regression)
        }
    }

    @Test("a throughput that fell to nothing was a change of 0 % (bencherdev/bencher#957)")
    func dropToZero() throws {
        for day in 1...5 { try approve(night("day-\(day)")) }
        // The quotient of a rate that is taken for a duration says that it got better, too.
        #expect(!naive(0, against: [40]))
        let judgement = try judge(night("nothing", throughput: 0))
        let verdict = try #require(judgement.verdicts.first { $0.check == Self.throughput })
        #expect(verdict.outcome.isRegression, "\(verdict)")
        #expect(verdict.change == -1)
        #expect(judgement.exitCode == 1)
    }

    @Test(
        "a throughput had the direction of a time, so that true regressions were missed (github-action-benchmark#365)")
    func inverted() throws {
        for day in 1...5 { try approve(night("day-\(day)")) }
        #expect(!naive(20, against: [40]))
        #expect(outcome(Self.throughput, try judge(night("half", throughput: 20))) == .regression)
        #expect(naive(80, against: [40]))
        #expect(outcome(Self.throughput, try judge(night("twice", throughput: 80))) == .improvement)
    }

    // MARK: - Where the others are replayed

    /// Complaints that another suite holds, by the titles of its tests.
    static let elsewhere: [(complaint: String, tests: [String])] = [
        (
            "alarms of unchanged code, others each time (shakacode/react_on_rails#3169)",
            [
                "nothing changed: hardly ever an alarm",
                "of quiet runs alarms are rare and a change of 10 % is caught, by pairs",
                "unchanged changes of three workloads are blocked no more often than alpha says, over all their checks",
            ]
        ),
        (
            "one noisy alert, confirmed by a repetition that shares its noise (shakacode/react_on_rails#3670)",
            [
                "a slowdown that another session might have had is inconclusive, with what would decide it",
                "beyond seven tenths of the tolerance pairs are made, and they alone convict",
                "where it finds something, pairs are made until they decide, and the flags are kept",
            ]
        ),
        (
            "a wrapper turned failures of the API green (shakacode/react_on_rails#3168)",
            [
                "where nothing answers the status is 69, and the JUnit file says why",
                "nothing but a status that a policy names is forgiven",
            ]
        ),
        (
            "nothing was measured: red in one job, green in another (edtechre/pybroker#287)",
            [
                "a session in which nothing valid was measured is an error, never a pass",
                "a session without a valid call is no pass and no baseline",
                "zeros on both sides are no measurement and no pass",
            ]
        ),
        (
            "a check that failed left nothing (structured-world/structured-zstd#158)",
            ["without a baseline the status is 6, and the session is kept for an approval"]
        ),
        (
            "one threshold for all metrics (github-action-benchmark#183, #206)",
            ["a tolerance in units holds, and one for a stage goes before one for all"]
        ),
        (
            "a baseline of zero gave NaN (github-action-benchmark#204)",
            [
                "a baseline of zero gives no NaN and no infinite change: it needs a tolerance in the metric's own unit",
                "a base of zero needs an absolute tolerance, and is judged by it",
            ]
        ),
        (
            "990 ns and 1.1 µs were compared as they were written (github-action-benchmark#318)",
            ["figures that cannot be are refused: another unit, below zero, none, a key that nobody reads"]
        ),
        (
            "nobody was told how old the baseline is (fhightower/ioc-finder#411)",
            ["convicts nobody: what it would convict ends with 6 and asks for pairs; what passes is said to rest on it"]
        ),
        (
            "reports that were broken became the measure (vllm-project/vllm-omni#6032)",
            ["a run whose report fails never becomes part of a baseline, unless its errors are adopted"]
        ),
        (
            "a comment that a fork may not make failed the job (golang-fips/openssl#438)",
            [
                "that cannot be told is a warning, and the status stays",
                "on GitHub it runs for pull requests of forks without rights and secrets",
            ]
        ),
        (
            "thresholds were ignored, and baselines were gone after a check (ordo-one/benchmark#265)",
            ["a check says which limits hold, and leaves every file of baselines as it is"]
        ),
        (
            "the pull request edits the file that judges it (bluelibs/runner#121)",
            [
                "whatever it edits of policy and baselines is listed, and judged as the base has it",
                "is what is approved on the base, whatever the change adopts, and that is listed",
            ]
        ),
    ]

    @Test("every other complaint is held by tests that are there") func table() throws {
        let root = SharedData.packageRoot.appending(path: "Tests")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var titles = ""
        for case let file as URL in files where file.lastPathComponent.hasSuffix("Tests.swift") {
            if file.lastPathComponent != "ComplaintTests.swift" {
                titles += try String(contentsOf: file, encoding: .utf8)
            }
        }
        for (complaint, tests) in Self.elsewhere {
            for test in tests { #expect(titles.contains("\"\(test)\""), "\(complaint): \(test)") }
        }
    }
}
