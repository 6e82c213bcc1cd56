import GateCore
import TestSupport
import Testing

@Suite struct `Interference warnings` {
    private func warnings(_ runs: [Run], url: String = "http://127.0.0.1:8080") -> [Warning] {
        var session = Fixtures.session(runs: runs)
        session = Session(
            id: session.id, toolVersion: session.toolVersion, workload: session.workload,
            machineClass: session.machineClass, startedAt: session.startedAt, finishedAt: session.finishedAt,
            environment: session.environment,
            origin: .server(ServerIdentity(api: .openai, product: "llama-server", version: nil, url: url)),
            model: session.model, corpus: session.corpus, configuration: session.configuration, serverStarts: [],
            runs: runs, warnings: [])
        return session.interferenceWarnings()
    }

    private func messages(_ interference: Interference..., url: String = "http://127.0.0.1:8080") -> [String] {
        warnings(interference.enumerated().map { Fixtures.run($0 + 1, interference: $1) }, url: url).map(\.message)
    }

    private func short(_ seconds: Double, cpuStall: Double, stolen: Double = 0) -> Interference {
        func reading(at seconds: Double) -> MachineReading {
            MachineReading(
                monotonicNs: Nanoseconds(seconds: 100 + seconds),
                cpuTime: CPUTime(totalSeconds: 50 + 2 * seconds, stolenSeconds: 3 + 2 * seconds * stolen),
                cpuStall: StallTime(recentShare: 0, totalSeconds: 7 + cpuStall * seconds))
        }
        return Interference(start: reading(at: 0), end: reading(at: seconds), ingest: nil)
    }

