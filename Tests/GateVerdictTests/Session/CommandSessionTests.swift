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
        // How the program was found is no other command; another program of that name may be.
        let named = Fixtures.commandSession(plain.runs, CommandConfiguration(run: ["/usr/bin/python3", "agent.py"]))
        #expect(list(plain, named) == [] && list(named, plain) == [])
        let elsewhere = Fixtures.commandSession(
            plain.runs, CommandConfiguration(run: ["/opt/bin/python3", "agent.py"]))
        #expect(list(named, elsewhere) == ["command: /usr/bin/python3 agent.py → /opt/bin/python3 agent.py"])
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

    @Test("a cost that is gone because a model has no price says which")
    func lostCost() {
        var command = CommandConfiguration(run: ["agent"])
        command.prices = [ModelPrice(model: "large", prompt: 1, completion: 1)]
        let session = Fixtures.commandSession([Fixtures.commandRun(1, calls: [Fixtures.asked(1)])], command)
        let doubt = Comparison(session: session, baseline: nil, policy: Policy()).lost(
            CheckID(stage: .run, metric: "cost"))
        #expect(doubt.outcome == .missing && doubt.explanation.hasSuffix("and now smollm2:135m has no price"))
        #expect(doubt.remedy.hasPrefix("Add the price below 'prices'"))
    }

    @Test("what is demanded of a stage whose rule fits no call is missing, with a tolerance and with a budget")
    func silentStage() throws {
        var command = CommandConfiguration(run: ["python3", "agent.py"])
        command.stages = [StageRule(name: "embed", match: .model("nomic"))]
        let runs = (1...5).map { Fixtures.commandRun($0, calls: [Fixtures.asked(1)], wall: 8 + Double($0) / 100) }
        let measured = Fixtures.commandSession(runs, command)
        let policy = Policy(metrics: [
            MetricPolicy(metric: "total", stage: "embed", tolerance: .relative(percent: 5)),
            MetricPolicy(metric: "calls", stage: .run, budget: Budget(max: 6)),
            MetricPolicy(metric: "connect", stage: "embed", budget: Budget(max: 1)),
        ])
        let judgement = judge(measured, against: measured, policy: policy)
        #expect(judgement.overall == .regression)
        let lost = judgement.verdicts.filter { $0.outcome == .missing }
        #expect(Set(lost.map(\.name)) == ["total.p50", "connect.budget"])
        #expect(
            lost.first { $0.demand == .tolerance }?.explanation
                == "embed/total is demanded, but no call was of its stage, whose rule (model: nomic) fits none")
        // Nobody demands anything of it.
        #expect(judge(measured, against: measured).overall == .pass)
    }

    @Test("where every run failed it is said after how many valid calls, and whether the server was why")
    func failedAfterCalls() {
        func judgement(_ kind: InvalidCall.Kind?, runs: Int = 1) -> Judgement {
            let calls = [Fixtures.asked(1), Fixtures.asked(2)]
            let call = kind.map {
                FailedCall(number: 3, stage: "judge", reason: InvalidCall($0, "HTTP 404: what it said"))
            }
            let failure = RunFailure(.exitCode, "the command ended with exit status 1", call: call)
            return judge(
                Fixtures.commandSession((1...runs).map { Fixtures.commandRun($0, calls: calls, failure: failure) }),
                against: session(calls: 2))
        }
        let own = judgement(nil)
        #expect(own.exitCode == 4)
        #expect(
            own.failures.first?.message
                == "The run of the command failed: run 1, after 2 valid calls: the command ended with exit status 1")
        #expect(
            own.failures.first?.remedy
                == "Mend the command, then run again; nothing was compared. What the command"
                + " wrote is in runs/0001/stderr.txt and runs/0001/stdout.txt.")
        let unrecorded = judgement(.notRecorded, runs: 3)
        #expect(unrecorded.exitCode == 4)
        #expect(
            unrecorded.failures.first?.message
                == "Every run of the command failed, the first: run 1, after 2 valid calls:"
                + " call 3 (judge) got no valid answer: HTTP 404: what it said; the command ended with exit status 1")
        #expect(unrecorded.failures.first?.remedy.hasPrefix("Record the command again") == true)
        let broken = judgement(.httpStatus)
        #expect(broken.exitCode == 69 && broken.failures.first?.remedy.hasPrefix("Mend the server") == true)
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
