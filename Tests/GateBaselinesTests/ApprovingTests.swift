import Foundation
import GateCore
import GateFiles
import GateVerdict
import TestSupport
import Testing

@testable import GateBaselines

@Suite("What an approval takes, and what it refuses") struct ApprovingTests {
    let folder: TemporaryFolder
    let store: BaselineStore

    private static let ttft = CheckID(stage: .analysis, metric: "ttft")
    private static let throughput = CheckID(stage: .analysis, metric: "throughput")

    init() throws {
        folder = try TemporaryFolder()
        store = BaselineStore(directory: folder.url.appending(path: "Baselines").path)
    }

    private func session(
        _ id: String, ttft: Double = 0.25, throughput: Double = 40, cpuModel: String = "AMD EPYC 7763",
        model: String = "smollm2:135m", isDirty: Bool = false
    ) -> Session {
        Fixtures.wholeSession(
            id: id,
            runs: (1...3).map { index in
                let calls = [StageName.analysis, .report].map {
                    Fixtures.call($0, run: index, ttft: ttft, throughput: throughput)
                }
                return Fixtures.run(index, calls: calls)
            }, model: model, cpuModel: cpuModel, isDirty: isDirty)
    }

    private func approved(_ count: Int = 5) throws {
        for number in 1...count { try store.approve(session("s\(number)"), Fixtures.approval) }
    }

    private var baseline: Baseline {
        get throws { try #require(try store.read(workload: .analysis, machineClass: "ci-small")?.baseline) }
    }

    private func request(_ change: (inout ApprovalRequest) -> Void) -> ApprovalRequest {
        var request = ApprovalRequest(approval: Fixtures.approval)
        change(&request)
        return request
    }

    private func refusal(_ session: Session, _ request: ApprovalRequest) -> BaselineError? {
        #expect(throws: BaselineError.self) { try store.approve(session, request) }
    }

    @Test("what speaks against a session is overridden by its name only, each by its own, and kept")
    func overrides() throws {
        try approved()
        let before = try baseline
        var short = session("short", cpuModel: "Xeon", isDirty: true)
        short.runs.removeLast()
        guard case .doubtful(_, let doubts) = refusal(short, request { _ in }) else { throw Unexpected() }
        #expect(Set(doubts.keys) == [.runs, .dirty, .machine])
        #expect(doubts[.machine]?.contains("CPU differs (AMD EPYC 7763 there, Xeon here)") == true)
        let error = refusal(short, request { $0.allowed = [.runs, .machine, .calls] })
        #expect(error?.message.contains("files were measured that no commit holds") == true)
        #expect(error?.remedy.contains("--allow dirty.") == true)
        #expect(try baseline == before)
        try store.approve(short, request { $0.allowed = Set(ApprovalDoubt.allCases) })
        #expect(try baseline.sessions.last?.approval.overrides == [.runs, .dirty, .machine])
    }

    @Test("only one metric: it steps, and all others stay as they were approved")
    func metric() throws {
        try approved()
        let (_, effect) = try store.approve(
            session("slower", ttft: 0.5, throughput: 20), request { $0.figures = .metrics(["analysis/ttft"]) })
        #expect(effect == .stepped(checks: [Self.ttft], sessions: 6))
        let now = try baseline
        #expect(now.values(of: Self.ttft) == [0.5, 0.5, 0.5])
        #expect(now.values(of: Self.throughput) == Array(repeating: 40, count: 15))
        #expect(now.values(of: CheckID(stage: .report, metric: "ttft")) == Array(repeating: 0.25, count: 15))
        #expect(now.sessions.last?.approval.metrics == ["analysis/ttft"])
        let verdicts = Judge.judge(
            session: session("next", ttft: 0.5, throughput: 20), against: .baseline(now), policy: Policy()
        ).verdicts
        func outcome(_ check: CheckID) -> Outcome? { verdicts.first { $0.check == check }?.outcome }
        #expect(outcome(Self.ttft) == .pass)
        #expect(outcome(Self.throughput) == .regression)
        #expect(outcome(CheckID(stage: .report, metric: "ttft")) == .regression)
        #expect(
            refusal(session("x"), request { $0.figures = .metrics(["speed"]) })?.message.contains("'speed'") == true)
        let work = refusal(session("y", model: "gemma3:270m"), request { $0.figures = .metrics(["ttft"]) })
        #expect(work?.message.contains("model differs") == true)
    }

