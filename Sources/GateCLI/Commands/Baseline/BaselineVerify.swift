import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateRevision
import GateSettings
import GateVerdict

struct BaselineVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks that every baseline is what was approved, and that none is an older one that was put back.",
        discussion: """
            Reads each file, compares it with its content hash, and follows it through the commits that changed it; where \
            approval_keys are listed, asks of each session for a signature by one of them. Status 7 where a file was \
            edited by hand, an older one was put back or a signature is wrong, 6 where one cannot be read.

            Example:
              chimera-gate baseline verify
            """)

    @OptionGroup var selection: BaselineSelection
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var printing: OutputOptions

    func run() throws {
        let keys = try file.load().policy(flags: ConfigurationFlags(), fallback: Policy()).approvalKeys
        let store = selection.store
        let repository = try? Repository(holding: ".")
        var statuses: Set<GateExit> = []
        var verified: [BaselineVerifyDocument.Entry] = []
        for entry in try selection.entries() {
            let problems = try BaselineCheck(store: store, entry: entry, repository: repository, keys: keys)
                .problems()
            statuses.formUnion(problems.map(\.status))
            verified.append(
                BaselineVerifyDocument.Entry(
                    file: entry.file,
                    problems: problems.map {
                        BaselineVerifyDocument.Problem(message: $0.words, status: $0.status.rawValue)
                    }))
        }
        try deliver(BaselineVerifyDocument(followsCommits: repository != nil, baselines: verified))
        if repository == nil {
            Terminal.standardError.warning("outside of git nobody sees an older file that was put back")
        } else if repository?.isShallow == true {
            Terminal.standardError.warning(
                "this clone is shallow, so that an older file that was put back before its first commit is not seen;"
                    + " fetch the whole history (fetch-depth: 0)")
        }
        let worst = [GateExit.baselineUntrusted, .baselineMissing].first(where: statuses.contains)
        if let worst { throw ExitCode(worst.rawValue) }
    }

    private func deliver(_ document: BaselineVerifyDocument) throws {
        guard printing.format == .text else { return try Terminal.standardOutput.deliver(document: document) }
        for entry in document.baselines {
            Terminal.standardOutput.line(
                "\(entry.file): \(entry.problems.isEmpty ? "as approved" : "not as approved")")
            for problem in entry.problems { Terminal.standardOutput.line("  \(problem.message)") }
        }
    }
}

/// One file of baselines, and what it was in the commits before.
struct BaselineCheck {
    let store: BaselineStore
    let entry: BaselineListing.Entry
    let repository: Repository?
    /// Of those who may approve; empty where nobody has to sign.
    let keys: [ApprovalKey]

    /// Up to which it is followed back from; nil for the working tree and the current commit.
    var revision: Revision?
    /// Commits that are followed back.
    var commits = 100

    /// What is wrong with it, the latest first.
    func problems() throws -> [(words: String, status: GateExit)] {
        let now: Baseline
        do {
            guard let found = try store.read(entry) else { return [] }
            now = found.baseline
        } catch let error as BaselineError {
            return [("\(error.message)", CommandFailure(error).code)]
        }
        let unsigned = ApprovalProof.objections(to: now, keys: keys).map { session, reason in
            ("session \(session): \(reason)", GateExit.baselineUntrusted)
        }
        return try unsigned + breaks(in: versions(now))
    }

    /// What a check says where an older file was put back last of all: nobody did so by approving. nil where none was.
    ///
    /// - Parameter found: the file as it judges.
    static func warning(
        of found: StoredBaseline, in store: BaselineStore, at revision: Revision? = nil
    ) -> Warning? {
        let entry = BaselineListing.Entry(
            workload: found.baseline.workloadName, machineClass: found.baseline.machineClass, file: found.reference.file
        )
        let check = BaselineCheck(
            store: store, entry: entry, repository: try? Repository(holding: "."), keys: [], revision: revision,
            commits: 2)
        guard let words = (try? check.versions(found.baseline)).flatMap({ check.breaks(in: $0).first?.words }) else {
            return nil
        }
        return Warning(
            "the baseline '\(entry.file)' is not the latest that was approved: \(words)",
            remedy: "Restore the newer file (git log -p shows it); or approve a session, where the older one is meant.")
    }

    /// The file as it is, then as each commit left it, the latest first; nil for one that is gone or cannot be read.
    private func versions(_ now: Baseline) throws -> [(name: String, baseline: Baseline?)] {
        var versions: [(String, Baseline?)] = [(revision?.name ?? "the working tree", now)]
        guard let repository, let path = try? repository.path(of: entry.file) else { return versions }
        for revision in try repository.revisions(changing: path, upTo: revision, limit: commits) {
            let bytes = try revision.file(path, limit: BaselineStore.maximumBytes)
            let baseline = bytes.flatMap {
                try? store.decode(
                    $0, file: entry.file, workload: entry.workload, machineClass: entry.machineClass
                ).baseline
            }
            versions.append((String(revision.commit.prefix(12)), baseline))
        }
        return versions
    }

    private func breaks(
        in versions: [(name: String, baseline: Baseline?)]
    ) -> [(words: String, status: GateExit)] {
        let readable = versions.compactMap { version in version.baseline.map { (version.name, $0) } }
        return zip(readable, readable.dropFirst()).compactMap { later, earlier in
            let succession = Succession(from: earlier.1, to: later.1)
            guard succession.isUntrusted else { return nil }
            return ("\(later.0), after \(earlier.0): \(succession)", .baselineUntrusted)
        }
    }
}
