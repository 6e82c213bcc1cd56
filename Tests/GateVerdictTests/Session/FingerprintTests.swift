import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite("Figures of another machine") struct FingerprintTests {
    /// A session of a class that is declared, slower by half, whose machine or server is another one.
    private func slower(_ change: (inout Environment, inout ServerIdentity, inout ModelIdentity) -> Void) -> Session {
        session(ttft: 0.5, change)
    }

    private func session(
        ttft: Double = 0.25, _ change: (inout Environment, inout ServerIdentity, inout ModelIdentity) -> Void
    ) -> Session {
        let session = Fixtures.session(
            runs: (1...5).map { index in
                let calls = [StageName.analysis, .report].map { Fixtures.call($0, run: index, ttft: ttft) }
                return Fixtures.run(index, calls: calls)
            })
        var (environment, server, model) = (session.environment, Fixtures.server, session.model)
        environment.gpus = []
        environment.virtualization = "QEMU"
        server.options = ServerOptions(slots: 1, contextLength: 8192)
        change(&environment, &server, &model)
        return Session(
            id: session.id, toolVersion: session.toolVersion, workload: session.workload,
            machineClass: session.machineClass, startedAt: session.startedAt, finishedAt: session.finishedAt,
            environment: environment, origin: .server(server), model: model, corpus: session.corpus,
            configuration: session.configuration, serverStarts: [], runs: session.runs, warnings: [])
    }

    private var baseline: Baseline { Fixtures.baseline(session { _, _, _ in }) }

    private func judge(_ session: Session, _ policy: Policy = Policy()) -> Judgement {
        GateVerdict.Judge.judge(session: session, against: .baseline(baseline), policy: policy)
    }

    private struct Other: CustomTestStringConvertible {
        let what: String
        let words: String
        let change: @Sendable (inout Environment, inout ServerIdentity, inout ModelIdentity) -> Void
        var isMachine = true
        var testDescription: String { what }
    }

    private static let others = [
        Other(what: "CPU", words: "CPU: AMD EPYC 7763 there, Xeon here") { machine, _, _ in machine.cpuModel = "Xeon" },
        Other(what: "CPU count", words: "CPU count: 2 there, 64 here") { machine, _, _ in machine.cpuCount = 64 },
        Other(what: "limit of CPUs", words: "CPU count: 2 there, 1.50 of 2 (limited) here") { machine, _, _ in
            machine.limits = ContainerLimits(cpus: 1.5)
        },
        Other(what: "memory", words: "memory: 8.0 GiB there, 16.0 GiB here") { machine, _, _ in
            machine.memoryBytes = 16 << 30
        },
        Other(what: "limit of memory", words: "memory: 8.0 GiB there, 2.0 GiB (limited) here") { machine, _, _ in
            machine.limits = ContainerLimits(memoryBytes: 2 << 30)
        },
        Other(what: "GPU", words: "GPU: none there, NVIDIA A10G (24 GiB) here") { machine, _, _ in
            machine.gpus = [GPUIdentity(name: "NVIDIA A10G", memoryBytes: 24 << 30)]
        },
        Other(what: "virtualisation", words: "virtualization: QEMU there, none here") { machine, _, _ in
            machine.virtualization = "none"
        },
        Other(
            what: "version", words: "server version: b4000 there, b5000 here",
            change: { _, server, _ in server.version = "b5000" }, isMachine: false),
        Other(
            what: "digest", words: "model digest: sha256:9077fe9d2ae1 there, sha256:0 here",
            change: { _, _, model in model.digest = "sha256:0" }, isMachine: false),
        Other(
            what: "quantisation", words: "quantization: Q8_0 there, Q4_1 here",
            change: { _, _, model in model.quantization = "Q4_1" }, isMachine: false),
    ]

    @Test("a slower session of the baseline's own machine is convicted")
    func same() {
        #expect(judge(session { _, _, _ in }).overall == .pass)
        #expect(judge(slower { _, _, _ in }).overall == .regression)
    }

    @Test("one of another machine, server or model is no verdict about speed, though both call themselves the same")
    func other() {
        for other in Self.others {
            let judgement = judge(slower(other.change))
            #expect(judgement.overall == .baselineIncomparable && judgement.exitCode == 6, "\(other.what)")
            #expect(judgement.verdicts.allSatisfy { $0.demand == .budget }, "\(other.what)")
            let failure = judgement.failures.first
            #expect(failure?.message.contains(other.words) == true, "\(other.what): \(failure?.message ?? "")")
            #expect(failure?.remedy.contains("--base-ref") == true, "\(other.what)")
            #expect(failure?.remedy.contains("machine_class") == other.isMachine, "\(other.what)")
        }
    }

    @Test("where the server runs elsewhere the machine may be another one, the server may not")
    func elsewhere() {
        for other in Self.others {
            let judgement = judge(slower(other.change), Policy(fingerprint: .server))
            #expect(judgement.overall == (other.isMachine ? .regression : .baselineIncomparable), "\(other.what)")
        }
    }

    @Test(
        "kernel, system, driver and a little less memory are said and block nothing; what nobody knows is no difference"
    )
    func surroundings() {
        let found = judge(
            session { machine, server, model in
                machine.kernel = "6.12"
                machine.operatingSystem = "Fedora"
                machine.memoryBytes = 8 << 30 - 200 << 20
                machine.gpus = nil
                machine.virtualization = nil
                server.options = nil
                model.digest = nil
            })
        #expect(found.overall == .pass)
        #expect(found.differences?.map(\.what) == ["operating system", "kernel"])
        #expect(!found.warnings.contains { $0.message.contains("kernel") })
        let slots = judge(session { _, server, _ in server.options = ServerOptions(slots: 4, contextLength: 8192) })
        #expect(slots.overall == .pass)
        #expect(slots.warnings.contains { $0.message == "server's slots differs from the baseline: 1 there, 4 here" })
    }
}