    @Test("of a first session, too, only the metrics that were named are taken, and one that it has not is refused")
    func firstMetric() throws {
        #expect(
            refusal(session("s1"), request { $0.figures = .metrics(["speed"]) })?.message.contains("'speed'") == true)
        #expect(try store.read(workload: .analysis, machineClass: "ci-small") == nil)
        try store.approve(session("s1"), request { $0.figures = .metrics(["analysis/ttft"]) })
        #expect(try baseline.values(of: Self.ttft) == [0.25, 0.25, 0.25])
        #expect(try baseline.values(of: Self.throughput) == [])
        #expect(
            refusal(session("s1"), request { $0.figures = .metrics(["speed"]) })?.message.contains("'speed'") == true)
    }

    @Test("a second metric of the same session joins the first one")
    func metricByMetric() throws {
        for count in [1, 3] {
            try? FileManager.default.removeItem(atPath: store.directory)
            if count > 1 { try approved(count - 1) }
            for metric in ["analysis/ttft", "analysis/throughput"] {
                try store.approve(session("last"), request { $0.figures = .metrics([metric]) })
            }
            let last = try #require(try baseline.sessions.last)
            #expect(last.approval.metrics == ["analysis/throughput", "analysis/ttft"])
            #expect(try baseline.values(of: Self.ttft).count == 3 * count)
            #expect(try baseline.values(of: Self.throughput).count == 3 * count)
        }
        // A part of a session that is approved as a whole takes nothing of it away.
        try approved(1)
        try store.approve(session("s1"), request { $0.figures = .metrics(["analysis/ttft"]) })
        #expect(try baseline.sessions.first { $0.sessionId == "s1" }?.approval.metrics == nil)
    }

    @Test("a ratchet takes what is as good or better, and nothing that is worse")
    func ratchet() throws {
        try approved()
        try store.approve(session("mixed", ttft: 0.1, throughput: 20), request { $0.figures = .ratchet })
        let now = try baseline
        #expect(now.values(of: Self.ttft) == [0.1, 0.1, 0.1])
        #expect(now.values(of: Self.throughput) == Array(repeating: 40, count: 15))
        try store.approve(session("as good", ttft: 0.1, throughput: 40), request { $0.figures = .ratchet })
        #expect(try baseline.values(of: Self.throughput).count == 18)
    }

    @Test("what only appends never takes a step, and never a first session")
    func appends() throws {
        #expect(refusal(session("first"), request { $0.appendsOnly = true })?.message.contains("by a person") == true)
        try approved()
        let before = try baseline
        for (ttft, words) in [(0.5, "regression"), (0.1, "improvement")] {
            let error = refusal(session("step", ttft: ttft), request { $0.appendsOnly = true })
            #expect(error?.message.contains("it is a step: analysis/ttft is judged as: \(words)") == true)
        }
        #expect(try baseline == before)
        try store.approve(session("s6"), request { $0.appendsOnly = true })
        #expect(try baseline.sessions.count == 6)
    }

    @Test("what becomes of each limit is told before anything is written, and may stop it")
    func limits() throws {
        struct Stop: Error {}
        try approved()
        let before = try baseline
        var told: [ToleranceLimit] = []
        #expect(throws: Stop.self) {
            try store.approve(session("slower", ttft: 0.5), request { _ in }) { proposal in
                told = proposal.limits(
                    under: Policy(metrics: [MetricPolicy(metric: "ttft", tolerance: .relative(percent: 20))]))
                throw Stop()
            }
        }
        #expect(try baseline == before)
        let limit = try #require(told.first { $0.check == Self.ttft })
        #expect(limit.before == 0.3 && limit.after == 0.6 && limit.change == 1)
        let rate = try #require(told.first { $0.check == Self.throughput })
        #expect(rate.before == rate.after && (rate.after ?? 100) < 40)
    }

    @Test("sessions are dropped, and a file without any is removed")
    func keep() throws {
        try approved()
        #expect(
            try store.keep(workload: .analysis, machineClass: "ci-small", isDryRun: true) { Array($0.suffix(2)) } == (
                5, 2
            ))
        #expect(try baseline.sessions.count == 5)
        _ = try store.keep(workload: .analysis, machineClass: "ci-small", isDryRun: false) { Array($0.suffix(2)) }
        #expect(try baseline.sessions.map(\.sessionId) == ["s4", "s5"])
        #expect(try baseline.history?.sequence == 6)
        _ = try store.keep(workload: .analysis, machineClass: "ci-small", isDryRun: false) { _ in [] }
        #expect(try store.read(workload: .analysis, machineClass: "ci-small") == nil)
    }

    private struct Unexpected: Error {}
}
