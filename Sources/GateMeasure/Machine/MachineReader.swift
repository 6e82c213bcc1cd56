import GateClock
import GateCore
import GateStream
import Glibc

/// Reads what the machine and we have done so far. Where a file of the kernel's is not there, as in a closed
/// container, its figures are absent and the rest is as good as ever.
struct MachineReader {
    /// Before `/proc` and `/sys`: only tests have another.
    var root = ""

    func read() -> MachineReading {
        MachineReading(
            monotonicNs: Nanoseconds(MonotonicClock.now()), loadAverage: MachineReader.loadAverage(),
            cpuTime: text("/proc/stat").flatMap {
                CPUTime(procStat: $0, ticksPerSecond: Double(sysconf(Int32(clamping: _SC_CLK_TCK))))
            },
            cpuFrequency: frequency(), cpuStall: stall("cpu"), ioStall: stall("io"), memoryStall: stall("memory"),
            own: MachineReader.ownUse())
    }

    /// Runnable tasks over the last minute.
    static func loadAverage() -> Double? {
        var loads = [0.0]
        return getloadavg(&loads, 1) == 1 ? loads[0] : nil
    }

    /// What this process has used since it began.
    static func ownUse() -> OwnUse? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return OwnUse(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), involuntarySwitches: Int(usage.ru_nivcsw))
    }

    private func stall(_ resource: String) -> StallTime? {
        text("/proc/pressure/\(resource)").flatMap(StallTime.init(pressure:))
    }

    private func frequency() -> CPUFrequency? {
        let scaling = (0..<max(1, sysconf(Int32(clamping: _SC_NPROCESSORS_CONF)))).compactMap { cpu in
            text("/sys/devices/system/cpu/cpu\(cpu)/cpufreq/scaling_cur_freq")
        }
        return CPUFrequency(scaling: scaling) ?? text("/proc/cpuinfo").flatMap(CPUFrequency.init(cpuInfo:))
    }

    private func text(_ path: String) -> String? { SystemFile.text(root + path) }
}

/// A file that the kernel makes up as it is read, so that its size is not known before.
enum SystemFile {
    /// `/proc/cpuinfo` has some 1.5 KB for each processor.
    private static let largest = 4 << 20

    /// nil where it cannot be read.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < largest {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
