import GateBaselines
import GateCore
import GateFiles
import GateMeasure
import GateRevision
import GateSettings
import GateVerdict

/// The revision whose policy, baselines and allowances judge a change. What the change edits of them is listed, and takes
/// effect from its merge on: else it could loosen its own gate.
struct TrustedBase {
    /// How it was found.
    enum Origin: Equatable {
        case flag
        case variable(String)
        case defaultBranch
        /// The session was measured beside it.
        case pairs
    }

    let revision: Revision
    let origin: Origin
    private let repository: Repository

    /// - Parameter flag: what `--policy-ref` names; nil looks for the base of a pull request in the pipeline's variables,
    ///   then for where this branch left the default branch.
    static func find(_ flag: String?, environment: [String: String]) throws -> Found {
        if let flag {
            guard flag != ownFiles else { return .ownFiles(nil) }
            let repository = try Repository(holding: ".")
            return .base(TrustedBase(revision: try repository.base(flag), origin: .flag, repository: repository))
        }
        if let (variable, branch) = PipelineVariables(environment).target {
            let repository = try Repository(holding: ".")
            let revision = try repository.base("origin/\(branch)")
            return .base(TrustedBase(revision: revision, origin: .variable(variable), repository: repository))
        }
        guard let repository = try? Repository(holding: ".") else { return .ownFiles(nil) }
        return switch repository.defaultBranch {
        case .left(let revision):
            .base(TrustedBase(revision: revision, origin: .defaultBranch, repository: repository))
        case .current: .ownFiles(nil)
        case .unknown: .ownFiles(.noBase(isShallow: repository.isShallow))
        }
    }

    /// Who judges.
    enum Found {
        case base(TrustedBase)
        /// The files that are there: on the default branch, outside git, with ``ownFiles``; and, which has to be said, where
        /// no default branch is known.
        case ownFiles(Warning?)

        var base: TrustedBase? { if case .base(let base) = self { base } else { nil } }

        var warning: Warning? { if case .ownFiles(let warning) = self { warning } else { nil } }
    }

    /// The base of a session that was compared pair by pair: its baseline counts, as its policy does, which the session
    /// carries.
    ///
    /// - Returns: nil where that is no commit of a repository here, and where the baselines are no part of it.
    static func ofPairs(_ session: Session, _ store: BaselineStore) -> TrustedBase? {
        guard let base = session.base?.revision, let repository = try? Repository(holding: "."),
            (try? repository.path(of: store.directory)) != nil,
            let revision = try? repository.revision(base.id, label: base.name)
        else { return nil }
        return TrustedBase(revision: revision, origin: .pairs, repository: repository)
    }

    /// The word for the files of the working tree.
    static let ownFiles = "worktree"

    /// `origin/main (1a2b3c4d5e6f, GITHUB_BASE_REF)`
    var shown: String {
        let how =
            switch origin {
            case .flag: "--policy-ref"
            case .variable(let name): name
            case .defaultBranch: "where this branch left it"
            case .pairs: "--base-ref"
            }
        return "\(revision.name) (\(revision.commit.prefix(12)), \(how))"
    }
}

extension TrustedBase {
    /// What judges, as the base has it.
    struct Rules {
        let policy: Policy
        let quality: QualitySettings
        /// By which the change's own cost is judged; nil where the base has none.
        let prices: [ModelPrice]?
        /// What the change edits.
        let warnings: [Warning]
    }

    /// What the base has in a configuration file; nil where it has none.
    ///
    /// - Parameter file: as the user named it.
    func configuration(file: String) throws -> ConfigurationDraft? {
        let path = try repository.path(of: file)
        return try revision.file(path, limit: ConfigurationFile.largest).map {
            try ConfigurationFile.parse($0, path: "\(revision.name):\(path)")
        }
    }

    /// - Parameters:
    ///   - file: the configuration file, as the user named it.
    ///   - head: what stands in it now.
    func rules(
        file: String, head: ConfigurationDraft, flags: ConfigurationFlags, session: Session
    ) throws -> Rules {
        let path = try repository.path(of: file)
        let unsure = revision.isAncestor ? [] : [Warning.unknownAncestor(of: revision.name)]
        guard let whole = try configuration(file: file) else {
            return Rules(
                policy: try head.policy(
                    flags: flags, fallback: session.configuration.policy, measured: session.configuration),
                quality: head.qualitySettings(fallback: session.configuration.quality),
                prices: nil, warnings: unsure + (head.path == nil ? [] : [absent(path)]))
        }
        let base = whole.named(session.configuration.name)
        let rules = (
            policy: try base.policy(flags: flags, fallback: session.configuration.policy),
            quality: base.qualitySettings(fallback: session.configuration.quality)
        )
        let mine = (
            policy: try head.policy(
                flags: flags, fallback: session.configuration.policy, measured: session.configuration),
            quality: head.qualitySettings(fallback: session.configuration.quality)
        )
        var edited = mine.policy.differences(from: rules.policy)
        if mine.quality != rules.quality { edited.append("quality") }
        let prices = base.located("prices", as: [ModelPrice].self)?.value ?? []
        if session.reprices(prices) { edited.append("prices") }
        let unknown = prices.isEmpty ? [] : session.modelsCalled.filter { prices.price(of: $0) == nil }
        let ownPrices = unknown.filter { session.configuration.command?.prices.price(of: $0) != nil }
        return Rules(
            policy: rules.policy, quality: rules.quality, prices: prices,
            warnings: unsure + (edited.isEmpty ? [] : [changed(path, edited.joined(separator: ", "))])
                + (ownPrices.isEmpty ? [] : [ownPrice(of: ownPrices)]))
    }

