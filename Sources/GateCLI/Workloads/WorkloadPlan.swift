import GateCore
import GateFiles
import GateSettings
import GateVerdict

/// Which of several workloads a call is about. The base decides what may not be left out: a workload that the head has no
/// more is measured and judged as the base has it, until that is merged.
struct WorkloadPlan {
    /// One of them.
    struct Member {
        let name: String
        /// The file that says what it is.
        let draft: ConfigurationDraft
        /// Among several in that file; false for the one of a file without any.
        let isChosen: Bool
        /// True where only the base has it.
        let isRemoved: Bool

        /// The flags of the call, for this workload.
        func flags(_ flags: ConfigurationFlags) -> ConfigurationFlags {
            var flags = flags
            flags.values["name"] = isChosen ? name : nil
            return flags
        }
    }

    /// Sorted by name.
    let members: [Member]
    /// All workloads that there are, whichever of them this call is about.
    let declared: [String]
    let shard: Shard?

    /// Nil where the call is about one workload, as by a file that has one, or by a name.
    ///
    /// - Parameters:
    ///   - head: the file that is there.
    ///   - base: what judges; nil where that is the head itself.
    ///   - names: as the call has them; empty for all.
    init?(
        head: ConfigurationDraft, base: ConfigurationDraft?, names: [String], shard: Shard? = nil
    ) throws {
        guard head.hasSeveralWorkloads || base?.hasSeveralWorkloads == true else {
            if names.count > 1 { throw WorkloadPlan.one(because: "--name was given \(names.count) times") }
            if let shard { throw WorkloadPlan.one(because: "a shard \(shard) of it is asked for") }
            return nil
        }
        let removed = (base?.ownNames ?? []).filter { !head.ownNames.contains($0) }
        if names.count == 1, shard == nil {
            try WorkloadPlan.refuseUnknown(names, among: (head.ownNames + removed).sorted())
            return nil
        }
        let all =
            head.ownNames.map { Member(name: $0, draft: head, isChosen: head.hasSeveralWorkloads, isRemoved: false) }
            + removed.flatMap { name in
                base.map { [Member(name: name, draft: $0, isChosen: $0.hasSeveralWorkloads, isRemoved: true)] } ?? []
            }
        let sorted = all.sorted { $0.name < $1.name }
        let known = sorted.map(\.name)
        declared = known
        try WorkloadPlan.refuseUnknown(names, among: known)
        if shard != nil, !names.isEmpty {
            throw CommandFailure(.usage, "--shard shares out all workloads; leave --name out")
        }
        let asked = sorted.filter { names.isEmpty || names.contains($0.name) }
        if let shard, shard.count > asked.count {
            throw CommandFailure(
                .usage, "--shard \(shard): there are \(asked.count) workloads, so that a shard would be empty",
                remedy: "Use at most \(asked.count) shards.")
        }
        members = shard?.share(of: asked) ?? asked
        self.shard = shard
    }

    private static func refuseUnknown(_ names: [String], among known: [String]) throws {
        guard let unknown = names.first(where: { !known.contains($0) }) else { return }
        throw CommandFailure(
            .usage, "--name: no workload is called '\(unknown)'; there are \(known.joined(separator: ", "))")
    }

    /// What is left beside the sessions before the first of them is measured.
    ///
    /// - Parameter configuration: the digest of file and flags.
    func list(configuration: String) -> WorkloadList {
        WorkloadList(
            declared: declared, measured: members.map(\.name), shard: shard, configuration: configuration)
    }

    /// What the change does to the list, which is not in force yet.
    var warnings: [Warning] {
        members.filter(\.isRemoved).map { member in
            Warning(
                "the change removes the workload '\(member.name)', which is measured and judged as the base has it",
                remedy: "Review it as a change of the gate: it takes effect after the merge.")
        }
    }

    private static func one(because what: String) -> CommandFailure {
        CommandFailure(
            .usage, "the configuration has one workload, but \(what)",
            remedy: "Name several below 'workloads:' in the configuration.")
    }
}

extension ConfigurationDraft {
    var hasSeveralWorkloads: Bool { !workloadNames.isEmpty }

    /// The names of its workloads, or that of its only one.
    var ownNames: [String] {
        guard !hasSeveralWorkloads else { return workloadNames }
        let name = located("name", as: String.self)?.value
        let kind = located("workload", as: WorkloadKind.self)?.value ?? .analysis
        return [name ?? kind.rawValue]
    }
}
