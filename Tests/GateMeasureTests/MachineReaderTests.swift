import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateMeasure

@Suite struct `Machine readings` {
    private let stat = """
        cpu  1000 200 300 4000 50 6 70 80 900 0
        cpu0 500 100 150 2000 25 3 35 40 450 0
        intr 12345 0 0
        """
    private let pressure = """
        some avg10=12.50 avg60=3.00 avg300=1.00 total=1565169799
        full avg10=0.00 avg60=0.00 avg300=0.00 total=7
        """

    @Test("/proc/stat: all processors' time, in which guests are counted once, and what was stolen")
    func cpuTime() {
        // 1000 + 200 + 300 + 4000 + 50 + 6 + 70 + 80 ticks of 10 ms.
        #expect(
            CPUTime(procStat: stat, ticksPerSecond: 100) == CPUTime(totalSeconds: 57.06, stolenSeconds: 0.8))
    }

    @Test(
        "a text that is not /proc/stat gives nothing",
        arguments: [
            "", "cpu", "cpu ", "cpu0 1 2 3 4 5 6 7 8", "cpu  1 2 3 4 5 6 7", "cpu  1 2 x 4 5 6 7 8 9 10",
            "cpu  1 2 3 4 5 6 7 -8", "cpu  1 2 3 4 5 6 7 99999999999999999999999", "\u{0}\u{fffd}",
        ])
    func noCPUTime(text: String) {
        #expect(CPUTime(procStat: text, ticksPerSecond: 100) == nil)
    }

    @Test("/proc/pressure: the share of ten seconds, and the time since the machine began")
    func stall() {
        #expect(StallTime(pressure: pressure) == StallTime(recentShare: 0.125, totalSeconds: 1565.169799))
    }

    @Test(
        "a text that is no pressure file gives nothing",
        arguments: [
            "", "some", "full avg10=0.00 total=7", "some avg10=1.0", "some total=5", "some avg10=nan total=1",
            "some avg10=101 total=1", "some avg10=1 total=-1", "some avg10=1 total=inf", "some avg10 total",
        ])
    func noStall(text: String) {
        #expect(StallTime(pressure: text) == nil)
    }

    @Test("/proc/cpuinfo and cpufreq: the slowest and the fastest clock")
    func frequency() {
        let info = "processor\t: 0\ncpu MHz\t\t: 2596.140\n\nprocessor\t: 1\ncpu MHz\t\t: 800.5\n"
        #expect(CPUFrequency(cpuInfo: info) == CPUFrequency(slowestHertz: 800.5e6, fastestHertz: 2596.140e6))
        #expect(
            CPUFrequency(scaling: ["800000\n", "3400000\n", "<unknown>\n"])
                == CPUFrequency(slowestHertz: 8e8, fastestHertz: 3.4e9))
        #expect(CPUFrequency(cpuInfo: "processor\t: 0\nBogoMIPS\t: 50.00\n") == nil)
        #expect(CPUFrequency(scaling: []) == nil)
        #expect(CPUFrequency(scaling: ["0\n", "nan"]) == nil)
    }

    @Test("the files are found where Linux has them, cpufreq before cpuinfo")
    func files() throws {
        let folder = try TemporaryFolder()
        try folder.write(stat, to: "proc/stat")
        for resource in ["cpu", "io", "memory"] { try folder.write(pressure, to: "proc/pressure/\(resource)") }
        try folder.write("cpu MHz : 1000\n", to: "proc/cpuinfo")
        let reader = MachineReader(root: folder.url.path)
        #expect(reader.read().cpuFrequency?.fastestHertz == 1e9)
        try folder.write("3400000\n", to: "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq")
        let reading = reader.read()
        #expect(reading.cpuFrequency == CPUFrequency(slowestHertz: 3.4e9, fastestHertz: 3.4e9))
        let ticks = Double(sysconf(Int32(clamping: _SC_CLK_TCK)))
        #expect(reading.cpuTime == CPUTime(procStat: stat, ticksPerSecond: ticks))
        let stall = StallTime(pressure: pressure)
        #expect([reading.cpuStall, reading.ioStall, reading.memoryStall] == [stall, stall, stall])
    }

    @Test("where the system has none of these files, the rest is read all the same")
    func elsewhere() throws {
        let folder = try TemporaryFolder()
        let reading = MachineReader(root: folder.url.path).read()
        #expect(reading.cpuTime == nil && reading.cpuFrequency == nil && reading.cpuStall == nil)
        #expect(reading.ioStall == nil && reading.memoryStall == nil)
        #expect(reading.loadAverage != nil)
        #expect((reading.own?.cpuSeconds ?? 0) > 0)
        #expect(reading.monotonicNs > .zero)
    }

    @Test("this machine tells its CPU time, and the counters do not fall")
    func thisMachine() throws {
        let before = MachineReader().read()
        let after = MachineReader().read()
        #expect(try #require(before.cpuTime).totalSeconds <= #require(after.cpuTime).totalSeconds)
        #expect(try #require(before.own).cpuSeconds <= #require(after.own).cpuSeconds)
        #expect(before.monotonicNs < after.monotonicNs)
    }

    @Test("what reading the corpus used is counted apart, and its result comes back")
    func ingest() throws {
        let watch = RunWatch()
        #expect(try watch.ingesting { () throws -> Int in (1...2_000_000).reduce(0) { $0 &+ $1 * $1 } } != 0)
        let interference = watch.finish()
        let whole = try #require(interference.end.own) - (try #require(interference.start.own))
        let ingest = try #require(interference.ingest)
        #expect(ingest.cpuSeconds > 0 && ingest.cpuSeconds <= whole.cpuSeconds)
        #expect(RunWatch().finish().ingest == nil)
    }

    @Test("a system file is read to its end, a missing one or a folder is none, and a FIFO is not waited for")
    func systemFile() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "processor : 0\n", count: 20_000)
        try folder.write(text, to: "cpuinfo")
        #expect(SystemFile.text(folder.url.appending(path: "cpuinfo").path) == text)
        #expect(SystemFile.text(folder.url.path) == nil)
        #expect(SystemFile.text(folder.url.appending(path: "missing").path) == nil)
        let fifo = folder.url.appending(path: "fifo").path
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(SystemFile.text(fifo) == "")
    }
}
