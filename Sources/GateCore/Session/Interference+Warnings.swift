/// Something that went on beside the measured runs and makes their figures doubtful.
public struct Disturbance: Sendable, Equatable {
    public let warning: Warning
    /// True for what others took: the machine is busy. False for our own use and for the CPU's clock.
    public let isOfOthers: Bool
    /// How many times longer it can make what it delays; nil where it does not say.
    public let slowdown: Double?
}

extension Session {
    /// What went on beside the measured runs, or in how they were measured, and makes their figures doubtful: one warning
    /// for each kind.
    public func interferenceWarnings() -> [Warning] {
        disturbances.map(\.warning) + [unwatched].compactMap(\.self) + instrumentWarnings()
    }

    /// What went on beside the measured runs, one of each kind.
    public var disturbances: [Disturbance] {
        // Of both arms: what disturbs the one is in the way of comparing it with the other.
        let runs = watchedRuns
        let long = runs.filter(\.isLong) + [WatchedRun(together: runs.filter { !$0.isLong })].compactMap(\.self)
        let others = [busyMachine(), steal(long)] + stalls(long)
        let rest = [ownUse(long), switches(long), frequency(runs)]
        func listed(_ found: [Found?], isOfOthers: Bool) -> [Disturbance] {
            found.compactMap { found in
                found.map { Disturbance(warning: $0.warning, isOfOthers: isOfOthers, slowdown: $0.slowdown) }
            }
        }
        return listed(others, isOfOthers: true) + listed(rest, isOfOthers: false)
    }

    private var watchedRuns: [WatchedRun] {
        runs.filter { !$0.isWarmup }.compactMap { run in run.interference.map { WatchedRun(run, $0) } }
    }

    /// That nobody can say what went on beside the runs: all of them together are over too soon.
    private var unwatched: Warning? {
        let runs = watchedRuns
        let seconds = runs.reduce(0) { $0 + $1.interference.wallSeconds }
        guard !runs.isEmpty, seconds < InterferenceLimit.shortestRunSeconds else { return nil }
        let least = DisplayFormat.seconds(InterferenceLimit.shortestRunSeconds, decimals: 0)
        return Warning(
            "all measured runs together take \(DisplayFormat.seconds(seconds, decimals: 2)), too short to tell what others"
                + " took of the machine meanwhile",
            remedy: "Make more runs, or longer ones: at least \(least) together.")
    }

    /// What is said of something that went on, and how many times longer it can have made a call.
    private typealias Found = (warning: Warning, slowdown: Double?)

    // MARK: - What others took

    /// Load that is not the server's: before the first call, or all of it where the server is elsewhere.
    private func busyMachine() -> Found? {
        var readings = runs.first.map { [$0.interference?.start] } ?? []
        if !isServerHere {
            readings += measuredRuns.flatMap { [$0.interference?.start, $0.interference?.end] }
        }
        let limit = InterferenceLimit.loadPerCPU * Double(environment.cpuCount)
        let loads = readings.compactMap(\.self).filter { reading in
            // The load of a minute may be over by now; nobody who waits says so.
            guard let stall = reading.cpuStall else { return true }
            return stall.recentShare > InterferenceLimit.cpuStallShare
        }.compactMap(\.loadAverage)
        guard let worst = loads.max(), worst > limit else { return nil }
        let warning = Warning(
            "the machine was busy with other work: load average \(DisplayFormat.fixed(worst, decimals: 1))"
                + " on \(environment.cpuCount) CPUs",
            remedy: "Measure on a machine that runs nothing else.")
        // What wants all CPUs gets its share of them beside the others.
        return (warning, 1 + worst / Double(max(1, environment.cpuCount)))
    }

    private var isServerHere: Bool { origin.server?.isOnThisMachine(named: environment.hostname) == true }

    private func steal(_ runs: [WatchedRun]) -> Found? {
        warning(runs.shares { $0.stolenShare }, above: InterferenceLimit.stolenShare) { worst, place in
            Warning(
                "the hypervisor gave \(worst) of the CPU time to other machines in \(place)",
                remedy: "Measure on a host that serves nobody else, or at a quieter hour.")
        }
    }

    private func stalls(_ runs: [WatchedRun]) -> [Found?] {
        // Many requests at a time make a server beside us and our client wait for each other: that is the load.
        let alone = runs.filter { !$0.isLoad || !isServerHere }
        return [
            warning(alone.shares { $0.stalledShare(\.cpuStall) }, above: InterferenceLimit.cpuStallShare) {
                Warning(
                    "tasks that could have run waited for a CPU \($0) of the time in \($1)",
                    remedy:
                        "End what runs beside the measurement, or give the model server fewer threads than there are"
                        + " CPUs.")
            },
            warning(runs.shares { $0.stalledShare(\.ioStall) }, above: InterferenceLimit.ioStallShare) {
                Warning(
                    "tasks waited for a disk \($0) of the time in \($1)",
                    remedy: "End what uses the disks, or see that the model stays in memory.")
            },
            warning(runs.shares { $0.stalledShare(\.memoryStall) }, above: InterferenceLimit.memoryStallShare) {
                Warning(
                    "tasks waited for memory \($0) of the time in \($1)",
                    remedy: "Free memory, or use a smaller model or context window.")
            },
        ]
    }

    // MARK: - What we took

