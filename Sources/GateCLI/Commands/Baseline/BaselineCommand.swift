import ArgumentParser
import GateBaselines
import GateCore
import GateVerdict

struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Approves sessions as the baseline, and looks after what is approved.",
        discussion: """
            Example:
              chimera-gate baseline approve --reason "faster tokenizer, see #42"
              chimera-gate baseline record --sessions 5 --over 8h --reason "first baseline"
              chimera-gate baseline list
            """,
        subcommands: [
            BaselineApprove.self, BaselineAppend.self, BaselineRecord.self, BaselineList.self, BaselineShow.self,
            BaselineDiff.self, BaselineVerify.self, BaselineSign.self, BaselinePrune.self, BaselineExpire.self,
        ])

    func run() throws { throw ValidationError("name a command, as in 'chimera-gate baseline show'") }
}

/// Which of the approved baselines a command is about.
struct BaselineSelection: ParsableArguments {
    @Option(help: "Only the workload of this name; may be repeated.")
    var workload: [String] = []
    @Option(help: "Only this machine class.")
    var machineClass: String?
    @OptionGroup var baselines: BaselinesOptions

    var store: BaselineStore { BaselineStore(directory: baselines.folder) }

    /// The places that were asked for; files that are in no place are warned of. Throws where nothing is approved.
    func entries() throws -> [BaselineListing.Entry] {
        let listing = try store.list()
        for stray in listing.strays {
            Terminal.standardError.warning("'\(stray)' is not where any check looks for a baseline")
        }
        let detour = listing.detours.first {
            workload.isEmpty || workload.contains($0.split(separator: "/").last.map(String.init) ?? "")
        }
        if let detour { throw BaselineError.notAFolder(detour) }
        let entries = listing.entries.filter {
            (workload.isEmpty || workload.contains($0.workload.rawValue))
                && (machineClass == nil || $0.machineClass == machineClass)
        }
        guard !entries.isEmpty else {
            let others = listing.entries.map { "\($0.workload) on \($0.machineClass)" }.sorted()
            throw CommandFailure(
                .baselineMissing,
                "nothing is approved in '\(baselines.folder)'"
                    + (others.isEmpty
                        ? "; chimera-gate baseline approve --reason … approves a session"
                        : " for that workload and machine class; there are \(others.joined(separator: ", "))"))
        }
        return entries
    }
}
