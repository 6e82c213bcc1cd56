import GateCore
import TestSupport
import Testing

@testable import GateVerdict

@Suite("A session of a command") struct CommandSessionTests {
    private func session(calls count: Int, runs: Int = 5, prompt: String? = nil, wall: Double = 8) -> Session {
        Fixtures.commandSession(
            (1...runs).map { index in
                Fixtures.commandRun(
                    index, calls: (1...count).map { Fixtures.asked($0, prompt: prompt) },
                    wall: wall + Double(index) / 100)
            })
    }

    private func judge(_ session: Session, against baseline: Session, policy: Policy = Policy()) -> Judgement {
        GateVerdict.Judge.judge(
            session: session, against: .baseline(Fixtures.baseline(baseline)), policy: policy)
    }

    @Test("another number of calls is judged, and said: the agent's change is what it is about")
    func moreCalls() throws {
        let judgement = judge(session(calls: 9), against: session(calls: 6))
        #expect(judgement.overall == .regression)
        let calls = judgement.verdicts.first { $0.check == CheckID(stage: .run, metric: "calls") }
        #expect(calls?.outcome == .regression)
        let asked = try #require(judgement.differences?.filter { $0.kind == .asked })
        #expect(asked.map(\.sentence) == ["the command now makes 9 calls where it made 6"])
        #expect(!judgement.warnings.contains { $0.message.contains("calls of a run") })
        // The time to the first token of the calls is the same, however many there are.
        let ttft = judgement.verdicts.first { $0.check == CheckID(stage: .calls, metric: "ttft") }
        #expect(ttft?.outcome == .pass)
    }

    @Test("other prompts are comparable, are said, and begin no epoch by themselves")
    func otherPrompts() throws {
        let other = String(repeating: "e", count: 64)
        let judgement = judge(session(calls: 2, prompt: other), against: session(calls: 2))
        #expect(judgement.overall == .pass && judgement.failures.isEmpty)
        let asked = try #require(judgement.differences?.filter { $0.kind == .asked })
        #expect(asked.map(\.what) == ["prompts of calls (2 of 2)"])
        #expect(asked.allSatisfy { !$0.isOfSubstance && !$0.isIncomparable(under: .all) })
        #expect(asked.first?.now == "eeeeeeeeeeee")
    }

