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
        let file = isFolder ? "\(verdict)/\(SessionDirectory.verdictName)" : verdict
        let bytes = try content(of: file)
        let output = Terminal.standardOutput
        guard JointJudgement.isHeld(by: bytes) else {
            let judgement = try decoded(Judgement.self, bytes, file)
            if Verbosity.current == .quiet, printing.format == .text {
                return output.line(Explanation.headline(of: judgement))
            }
            let text = explanation(of: judgement, folder)
            return switch printing.format {
            case .text: try output.deliver(text)
            case .json: try output.deliver(document: ExplanationDocument(judgement, text: text))
            }
        }
        let joint = try decoded(JointJudgement.self, bytes, file)
        if Verbosity.current == .quiet, printing.format == .text {
            return output.line(Explanation.headline(of: joint))
        }
        let parts = joint.workloads.map {
            (name: $0.name, text: explanation(of: $0.judgement, "\(folder)/\($0.folder)"))
        }
        let conclusion = Explanation.conclusion(of: joint)
        switch printing.format {
        case .text:
            try output.deliver(parts.map { "workload \($0.name)\n\($0.text)\n" }.joined() + conclusion)
        case .json:
            try output.deliver(
                document: ExplanationDocument(
                    joint, text: conclusion, workloads: parts.map { .init($0.name, text: $0.text) }))
        }
    }

    private func explanation(of judgement: Judgement, _ folder: String) -> String {
        let session = session(in: folder, of: judgement)
        let baseline = judgement.evidence == .pairs ? nil : baseline(of: judgement)
        let output = Terminal.standardOutput
        return Explanation(
            judgement: judgement, session: session, baseline: baseline,
            width: output.isTerminal ? output.width : Explanation.usualWidth
        ).text
    }

    private func content(of file: String) throws -> [UInt8] {
        guard PathKind.of(file) != .nothing else {
            throw CommandFailure(
                .malformedData, "there is no verdict '\(file)'",
                remedy: "Run 'chimera-gate check' first, or name the verdict.json, or its directory, of a check.")
        }
        return try RegularFile.read(file, limit: ExplainCommand.largest)
    }

    private func decoded<Value: VersionedFormat>(
        _ type: Value.Type, _ bytes: [UInt8], _ file: String
    ) throws -> Value {
        do throws(FormatError) {
            return try CanonicalJSON.decode(type, from: bytes, file: file)
        } catch {
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
        guard let found = BaselineStore(directory: baselines.folder).baseline(of: judgement) else {
            Terminal.standardError.warning(
                "the baseline of this verdict (\(reference.file)) is not there any more as it was, so that nothing can"
                    + " be said of where its time went")
            return nil
        }
        return found
    }
}