    private func ownUse(_ runs: [WatchedRun]) -> Found? {
        // One run tells which limit holds: a session has one workload.
        let limit = runs.first?.isLoad != true ? InterferenceLimit.ownShare : InterferenceLimit.ownShareOfLoad
        let shares = runs.values { run in
            run.interference.ownUseInCalls.flatMap { use in
                run.callSeconds >= InterferenceLimit.shortestRunSeconds ? use.cpuSeconds / run.callSeconds : nil
            }
        }
        return warning(shares, above: limit) { worst, place in
            Warning(
                "chimera-gate itself took \(worst) of a CPU during the calls in \(place)",
                remedy: "Run it on another machine than the model server, or leave a CPU to it.")
        }
    }

    private func switches(_ runs: [WatchedRun]) -> Found? {
        let shares = runs.values { run -> Double? in
            guard let count = run.interference.ownUseInCalls?.involuntarySwitches, run.arrivals > 0,
                count >= InterferenceLimit.fewestSwitches
            else { return nil }
            return Double(count) / Double(run.arrivals)
        }
        guard let worst = shares.map(\.value).max(), worst > InterferenceLimit.switchesPerArrival else { return nil }
        let per100 = DisplayFormat.fixed(worst * 100, decimals: 0)
        let warning = Warning(
            "chimera-gate was taken off its CPU \(per100) times for every 100 pieces of content in"
                + " \(place(shares, above: InterferenceLimit.switchesPerArrival)), so that time stamps may be late",
            remedy: "Leave a CPU to it: end what runs beside it, or give the model server fewer threads.")
        return (warning, nil)
    }

    // MARK: - What the clock did

    /// Compared at the ends of runs, when the machine has just worked: before that, clocks rest.
    private func frequency(_ runs: [WatchedRun]) -> Found? {
        let ends = runs.compactMap(\.interference.end.cpuFrequency?.fastestHertz)
        guard let highest = ends.max(), let lowest = ends.min(),
            lowest < highest * (1 - InterferenceLimit.frequencyDrop)
        else { return nil }
        let megahertz = { (hertz: Double) in DisplayFormat.fixed(hertz / 1e6, decimals: 0) }
        let warning = Warning(
            "the CPU's clock changed between runs, from \(megahertz(highest)) to \(megahertz(lowest)) MHz",
            remedy: "Fix the frequency (the 'performance' governor), and see to power and cooling.")
        return (warning, lowest > 0 ? highest / lowest : nil)
    }

    // MARK: - Words

    private func warning(
        _ shares: [RunValue], above limit: Double, _ words: (_ worst: String, _ place: String) -> Warning
    ) -> Found? {
        guard let worst = shares.map(\.value).max(), worst > limit else { return nil }
        let warning = words(DisplayFormat.percent(worst), place(shares, above: limit))
        // What waits for such a share of the time has the rest of it.
        return (warning, worst < 1 ? 1 / (1 - worst) : nil)
    }

    /// `run 3`, `runs 1 to 5 of 5` …: where the limit was exceeded; with several, the worst of them is said.
    private func place(_ values: [RunValue], above limit: Double) -> String {
        let over = values.filter { $0.value > limit }.map(\.run)
        let runs = over.compactMap(\.self)
        let names = runs.prefix(5).map(String.init).joined(separator: ", ")
        let alone = runs.isEmpty ? nil : "run\(runs.count == 1 ? "" : "s") \(names)\(runs.count > 5 ? ", …" : "")"
        let together =
            runs.count == over.count
            ? nil
            : "the runs shorter than \(DisplayFormat.seconds(InterferenceLimit.shortestRunSeconds, decimals: 0)) together"
        return [alone, together].compactMap(\.self).joined(separator: " and ")
            + (over.count > 1 ? " (the worst of them)" : "")
    }
}

/// The number of a run; nil of several together.
private typealias RunValue = (run: Int?, value: Double)

/// A run with what went on beside it, or several short ones as one.
private struct WatchedRun {
    /// Nil of several together.
    let index: Int?
    let isLoad: Bool
    let interference: Interference
    let callSeconds: Double
    let arrivals: Int

    init(_ run: Run, _ interference: Interference) {
        index = run.index
        isLoad = run.load != nil
        self.interference = interference
        callSeconds =
            run.load == nil ? run.stages.reduce(0) { $0 + $1.wallSeconds } : interference.wallSeconds
        arrivals = run.stages.flatMap(\.exchanges).reduce(0) { $0 + $1.timing.arrivals }
    }

    /// Nil where even together they are too short.
    init?(together runs: [WatchedRun]) {
        guard let first = runs.first, let interference = Interference(sum: runs.map(\.interference)) else { return nil }
        index = runs.count == 1 ? first.index : nil
        isLoad = first.isLoad
        self.interference = interference
        callSeconds = runs.reduce(0) { $0 + $1.callSeconds }
        arrivals = runs.reduce(0) { $0 + $1.arrivals }
        guard isLong else { return nil }
    }

    var isLong: Bool { interference.wallSeconds >= InterferenceLimit.shortestRunSeconds }
}

extension [WatchedRun] {
    fileprivate func values(_ read: (WatchedRun) -> Double?) -> [RunValue] {
        compactMap { run in read(run).map { (run.index, $0) } }
    }

    fileprivate func shares(_ read: (Interference) -> Double?) -> [RunValue] { values { read($0.interference) } }
}

extension ServerIdentity {
    /// Whether the server surely runs on the machine of that name; an address says nothing of containers and tunnels.
    func isOnThisMachine(named hostname: String) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" }
        let host =
            authority.hasPrefix("[") ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        return host == "localhost" || host == "::1" || host.hasPrefix("127.") || host.hasSuffix(".localhost")
            || host == hostname
    }
}