    /// Whether a folder is in the repository, so that the base's files there are the ones that count.
    func holds(_ folder: String) throws -> Bool { try !repository.path(of: folder).isEmpty }

    /// What the change approves of its own regressions.
    func approvals(in store: BaselineStore) -> ChangeApprovals {
        ChangeApprovals(base: revision, repository: repository, store: store)
    }

    /// The base's baseline of the session's workload and machine class; nil where it has none.
    func baseline(
        of session: Session, in store: BaselineStore
    ) throws -> (found: StoredBaseline?, warnings: [Warning]) {
        let file = try store.file(workload: session.workloadName, machineClass: session.machineClass)
        let path = try repository.path(of: file)
        let bytes = try revision.file(path, limit: BaselineStore.maximumBytes)
        let mine =
            PathKind.of(file) == .nothing ? nil : try? RegularFile.read(file, limit: BaselineStore.maximumBytes)
        let found = try bytes.map {
            try store.decode($0, file: file, workload: session.workloadName, machineClass: session.machineClass)
        }
        guard mine != bytes else { return (found, []) }
        let edit = store.succession(
            of: found?.baseline, by: mine, file: file, workload: session.workloadName,
            machineClass: session.machineClass)
        return (found, [changed(path, edit.description)])
    }

    private func changed(_ path: String, _ what: String) -> Warning {
        Warning(
            "the change edits '\(path)' (\(what)); it is judged by that of \(shown)",
            remedy: "Review it as a change of the gate: it takes effect after the merge.")
    }

    private func ownPrice(of models: [String]) -> Warning {
        Warning(
            "\(shown) has no price of \(models.joined(separator: ", ")), so that the change's own counts",
            remedy: "Review it: the cost is judged by it.")
    }

    private func absent(_ path: String) -> Warning {
        Warning(
            "\(shown) has no '\(path)', so that the change is judged by its own policy",
            remedy: "Review it as what will judge every later change.")
    }
}

extension Session {
    /// True where its own prices are others than these.
    func reprices(_ prices: [ModelPrice]) -> Bool { priced(by: prices).configuration != configuration }
}

extension Warning {
    /// A base stands where the clone does not show where it was left.
    static func unknownAncestor(of name: String) -> Warning {
        Warning(
            "this clone does not show where '\(name)' and the current revision parted, so that the base is"
                + " '\(name)' itself",
            remedy: "Fetch the whole history (fetch-depth: 0), so that what others merged meanwhile is not judged.")
    }

    /// Nobody can say what a change edits.
    fileprivate static func noBase(isShallow: Bool) -> Warning {
        Warning(
            "no base was found\(isShallow ? " in this shallow clone" : ""), so that the policy and the baselines that"
                + " are here judge, whatever a change made of them",
            remedy:
                "Fetch the default branch\(isShallow ? " (fetch-depth: 0)" : ""), or name who judges: --policy-ref REF,"
                + " or --policy-ref \(TrustedBase.ownFiles) for these files.")
    }
}

extension Policy {
    /// The keys of the configuration whose meaning differs.
    fileprivate func differences(from other: Policy) -> [String] {
        var keys: [String] = []
        let mine = metrics.filter { !other.metrics.contains($0) } + other.metrics.filter { !metrics.contains($0) }
        for metric in mine {
            let key = "metrics.\(metric.metric.rawValue)"
            if !keys.contains(key) { keys.append(key) }
        }
        if alpha != other.alpha { keys.append("alpha") }
        if workloads != other.workloads { keys.append("workloads") }
        if pairs != other.pairs { keys.append("pairs") }
        if inconclusive != other.inconclusive { keys.append("inconclusive") }
        if machineBusy != other.machineBusy { keys.append("machine_busy") }
        if fingerprint != other.fingerprint { keys.append("fingerprint") }
        if approvals != other.approvals { keys.append("approvals") }
        if baselineDays != other.baselineDays { keys.append("baseline_days") }
        if approvalKeys != other.approvalKeys { keys.append("approval_keys") }
        if keys.isEmpty, metrics != other.metrics { keys.append("metrics") }
        return keys
    }
}
