import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateSettings

struct BaselineApprove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves a session for the baseline of its workload and machine class.",
        discussion: """
            A session that is one more of the same is added to those that are approved, up to 20: the more there are, \
            the surer a verdict is. One that is judged to have changed, or was measured on something else, takes their \
            place and begins a new epoch.

            Says what it does to the limit of each check, then writes Baselines/<workload>/<machine-class>.json; commit \
            that file. Refused are sessions with invalid calls, with reports that fail, with reports of which more than \
            half are broken where those approved before are not, with too few runs, of a dirty working tree and of \
            another machine than the class was approved for; --allow takes one of these all the same, and is kept in \
            the baseline. A run whose report has more errors than are allowed, or was cut off \
            among whole ones, is left out and named; the errors of the first approved reports become the allowance, \
            which later approvals can only lower.

            Example:
              chimera-gate baseline approve --session .chimera-gate --reason "first baseline"
              chimera-gate baseline approve --metric ttft --reason "longer prompt, see #42"
              chimera-gate baseline approve --ratchet --reason "faster since #43"
            """)

    @Option(help: ArgumentHelp("The session directory.", valueName: "dir"))
    var session = SessionDirectory.defaultPath
    @Option(help: "Of several workloads only the one of this name; may be repeated (default: all that were measured).")
    var name: [String] = []
    @OptionGroup var words: ApprovalWords
    @Option(
        help: ArgumentHelp(
            "Only the figures of this metric, as ttft or report/ttft; may be repeated. All others stay as they are.",
            valueName: "metric"))
    var metric: [String] = []
    @Flag(help: "Only figures that are as good as what is approved, or better.")
    var ratchet = false
    @Flag(help: "Puts it in the place of the sessions that are approved, even where it is one more of the same.")
    var replace = false
    @Flag(help: "Says what would be written, and writes nothing.")
    var dryRun = false
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var baselines: BaselinesOptions
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        if ratchet, !metric.isEmpty {
            throw ValidationError("--ratchet chooses the metrics itself; leave --metric out")
        }
        if replace, ratchet || !metric.isEmpty {
            throw ValidationError(
                "--replace takes the session as a whole; leave \(ratchet ? "--ratchet" : "--metric") out")
        }
    }

    func run() throws {
        try SessionChoice.each(in: session, names: name, approve)
    }

    private func approve(_ path: String) throws {
        var approval = words.approval(
            of: path, in: BaselineStore(directory: baselines.folder), file: file)
        approval.figures = ratchet ? .ratchet : metric.isEmpty ? .all : .metrics(metric)
        approval.startsAnew = replace
        approval.isDryRun = dryRun
        approval.format = printing.format
        let approved = try approval.perform()
        if printing.format == .text, !dryRun { sayWhenItCounts(approved) }
        if printing.format == .json {
            try Terminal.standardOutput.deliver(
                document: BaselineChangeDocument(isWritten: !dryRun, approved: [approved]))
        }
    }

    /// On a branch nothing here judges the branch itself.
    private func sayWhenItCounts(_ approved: BaselineChangeDocument.Approved) {
        guard let base = try? TrustedBase.find(nil, environment: Variables.all).base,
            (try? base.holds(baselines.folder)) == true
        else { return }
        let path = file.path ?? ConfigurationFile.defaultName
        let policy = try? base.configuration(file: path)?.policy(flags: ConfigurationFlags(), fallback: Policy())
        let fromMerge =
            "  it counts from the merge on: until then this branch is judged by the baselines of \(base.shown)"
        guard let policy, policy.approvals == .inChange else { return Terminal.standardOutput.line(fromMerge) }
        let approvals = base.approvals(in: BaselineStore(directory: baselines.folder))
        let objection = try? approvals.objection(to: approved, keys: policy.approvalKeys)
        Terminal.standardOutput.line(
            objection.map { "\(fromMerge), since \($0)" }
                ?? "  in this change it counts for what got worse (approvals: in_change), for all else from the merge on"
        )
    }
}

/// Who approves, why, and what may speak against it.
struct ApprovalWords: ParsableArguments {
    @Option(help: "Why these figures are right; kept in the baseline.")
    var reason: String
    @Option(help: "Who approves (default: the pipeline's user, else git's user.email).")
    var approver: String?
    @Option(
        help: ArgumentHelp(
            "Approves although this speaks against it, which is kept: "
                + ApprovalDoubt.allCases.map(\.rawValue).joined(separator: ", ") + "; may be repeated.",
            valueName: "doubt"))
    var allow: [ApprovalDoubt] = []
    @Flag(help: "Takes the errors of the reports as they are: they become what is allowed from now on.")
    var adoptQuality = false
    @OptionGroup var key: SigningKeyOption

    func validate() throws {
        if !reason.contains(where: { !$0.isWhitespace }) {
            throw ValidationError("--reason must say why, for example --reason \"first baseline\"")
        }
    }

    func approval(of session: String, in store: BaselineStore, file: ConfigurationFileOption) -> SessionApproval {
        SessionApproval(
            path: session, store: store, file: file, reason: reason, approver: approver, allowed: Set(allow),
            adoptsQuality: adoptQuality, key: key)
    }
}