    @Test("runs that are shorter than a second are judged together, as if they were one")
    func together() {
        let waiting = [Interference](repeating: short(0.3, cpuStall: 0.8, stolen: 0.1), count: 4)
        let found = warnings(waiting.enumerated().map { Fixtures.run($0 + 1, interference: $1) }).map(\.message)
        #expect(found.count == 2)
        #expect(found[0].hasPrefix("the hypervisor gave 10.0% of the CPU time"))
        #expect(
            found[1]
                == "tasks that could have run waited for a CPU 80.0% of the time in the runs shorter than 1 s together")
        let quiet = [Interference](repeating: short(0.3, cpuStall: 0.02), count: 4)
        #expect(warnings(quiet.enumerated().map { Fixtures.run($0 + 1, interference: $1) }).isEmpty)
    }

    @Test("where even all runs together are too short, that is said once")
    func tooShort() {
        let found = messages(short(0.2, cpuStall: 1), short(0.3, cpuStall: 1))
        #expect(
            found == [
                "all measured runs together take 0.50 s, too short to tell what others took of the machine meanwhile"
            ])
    }

    @Test("a quiet machine is no warning, and neither is a session of before it was watched")
    func quiet() {
        #expect(messages(Fixtures.interference(), Fixtures.interference()) == [])
        #expect(warnings([Fixtures.run(1), Fixtures.run(2)]) == [])
        let nothing = MachineReading(monotonicNs: .zero)
        let later = MachineReading(monotonicNs: Nanoseconds(seconds: 9))
        #expect(messages(Interference(start: nothing, end: later, ingest: nil)) == [])
    }

    @Test("steal is said with its worst share and the runs that had it")
    func steal() {
        let quiet = Fixtures.interference(stolen: 0.019)
        #expect(
            messages(quiet, Fixtures.interference(stolen: 0.071), quiet) == [
                "the hypervisor gave 7.1% of the CPU time to other machines in run 2"
            ])
        #expect(
            messages(Fixtures.interference(stolen: 0.03), quiet, Fixtures.interference(stolen: 0.05)) == [
                "the hypervisor gave 5.0% of the CPU time to other machines in runs 1, 3 (the worst of them)"
            ])
    }

    @Test("waiting for CPU, disks and memory is said apart, from its own limit on")
    func stalls() {
        #expect(messages(Fixtures.interference(cpuStall: 0.09, ioStall: 0.19, memoryStall: 0.019)) == [])
        #expect(
            messages(Fixtures.interference(cpuStall: 0.35, ioStall: 0.25, memoryStall: 0.03)) == [
                "tasks that could have run waited for a CPU 35.0% of the time in run 1",
                "tasks waited for a disk 25.0% of the time in run 1",
                "tasks waited for memory 3.0% of the time in run 1",
            ])
    }

    @Test("load counts before the first call, and beside a server on another machine at any time")
    func load() {
        let calm = Fixtures.interference()
        let busy = Fixtures.interference(load: 3.25, recentStall: 0.5)
        let expected = ["the machine was busy with other work: load average 3.3 on 2 CPUs"]
        #expect(messages(busy, calm) == expected)
        #expect(messages(calm, busy) == [])
        #expect(messages(calm, busy, url: "http://gpu.example.org:8080") == expected)
        // The server's name is the machine's own.
        #expect(messages(calm, busy, url: "http://runner-7:8080") == [])
    }

    @Test("a load of the minute before that nobody waits for any more is over")
    func pastLoad() {
        #expect(messages(Fixtures.interference(load: 9, recentStall: 0.02)) == [])
        let busy = Fixtures.interference(load: 9)
        var start = busy.start
        start.cpuStall = nil
        // Where the kernel does not tell who waits, the load is all there is.
        #expect(messages(Interference(start: start, end: busy.end, ingest: nil)).count == 1)
    }

    @Test("our own CPU time counts without that of reading the corpus")
    func ownUse() {
        let use = OwnUse(cpuSeconds: 4, involuntarySwitches: 5)
        // The two stages of the fixture take 10.2 s.
        #expect(
            messages(Fixtures.interference(own: use)) == [
                "chimera-gate itself took 39.2% of a CPU during the calls in run 1"
            ])
        let ingest = OwnUse(cpuSeconds: 3.5, involuntarySwitches: 0)
        #expect(messages(Fixtures.interference(own: use, ingest: ingest)) == [])
    }

    @Test("under a load of many requests, our own use may be large, and a server beside us makes tasks wait")
    func manyRequests() {
        func run(cpu: Double) -> Run {
            let base = Fixtures.loadSession([Fixtures.window()]).runs[0]
            let interference = Fixtures.interference(
                cpuStall: 0.9, own: OwnUse(cpuSeconds: cpu, involuntarySwitches: 900))
            return Run(
                index: 1, isWarmup: false, startedAt: base.startedAt, stages: [], measurements: [:], reportFile: nil,
                factsFile: nil, load: base.load, interference: interference)
        }
        #expect(warnings([run(cpu: 7)]).map(\.message) == [])
        #expect(
            warnings([run(cpu: 9)]).map(\.message) == [
                "chimera-gate itself took 90.0% of a CPU during the calls in run 1"
            ])
        #expect(
            warnings([run(cpu: 7)], url: "http://gpu.example.org:8080").map(\.message) == [
                "tasks that could have run waited for a CPU 90.0% of the time in run 1"
            ])
    }

    @Test("being taken off the CPU counts by the content that arrived")
    func switches() {
        func use(_ count: Int) -> OwnUse { OwnUse(cpuSeconds: 0, involuntarySwitches: count) }
        // 400 pieces of content in the two calls of the fixture.
        #expect(messages(Fixtures.interference(own: use(20))) == [])
        #expect(
            messages(Fixtures.interference(own: use(60))) == [
                "chimera-gate was taken off its CPU 15 times for every 100 pieces of content in run 1, so that time"
                    + " stamps may be late"
            ])
        #expect(messages(Fixtures.interference(own: use(60), ingest: use(45))) == [])
    }

    @Test("a clock that falls between runs is said; one that rests before them is not")
    func frequency() {
        #expect(messages(Fixtures.interference(endHertz: 3e9), Fixtures.interference(endHertz: 2.5e9)) == [])
        #expect(
            messages(Fixtures.interference(endHertz: 3e9), Fixtures.interference(endHertz: 2.1e9)) == [
                "the CPU's clock changed between runs, from 3000 to 2100 MHz"
            ])
    }

    @Test("warm-up runs are not judged, and neither is less than a second, which is said")
    func leftOut() {
        let bad = Fixtures.interference(stolen: 0.5, cpuStall: 0.9)
        #expect(warnings([Fixtures.run(1, isWarmup: true, interference: bad), Fixtures.run(2)]) == [])
        var end = bad.end
        end.monotonicNs = bad.start.monotonicNs + Nanoseconds(seconds: 0.9)
        #expect(
            messages(Interference(start: bad.start, end: end, ingest: nil)) == [
                "all measured runs together take 0.90 s, too short to tell what others took of the machine meanwhile"
            ])
    }

    @Test("every warning says what to do")
    func remedies() {
        let bad = Fixtures.interference(
            load: 9, recentStall: 0.9, stolen: 0.5, cpuStall: 0.9, ioStall: 0.9, memoryStall: 0.9,
            own: OwnUse(cpuSeconds: 9, involuntarySwitches: 900), endHertz: 3e9)
        let found = warnings([
            Fixtures.run(1, interference: bad), Fixtures.run(2, interference: Fixtures.interference(endHertz: 1e9)),
        ])
        #expect(found.count == 8)
        #expect(found.allSatisfy { $0.remedy.hasSuffix(".") && !$0.message.hasSuffix(".") })
    }

    @Test("shares stay between 0 and 1 where counters do not")
    func counters() {
        let usual = Fixtures.interference(stolen: 0.5, cpuStall: 0.5)
        let backwards = Interference(start: usual.end, end: usual.start, ingest: nil)
        #expect(backwards.stolenShare == nil)
        #expect(backwards.stalledShare(\.cpuStall) == nil)
        #expect(Fixtures.interference(cpuStall: 1.5).stalledShare(\.cpuStall) == 1)
        #expect(Fixtures.interference(stolen: -0.5).stolenShare == 0)
    }
}
