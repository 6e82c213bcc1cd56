import GateCore

// What Linux says of the machine in text files (proc(5), the kernel's accounting/psi.rst and cpu-freq/user-guide.rst).
// Pure: nil for a text that is not of that form.

extension CPUTime {
    /// - Parameters:
    ///   - text: `/proc/stat`.
    ///   - ticksPerSecond: the unit of its figures.
    init?(procStat text: String, ticksPerSecond: Double) {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("cpu ") }) else { return nil }
        let ticks = line.split(separator: " ").dropFirst().map { field in UInt64(field).map { Double($0) } }
        // user nice system idle iowait irq softirq steal; what follows (guests) is in user and nice already.
        let known = ticks.prefix(8).compactMap(\.self)
        guard known.count == 8, ticksPerSecond > 0 else { return nil }
        self.init(totalSeconds: known.reduce(0, +) / ticksPerSecond, stolenSeconds: known[7] / ticksPerSecond)
    }
}

extension StallTime {
    /// - Parameter text: a file of `/proc/pressure`.
    init?(pressure text: String) {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("some ") }) else { return nil }
        var values: [Substring: Double] = [:]
        for field in line.split(separator: " ").dropFirst() {
            let pair = field.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { values[pair[0]] = Double(pair[1]) }
        }
        guard let percent = values["avg10"], (0...100).contains(percent), let microseconds = values["total"],
            microseconds >= 0, microseconds.isFinite
        else { return nil }
        self.init(recentShare: percent / 100, totalSeconds: microseconds / 1e6)
    }
}

extension CPUFrequency {
    /// - Parameter hertz: of each processor; nil where there is none.
    init?(_ hertz: [Double]) {
        let running = hertz.filter { $0 > 0 && $0.isFinite }
        guard let slowest = running.min(), let fastest = running.max() else { return nil }
        self.init(slowestHertz: slowest, fastestHertz: fastest)
    }

    /// - Parameter text: `/proc/cpuinfo`, which tells it on x86.
    init?(cpuInfo text: String) {
        self.init(
            text.split(separator: "\n").filter { $0.hasPrefix("cpu MHz") }.compactMap { line in
                let value = line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
                return Double(value).map { $0 * 1e6 }
            })
    }

    /// - Parameter files: `scaling_cur_freq` of each processor, in kHz.
    init?(scaling files: [String]) {
        self.init(files.compactMap { text in Double(text.prefix { $0 != "\n" }).map { $0 * 1e3 } })
    }
}
