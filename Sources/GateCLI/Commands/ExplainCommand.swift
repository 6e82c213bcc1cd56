import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateReports
import GateVerdict

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a verdict: what was compared, why it ended so, and where the time went.",
        discussion: """
            Per metric: both sides, the change with its bounds, what is allowed, the reason, and what would change it. \
            Per stage: TTFT split into queue, load and prompt evaluation, and the whole into TTFT and tokens × time per \
            token, so that a longer prompt or answer is told from a slower server. Then the policy in force.

            Example:
              chimera-gate explain
              chimera-gate explain artefacts/verdict.json
            """)

    @Argument(help: ArgumentHelp("A verdict.json, or the directory that holds it.", valueName: "verdict"))
    var verdict = SessionDirectory.defaultPath
    @OptionGroup var baselines: BaselinesOptions
    @OptionGroup var printing: OutputOptions

    /// Bytes; a verdict of 5,000 checks has 5 MB.
    private static let largest = 64 << 20

    func run() throws {
        let isFolder = PathKind.of(verdict + "/.") == .folder
        let folder = isFolder ? verdict : Folder.parent(of: verdict)
        let judgement = try read(isFolder ? "\(verdict)/\(SessionDirectory.verdictName)" : verdict)
        let session = session(in: folder, of: judgement)
        let baseline = judgement.evidence == .pairs ? nil : baseline(of: judgement)
        let output = Terminal.standardOutput
        let text = Explanation(
            judgement: judgement, session: session, baseline: baseline,
            width: output.isTerminal ? output.width : Explanation.usualWidth
        ).text
        switch printing.format {
        case .text: try output.deliver(text)
        case .json: try output.deliver(document: ExplanationDocument(judgement, text: text))
        }
    }

    private func read(_ file: String) throws -> Judgement {
        guard PathKind.of(file) != .nothing else {
            throw CommandFailure(
                .malformedData, "there is no verdict '\(file)'",
                remedy: "Run 'chimera-gate check' first, or name the verdict.json, or its directory, of a check.")
        }
        do {
            return try CanonicalJSON.decode(
                Judgement.self, from: RegularFile.read(file, limit: ExplainCommand.largest), file: file)
        } catch let error as FormatError {
            throw CommandFailure(
                .malformedData, "'\(file)' is no verdict of this version: \(error.message)",
                remedy: "Name the verdict.json that 'chimera-gate check' wrote, or judge the session again:"
                    + " chimera-gate check --session DIR.")
        }
    }

    /// The session beside the verdict, if it is the one that was judged.
    private func session(in folder: String, of judgement: Judgement) -> Session? {
        func without(_ reason: String) -> Session? {
            Terminal.standardError.warning("\(reason), so that nothing can be said of where the time went")
            return nil
        }
        do {
            let session = try SessionDirectory.open(at: folder).session()
            guard session.id == judgement.sessionId else {
                return without("the session in '\(folder)' is not the one of this verdict")
            }
            return session
        } catch {
            return without("there is no session beside the verdict (\(CommandFailure(error).message))")
        }
    }

    /// The baseline that was compared with, as far as it is still the same.
    private func baseline(of judgement: Judgement) -> Baseline? {
        guard let reference = judgement.baseline else { return nil }
        // The folder has the workload's name.
        let name = reference.file.split(separator: "/").suffix(2).first.map(String.init)
        let found = try? BaselineStore(directory: baselines.folder).read(
            workload: WorkloadName(rawValue: name ?? judgement.workload.rawValue), machineClass: judgement.machineClass)
        guard let found, found.reference.id == reference.id else {
            Terminal.standardError.warning(
                "the baseline of this verdict (\(reference.file)) is not there any more as it was, so that nothing can"
                    + " be said of where its time went")
            return nil
        }
        return found.baseline
    }
}
