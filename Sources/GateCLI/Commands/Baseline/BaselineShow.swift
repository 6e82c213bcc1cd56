import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateReports
import GateVerdict

struct BaselineShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what is approved, by whom, when and why.",
        discussion: """
            Example:
              chimera-gate baseline show
              chimera-gate baseline show --workload analysis --machine-class ci-small --format json
            """)

    @Option(help: "text: provenance and medians; json: the files as they are.")
    var format = OutputFormat.text
    @OptionGroup var selection: BaselineSelection
    @OptionGroup var verbosity: VerbosityOptions

    func run() throws {
        let store = selection.store
        for entry in try selection.entries() {
            guard let (baseline, reference) = try store.read(entry) else { continue }
            switch format {
            case .json:
                try Terminal.standardOutput.deliver(
                    String(decoding: try CanonicalJSON.encodeForReview(baseline), as: UTF8.self))
            case .text: describe(baseline, reference)
            }
        }
    }

    private func describe(_ baseline: Baseline, _ reference: BaselineReference) {
        let output = Terminal.standardOutput
        output.line("\(baseline.workloadName) on \(baseline.machineClass): \(reference.file)")
        if let history = baseline.history {
            output.line(
                "  file number \(history.sequence), epoch \(history.epoch)"
                    + (history.epochReason.map { ", which began because \($0)" } ?? ""))
        }
        for approved in baseline.sessions {
            let (approval, origin) = (approved.approval, approved.origin(in: baseline.workload).words)
            output.line("  session \(approved.sessionId), measured \(approved.measuredAt.spaced)")
            output.line(
                "  approved \(approval.approvedAt.spaced) by \(approval.approvedBy ?? "an unknown person"):"
                    + " \(ConsoleText.reason(approval.reason))")
            if let signature = approval.signature { output.line("  signed by \(signature.key)") }
            if let metrics = approval.metrics { output.line("  only \(metrics.joined(separator: ", "))") }
            if let overrides = approval.overrides {
                output.line("  although: \(overrides.map(\.rawValue).joined(separator: ", "))")
            }
            output.line(
                "  commit \(approval.commit ?? "not known");"
                    + (approved.model.name.isEmpty ? "" : " model \(approved.model.name);")
                    + " \(origin.what) \(origin.value);"
                    + " \(approved.environment.cpuModel), \(approved.environment.cpuCount) CPUs")
        }
        for check in baseline.checks {
            guard let metric = MetricCatalogue.metric(check.metric),
                let summary = SampleSummary(baseline.values(of: check))
            else { continue }
            output.line(
                "    \(check): \(DisplayFormat.value(summary.median, unit: metric.unit)) (n=\(summary.count))")
        }
    }
}