@Suite("A baseline past its time to live") struct BaselineAgeTests {
    private func judge(
        ttft: Double, daysLater days: Int64, _ policy: Policy = Policy(), approvals: [CheckID: Approval] = [:]
    ) -> Judgement {
        let session = Fixtures.session(
            runs: (1...5).map { index in
                Fixtures.run(
                    index, calls: [StageName.analysis, .report].map { Fixtures.call($0, run: index, ttft: ttft) })
            }, startedAt: UTCTime(unixSeconds: Fixtures.start.unixSeconds + days * 86_400))
        return GateVerdict.Judge.judge(
            session: session, against: .baseline(Fixtures.baseline()), policy: policy, approvals: approvals)
    }

    @Test("convicts nobody: what it would convict ends with 6 and asks for pairs; what passes is said to rest on it")
    func expired() {
        #expect(judge(ttft: 0.5, daysLater: 90).overall == .regression)
        let late = judge(ttft: 0.5, daysLater: 91)
        #expect(late.overall == .baselineExpired && late.exitCode == 6)
        #expect(late.failures.first?.remedy.contains("--base-ref") == true)
        #expect(late.verdicts.allSatisfy { !$0.outcome.isRegression })
        let pass = judge(ttft: 0.25, daysLater: 91)
        #expect(pass.overall == .pass && pass.warnings.contains { $0.message.contains("91 days old") })
        #expect(judge(ttft: 0.5, daysLater: 91, Policy(baselineDays: 365)).overall == .regression)
    }

    @Test("a regression that the change approves blocks nothing, and says so; others block")
    func approved() {
        let found = judge(ttft: 0.5, daysLater: 0)
        let worse = found.verdicts.filter { $0.outcome == .regression }.map(\.check)
        #expect(worse == [StageName.analysis, .report].map { CheckID(stage: $0, metric: "ttft") })
        let all = judge(
            ttft: 0.5, daysLater: 0, approvals: Dictionary(uniqueKeysWithValues: worse.map { ($0, Fixtures.approval) }))
        #expect(all.overall == .pass && all.exitCode == 0)
        let verdict = all.verdicts.first { $0.check == worse[0] }
        #expect(verdict?.outcome == .approved)
        #expect(
            verdict?.explanation.hasPrefix(
                "regression, approved in this change by maintainers@example.org: first baseline (analysis/ttft") == true
        )
        #expect(judge(ttft: 0.5, daysLater: 0, approvals: [worse[0]: Fixtures.approval]).overall == .regression)
    }
}
