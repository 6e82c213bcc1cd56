import ArgumentParser
import GateBaselines
import GateClock
import GateCore
import GateMeasure
import GateVerdict

struct BaselinePrune: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Keeps the latest sessions of each baseline and drops the others.",
        discussion: """
            Example:
              chimera-gate baseline prune --keep 10
              chimera-gate baseline prune --session 20261123T203000Z-1f2e3d4c
            """)

    @Option(help: "How many sessions are kept, 1 to 20.")
    var keep: Int?
    @Option(help: ArgumentHelp("A session that is dropped; may be repeated.", valueName: "id"))
    var session: [String] = []
    @Flag(help: "Says what would be dropped, and writes nothing.")
    var dryRun = false
    @OptionGroup var selection: BaselineSelection
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        guard keep != nil || !session.isEmpty else { throw ValidationError("say --keep N or --session ID") }
        if let keep, !(1...20).contains(keep) {
            throw ValidationError("--keep \(keep): allowed are 1 to 20; 'baseline expire' drops by age")
        }
    }

    func run() throws {
        let known = try selection.entries().flatMap { entry in
            try selection.store.read(entry)?.baseline.sessions.map(\.sessionId) ?? []
        }
        for id in session where !known.contains(id) {
            throw CommandFailure(
                .usage, "no session '\(id)' is approved there", remedy: "Name one that 'baseline show' lists.")
        }
        try selection.drop(isDryRun: dryRun, printing.format) { sessions in
            let others = sessions.filter { !session.contains($0.sessionId) }
            return keep.map { Array(others.suffix($0)) } ?? others
        }
    }
}

struct BaselineExpire: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Drops sessions that are older than so many days, and files in which none is left.",
        discussion: """
            Example:
              chimera-gate baseline expire --days 90
            """)

    @Option(help: "Sessions that were measured longer ago are dropped, 0 to 3650.")
    var days: Int
    @Flag(help: "Says what would be dropped, and writes nothing.")
    var dryRun = false
    @OptionGroup var selection: BaselineSelection
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        guard (0...3650).contains(days) else { throw ValidationError("--days \(days): allowed are 0 to 3650") }
    }

    func run() throws {
        let oldest = WallClock.time.unixSeconds - Int64(days) * 86_400
        try selection.drop(isDryRun: dryRun, printing.format) { $0.filter { $0.measuredAt.unixSeconds >= oldest } }
    }
}

extension BaselineSelection {
    /// Keeps of each baseline what the closure keeps.
    fileprivate func drop(
        isDryRun: Bool, _ format: OutputFormat, _ keep: ([ApprovedSession]) -> [ApprovedSession]
    ) throws {
        var dropped: [BaselineChangeDocument.Dropped] = []
        let entries = try entries()
        // Where one cannot be read, none is changed.
        for entry in entries { _ = try store.read(entry) }
        for entry in entries {
            let (before, after) = try store.keep(
                workload: entry.workload, machineClass: entry.machineClass, isDryRun: isDryRun, keep)
            dropped.append(.init(file: entry.file, dropped: before - after, kept: after))
        }
        guard format == .text else {
            let isWritten = !isDryRun && dropped.contains { $0.dropped > 0 }
            return try Terminal.standardOutput.deliver(
                document: BaselineChangeDocument(isWritten: isWritten, dropped: dropped))
        }
        let verb = isDryRun ? "would be dropped" : "dropped"
        for one in dropped {
            let words = one.dropped == 0 ? "nothing" : DisplayFormat.count(one.dropped, "session")
            Terminal.standardOutput.line(
                "\(one.file): \(words) \(verb), \(one.kept) kept"
                    + (one.kept == 0 ? ": the file is \(isDryRun ? "to be " : "")removed" : ""))
        }
    }
}
