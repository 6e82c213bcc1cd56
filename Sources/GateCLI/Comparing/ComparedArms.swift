import GateBaselines
import GateCore
import GateCorpus
import GateDigest
import GateFiles
import GateMeasure
import GateVerdict

/// What both arms of a comparison are, before anything is measured.
struct ComparedArms {
    struct Arm {
        let configuration: Configuration
        let corpusFolder: String
        /// A commit that holds configuration and corpus as they are; nil where none does.
        let commit: String?
        /// As the user named it; nil for the working tree.
        let name: String?
        /// Where its command is started: the folder of the call, or the same in another tree.
        var root = "."
    }

    let head: Arm
    let base: Arm
    let warnings: [Warning]
    let isServerNamed: Bool
    /// Whether the base has the very same file. A baseline that only the head has screens nobody.
    var isInBase: (String) -> Bool = { _ in true }

    /// Reads both corpora and puts together what measures them.
    ///
    /// - Parameters:
    ///   - baselines: where the baseline is that the head is screened against; nil for pairs in any case.
    ///   - resumes: goes on with the interrupted session that is there.
    func pairedRun(outputPath: String, baselines: BaselineStore?, resumes: Bool) throws -> PairedRun {
        for configuration in [head.configuration, base.configuration] where configuration.workload == .load {
            throw CommandFailure(
                .usage, "the workload 'load' is measured by 'chimera-gate load', and has no pairs")
        }
        for configuration in [head.configuration, base.configuration] where configuration.workload == .imported {
            throw CommandFailure(
                .usage, "the workload 'import' is what another tool measured, and has no pairs",
                remedy: "Import both sides' files: chimera-gate import, then 'baseline approve' and 'check --session'.")
        }
        let (headSide, baseSide) = (try side(head, isBase: false), try side(base, isBase: true))
        return PairedRun(
            head: headSide, base: baseSide, outputPath: outputPath, isServerNamed: isServerNamed,
            warnings: warnings + policyChanges, plan: plan(baselines), progress: .onStandardError,
            resumes: resumes)
    }

    private func side(_ arm: Arm, isBase: Bool) throws -> PairedRun.Side {
        let corpus = try corpus(of: arm, isBase: isBase)
        let digest = SHA256.hash(try CanonicalJSON.encode(arm.configuration) + Array(corpus.sha256.utf8))
        return PairedRun.Side(
            configuration: arm.configuration, corpusFolder: arm.corpusFolder,
            revision: ArmRevision(id: arm.commit ?? "sha256:\(digest)", name: arm.name), corpus: corpus,
            root: arm.root)
    }

    private func corpus(of arm: Arm, isBase: Bool) throws -> Corpus {
        do {
            return try WorkloadCorpus.read(arm.corpusFolder, for: arm.configuration)
        } catch {
            guard isBase else { throw error }
            throw CommandFailure(
                .baselineMissing, "the corpus of the base '\(arm.name ?? "")' cannot be read: \(error)")
        }
    }

    /// The policy in force is the base's: nobody loosens the gate that judges him.
    private var policy: Policy { base.configuration.policy }

    private var policyChanges: [Warning] {
        let changes = policy.changes(to: head.configuration.policy)
        guard !changes.isEmpty else { return [] }
        return [
            Warning(
                "the head changes the policy, which is not in force yet: \(changes.joined(separator: "; "))",
                remedy: "Judged is by the base's policy. Review the change: it takes effect when it is merged.")
        ]
    }

    private func plan(_ baselines: BaselineStore?) -> PairPlan {
        let policy = policy
        let environment = MachineFingerprint.read(source: SourceRevision())
        let machineClass = head.configuration.machineClass ?? MachineFingerprint.machineClass(of: environment)
        let stored = baselines.flatMap {
            storedBaseline(in: $0, workload: head.configuration.workloadName, machineClass: machineClass)
        }
        // As the verdict is: what the change edits of the prices is not in force.
        let prices = base.configuration.command?.prices ?? []
        return PairPlan(
            screenRuns: stored == nil ? 0 : base.configuration.runs, pairs: policy.pairs,
            screen: { session in
                stored.map { Screening(session: session.priced(by: prices), baseline: $0, policy: policy).flags } ?? []
            },
            isDecided: { $0.priced(by: prices).isDecidedByPairs(under: policy) })
    }

    /// Nil where there is none, where it cannot be read, and where the head changed it: then pairs decide without it.
    private func storedBaseline(
        in store: BaselineStore, workload: WorkloadName, machineClass: String
    ) -> Baseline? {
        guard let file = try? store.file(workload: workload, machineClass: machineClass), isInBase(file) else {
            return nil
        }
        return (try? store.read(workload: workload, machineClass: machineClass))?.baseline
    }
}
