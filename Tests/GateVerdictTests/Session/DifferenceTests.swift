import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite("What differs besides the figures") struct DifferenceTests {
    private func load(_ change: (inout LoadConfiguration) -> Void) -> Session {
        var load = LoadConfiguration(concurrency: 4, extent: .requests(16))
        change(&load)
        return Fixtures.loadSession(load: load)
    }

    private struct Shape: CustomTestStringConvertible {
        let what: String
        let before: String
        let now: String
        let change: @Sendable (inout LoadConfiguration) -> Void
        var testDescription: String { what }
    }

    private static let shapes = [
        Shape(what: "concurrency", before: "4", now: "8") { $0.concurrency = 8 },
        Shape(what: "requests", before: "16", now: "64") { $0.extent = .requests(64) },
        Shape(what: "duration", before: "not set", now: "30.0 s") { $0.extent = .seconds(30) },
        Shape(what: "rate", before: "not set", now: "2.00 req/s") {
            $0.openLoop = OpenLoop(rate: 2, arrivals: .constant, seed: 1)
        },
        Shape(what: "ramp", before: "not set", now: "up to 64") { $0.rampLimit = 64 },
        Shape(what: "limits", before: "not set", now: "ttft at most 500.00 ms") {
            $0.limits = [LoadLimit(metric: "ttft", value: 0.5)]
        },
    ]

    @Test("a load of another shape has no verdict and status 6, whichever of both is the baseline")
    func shapes() {
        for shape in Self.shapes {
            let (one, other) = (load { _ in }, load(shape.change))
            for (approved, judged, was, now) in [
                (one, other, shape.before, shape.now), (other, one, shape.now, shape.before),
            ] {
                let judgement = GateVerdict.Judge.judge(
                    session: judged, against: .baseline(Fixtures.baseline(approved)), policy: Policy())
                #expect(judgement.overall == .baselineIncomparable && judgement.exitCode == 6, "\(shape.what)")
                #expect(judgement.verdicts.allSatisfy { $0.demand == .budget })
                let named = "\(shape.what): \(was) there, \(now) here"
                #expect(judgement.failures.first?.message.contains(named) == true, "\(judgement.failures)")
            }
        }
        let same = GateVerdict.Judge.judge(
            session: load { _ in }, against: .baseline(Fixtures.baseline(load { _ in })), policy: Policy())
        #expect(same.overall == .pass)
    }

    /// The session with another agent.
    private func session(_ change: (inout AgentConfiguration) -> Void, prompts: String? = nil) -> Session {
        let other = Fixtures.session()
        var configuration = other.configuration
        change(&configuration.agent)
        return Session(
            id: other.id, toolVersion: "0.2.0", workload: other.workload, machineClass: other.machineClass,
            startedAt: other.startedAt, finishedAt: other.finishedAt, environment: other.environment,
            origin: other.origin, model: other.model, corpus: other.corpus, configuration: configuration,
            serverStarts: [], runs: other.runs, warnings: [], prompts: prompts)
    }

    @Test("persona, options, prompt cache, prompts and version are compared, and are warnings")
    func work() throws {
        let before = Fixtures.baseline(session({ _ in }, prompts: String(repeating: "a", count: 64)))
        let now = session(
            {
                $0.persona = "You compare benchmarks, at length."
                $0.topP = 0.5
                $0.promptCache = .allow
                $0.maxTokens = 100
            }, prompts: String(repeating: "b", count: 64))
        let found = Differences.list(from: before, to: now)
        #expect(
            found.map(\.what) == ["persona", "prompts of the workload", "top_p", "max_tokens", "prompt_cache"])
        #expect(found[0].before == "'…u compare benchmarks.' (23 characters)")
        #expect(found[0].now == "'…u compare benchmarks, at length.' (34 characters)")
        #expect(found.allSatisfy { $0.kind == .work && $0.isOfSubstance && !$0.isIncomparable(under: .all) })
        let judgement = GateVerdict.Judge.judge(session: now, against: .baseline(before), policy: Policy())
        #expect(judgement.differences == found)
        #expect(
            judgement.warnings.contains { $0.message == "max_tokens differs from the baseline: 256 there, 100 here" })
        let version = Differences.list(from: Fixtures.baseline(), to: session { _ in })
        #expect(version.map(\.what) == ["chimera-gate"] && version.allSatisfy { !$0.isOfSubstance })
        let own = Differences.list(from: before, to: session({ $0.persona = nil }, prompts: nil))
        #expect(own.map(\.now) == ["the workload's own"])
    }

    @Test("base and head of a pair say how they differ")
    func arms() {
        var base = Fixtures.base()
        let head = Fixtures.session(base: base)
        #expect(Differences.ofArms(head).isEmpty)
        #expect(Differences.ofArms(Fixtures.session()).isEmpty)
        var configuration = base.configuration
        configuration.agent.maxTokens = 120
        configuration.agent.persona = nil
        base = BaseArm(
            revision: base.revision, headRevision: base.headRevision, seed: base.seed, server: base.server,
            model: base.model, corpus: base.corpus, configuration: configuration, serverStarts: [])
        let found = Differences.ofArms(Fixtures.session(base: base))
        #expect(found.map(\.what) == ["persona", "max_tokens"])
        #expect(found.last.map { [$0.before, $0.now] } == ["120", "256"])
    }
}