    @Test("another command, model or option is said, and runs that differ among themselves are no change")
    func otherSettings() {
        func list(_ before: Session, _ now: Session) -> [String] {
            Differences.list(from: Fixtures.baseline(before), to: now).map(\.sentence)
        }
        func one(_ calls: [Exchange]) -> Session { Fixtures.commandSession([Fixtures.commandRun(1, calls: calls)]) }
        let plain = one([Fixtures.asked(1)])
        let hot = one([Fixtures.asked(1, options: [RequestOption(name: "temperature", value: "1")])])
        #expect(list(plain, hot) == ["options of calls: none → temperature 1"])
        #expect(list(plain, one([Fixtures.asked(1, model: "large")])) == ["model of calls: smollm2:135m → large"])
        var fast = CommandConfiguration(run: ["python3", "agent.py", "--fast"])
        fast.stream = .force
        let faster = Fixtures.commandSession(plain.runs, fast)
        #expect(
            list(plain, faster) == [
                "command: python3 agent.py → python3 agent.py --fast", "proxy.stream: as_asked → force",
            ])
        func varied(_ counts: [Int]) -> Session {
            Fixtures.commandSession(
                counts.enumerated().map { index, count in
                    Fixtures.commandRun(index + 1, calls: (1...count).map { Fixtures.asked($0) })
                })
        }
        #expect(list(varied([5, 6, 7]), varied([6, 6, 8])) == [])
        #expect(
            list(varied([5, 6, 7]), varied([9, 10, 12])) == ["the command now makes 9 to 12 calls where it made 5 to 7"]
        )
    }

    @Test("a stage that is gone or new is said with its calls")
    func otherStages() {
        func stages(_ names: [StageName]) -> Session {
            Fixtures.commandSession([
                Fixtures.commandRun(1, calls: names.enumerated().map { Fixtures.asked($0 + 1, stage: $1) })
            ])
        }
        let found = Differences.list(
            from: Fixtures.baseline(stages(["plan", "write"])), to: stages(["plan", "check", "write", "write"]))
        #expect(
            found.filter { $0.what.hasPrefix("calls") }.map(\.sentence) == [
                "the command now makes 4 calls where it made 2", "calls of check: 0 → 1", "calls of write: 1 → 2",
            ])
    }

    @Test("a run that failed is an error, whatever the others measured")
    func failedRun() {
        let good = session(calls: 2)
        let failure = RunFailure(.signal, "the command was ended by signal 9")
        let failed = Fixtures.commandSession(
            good.runs + [Fixtures.commandRun(6, calls: [Fixtures.asked(1)], failure: failure)])
        let judgement = judge(failed, against: good)
        #expect(judgement.overall == .infrastructureError && judgement.exitCode == 4)
        #expect(judgement.failures.map(\.kind) == [.commandFailed])
        #expect(
            judgement.failures.first?.message
                == "1 of 6 runs failed, the first: run 6: the command was ended by signal 9")
        #expect(judgement.failures.first?.remedy.contains("runs/0006") == true)
        let ttft = judgement.verdicts.first { $0.check == CheckID(stage: .calls, metric: "ttft") }
        #expect(ttft?.outcome == .pass && ttft?.observed?.count == 5)
        #expect(failed.approvalDoubts.map(\.doubt) == [.runs])
    }

    @Test("beside a base, runs that fail there as often are no error of the head")
    func failedOnBothSides() {
        let failure = RunFailure(.exitCode, "the command ended with exit status 1")
        func session(failedOfBase: Int) -> Session {
            let runs = (1...8).flatMap { pair in
                [Arm.base, Arm.head].enumerated().map { place, arm in
                    let isFailed = arm == .base ? pair <= failedOfBase : pair == 8
                    return Fixtures.commandRun(
                        2 * pair - 1 + place, calls: [Fixtures.asked(1)], failure: isFailed ? failure : nil, arm: arm,
                        pair: pair)
                }
            }
            return Fixtures.commandSession(runs, base: Fixtures.base())
        }
        #expect(JudgementFailure.failedRuns(of: session(failedOfBase: 1)) == nil)
        let alone = JudgementFailure.failedRuns(of: session(failedOfBase: 0))
        #expect(alone?.message.hasPrefix("1 of 8 runs failed, the first: run 16: ") == true)
        #expect(session(failedOfBase: 1).failedRuns.map(\.run.index) == [1, 16])
    }

    @Test("where every run failed nothing was measured, and the first says why")
    func allFailed() {
        let failure = RunFailure(.noCalls, "the command made no call to http://127.0.0.1:1")
        let session = Fixtures.commandSession([Fixtures.commandRun(1, calls: [], failure: failure)])
        let judgement = judge(session, against: self.session(calls: 2))
        #expect(judgement.failures.map(\.kind) == [.commandFailed])
        #expect(judgement.failures.first?.message.contains("run 1: the command made no call") == true)
        #expect(session.reasonNotToApprove != nil)
    }

    @Test("a prompt cache that answers in one session and not in the other leaves its TTFT undecided")
    func promptCache() {
        func cached(_ state: PromptCacheState) -> Session {
            Fixtures.commandSession(
                (1...3).map { index in
                    let call = Fixtures.asked(1)
                    return Fixtures.commandRun(
                        index,
                        calls: [
                            Exchange(
                                id: call.id, stage: call.stage, attempt: 1, outcome: call.outcome, modelState: .warm,
                                cache: index == 1 ? .defeated : state, prompt: call.prompt, request: call.request,
                                timing: call.timing, server: call.server, measurements: call.measurements)
                        ])
                })
        }
        func outcome(_ now: PromptCacheState, _ before: PromptCacheState) -> Outcome? {
            judge(cached(now), against: cached(before)).verdicts
                .first { $0.check == CheckID(stage: .calls, metric: "ttft") }?.outcome
        }
        #expect(outcome(.hit, .hit) == .pass && outcome(.unknown, .unknown) == .pass)
        #expect(outcome(.defeated, .hit) == .inconclusive)
    }
}
