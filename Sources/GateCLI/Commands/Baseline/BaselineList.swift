import ArgumentParser
import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateVerdict

struct BaselineList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what is approved, a line for each workload and machine class.",
        discussion: """
            Example:
              chimera-gate baseline list
            """)

    @OptionGroup var selection: BaselineSelection
    @OptionGroup var printing: OutputOptions

    func run() throws {
        let store = selection.store
        var broken: (any Error)?
        var listed: [BaselineListDocument.Entry] = []
        for entry in try selection.entries() {
            do {
                guard let (baseline, _) = try store.read(entry) else { continue }
                listed.append(BaselineListDocument.Entry(entry, baseline))
                if printing.format == .text { Terminal.standardOutput.line(line(baseline)) }
            } catch {
                listed.append(BaselineListDocument.Entry(entry, problem: "\(error)"))
                if printing.format == .text {
                    Terminal.standardOutput.line("\(entry.workload) on \(entry.machineClass): cannot be read")
                }
                Terminal.standardError.error("\(error)")
                broken = broken ?? error
            }
        }
        if printing.format == .json {
            try Terminal.standardOutput.deliver(document: BaselineListDocument(baselines: listed))
        }
        if let broken { throw ExitCode(CommandFailure(broken).code.rawValue) }
    }

    /// `analysis on ci-small: 5 sessions, the latest 3 days old, by a@example.org: first baseline (file 7, epoch 2)`
    private func line(_ baseline: Baseline) -> String {
        let latest = baseline.sessions.max { $0.measuredAt < $1.measuredAt }
        let days = latest.map { (WallClock.time.unixSeconds - $0.measuredAt.unixSeconds) / 86_400 } ?? 0
        let history = baseline.history.map { " (file \($0.sequence), epoch \($0.epoch))" } ?? " (of an older version)"
        let approval = baseline.sessions.last?.approval
        return "\(baseline.workloadName) on \(baseline.machineClass):"
            + " \(DisplayFormat.count(baseline.sessions.count, "session")), the latest"
            + " \(DisplayFormat.count(Int(clamping: days), "day")) old, by \(approval?.approvedBy ?? "an unknown person"):"
            + " \(ConsoleText.reason(approval?.reason ?? ""))\(history)"
    }
}