@Suite("A machine that others use") struct BusyMachineTests {
    private func session(ttft: Double, runs: Int, load: Double, policy: Policy = Policy()) -> Session {
        Fixtures.session(
            runs: (1...runs).map { index in
                Fixtures.run(
                    index,
                    calls: [
                        Fixtures.call(.analysis, run: index, ttft: ttft), Fixtures.call(.report, run: index),
                    ], interference: Fixtures.interference(load: load, recentStall: load > 2 ? 0.5 : 0.01))
            }, policy: policy)
    }

    private func judge(_ session: Session, _ policy: Policy = Policy()) -> Judgement {
        GateVerdict.Judge.judge(session: session, against: .baseline(Fixtures.baseline()), policy: policy)
    }

    private func outcome(_ judgement: Judgement) -> Verdict? {
        judgement.verdicts.first { $0.check == CheckID(stage: .analysis, metric: "ttft") && $0.demand == .tolerance }
    }

    @Test("single runs convict on a quiet machine, and nobody by noise that the session itself reports")
    func singleRuns() throws {
        #expect(judge(session(ttft: 0.5, runs: 1, load: 0.4)).overall == .regression)
        let busy = judge(session(ttft: 0.5, runs: 1, load: 4.7))
        #expect(busy.overall == .inconclusive && busy.exitCode == 0)
        let found = try #require(outcome(busy))
        #expect(found.outcome == .inconclusive)
        #expect(found.explanation.hasSuffix("; but the machine was busy with other work: load average 4.7 on 2 CPUs"))
        #expect(judge(session(ttft: 0.5, runs: 3, load: 4.7)).overall == .regression)
        // 4.7 others on 2 CPUs make nothing eight times as long.
        #expect(judge(session(ttft: 2, runs: 1, load: 4.7)).overall == .regression)
        let budget = Policy(metrics: [MetricPolicy(metric: "ttft", budget: Budget(max: 0.3))])
        #expect(judge(session(ttft: 0.5, runs: 2, load: 4.7), budget).overall == .inconclusive)
        #expect(judge(session(ttft: 0.5, runs: 3, load: 4.7), budget).overall == .regression)
    }

    @Test("under 'machine_busy: fail' a busy machine ends with 75, whatever its figures say")
    func policy() {
        let policy = Policy(machineBusy: .fail)
        for ttft in [0.25, 0.5] {
            let judgement = judge(session(ttft: ttft, runs: 5, load: 4.7), policy)
            #expect(judgement.overall == .machineBusy && judgement.exitCode == 75)
            #expect(judgement.failures.first?.message.contains("load average 4.7 on 2 CPUs") == true)
        }
        #expect(judge(session(ttft: 0.5, runs: 5, load: 0.4), policy).overall == .regression)
        #expect(judge(session(ttft: 0.25, runs: 5, load: 0.4), policy).overall == .pass)
    }

    @Test("what outranks what: figures, reports, server and machine, baseline, doubt")
    func precedence() {
        let order = OverallVerdict.allCases.map { $0.exit(inconclusive: .fail).rawValue }
        #expect(order == [7, 1, 3, 69, 75, 6, 6, 6, 6, 5, 0, 0])
        #expect(OverallVerdict.inconclusive.exit(inconclusive: .warn) == .pass)
    }
}
