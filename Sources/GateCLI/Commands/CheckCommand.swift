import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateMeasure
import GateSettings
import GateVerdict

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Runs the workload, compares it with the approved baseline, and exits by the verdict.",
        discussion: """
            Writes junit.xml, summary.md and verdict.json into the session directory. With --session nothing is run: \
            the session that is there is judged.

            With --base-ref the base revision is measured beside the current one, on the same machine at the same \
            time, where the baseline alone does not clear it: no difference between machines or days can be mistaken \
            for one of the change.

            Of several workloads in the configuration all are measured, or those that --name names: one verdict, \
            one junit.xml with a suite each, and a session directory each below workloads/. --shard leaves a part of \
            them to other jobs; 'chimera-gate merge' puts together what they leave.

            Example:
              chimera-gate check --runs 5
              chimera-gate check --base-ref origin/main
              chimera-gate check --name nightly --name quick
              chimera-gate check --session .chimera-gate
            """)

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var shard: ShardOption
    @OptionGroup var baselines: BaselinesOptions
    @OptionGroup var base: BaseOptions
    @Option(
        help: ArgumentHelp(
            "Policy, baselines and allowances are those of this branch, tag or commit (default: the base of the pull"
                + " request by the pipeline's variables, else where this branch left the default branch; 'worktree' for"
                + " the files that are there).",
            valueName: "ref"))
    var policyRef: String?
    @Option(help: ArgumentHelp("Judges this session without running anything.", valueName: "dir"))
    var session: String?
    @OptionGroup var colour: ColourOption
    @OptionGroup var junit: JUnitOption
    @OptionGroup var pipeline: PipelineOption

    func validate() throws {
        if policyRef != nil, base.baseRef != nil {
            throw ValidationError("--base-ref reads policy and baselines from the base already; leave --policy-ref out")
        }
        if policyRef?.isEmpty == true { throw ValidationError("--policy-ref is empty: name a branch, tag or commit") }
        let unusable = base.baseRef.map { _ in "--base-ref" } ?? shard.text.map { _ in "--shard" }
        if session != nil, let flag = measuring.firstMeasuringFlag ?? unusable {
            throw ValidationError("\(flag) says how to measure; with --session nothing is measured")
        }
    }

    func run() throws {
        guard let session else {
            return try measuring.attempt(
                approved: baselines.folder, junit: junit.flavour, pipeline: pipeline.choice
            ) { try measureAndJudge() }
        }
        if let folder = try WorkloadFolder.open(at: session) {
            return try Attempt.judging(folder, junit: junit.flavour, pipeline: pipeline.choice) { try judge(folder) }
        }
        try Attempt.judging(session, junit: junit.flavour, pipeline: pipeline.choice) {
            let directory = try SessionDirectory.open(at: session)
            let found = try directory.session()
            let trusted = found.base == nil ? try trustedBase() : .ownFiles(nil)
            try judging(trusted).judged(found, in: directory).finish()
        }
    }

    private var store: BaselineStore { BaselineStore(directory: baselines.folder) }

    private func judging(_ found: TrustedBase.Found) -> SessionJudging {
        SessionJudging(
            measuring: measuring, store: store, trusted: found, colour: colour.choice, junit: junit,
            pipeline: pipeline.choice)
    }

    private func trustedBase() throws -> TrustedBase.Found {
        let found = try TrustedBase.find(policyRef, environment: Variables.all)
        if let base = found.base { Terminal.standardError.step("policy and baselines: those of \(base.shown)") }
        return found
    }

    private func measureAndJudge() throws {
        // With a base, the session that is measured carries its policy.
        let trusted = base.baseRef == nil ? try trustedBase() : .ownFiles(nil)
        let file = measuring.file.path ?? ConfigurationFile.defaultName
        let base = try (base.baseRef.map { try TrustedBase.find($0, environment: [:]) } ?? trusted).base?
            .configuration(file: file)
        let head = try measuring.file.load()
        guard let plan = try WorkloadPlan(head: head, base: base, names: measuring.names, shard: shard.shard) else {
            let (session, directory) = try measure(nil, into: measuring.output)
            return try judging(trusted).judged(session, in: directory).finish()
        }
        let folder = try WorkloadFolder.begin(
            at: measuring.output, plan.list(configuration: head.digest(with: measuring.flags)))
        let outcomes = plan.members.map { member in
            Terminal.standardError.step("workload \(member.name)")
            return WorkloadOutcome.of(member.name, in: folder, measuring, by: member.draft) {
                let (session, directory) = try measure(member, into: folder.path(ofSession: member.name))
                return try judging(trusted).judged(session, in: directory, by: member.draft)
            }
        }
        try finish(outcomes, in: folder, plan.warnings)
    }

    private func judge(_ folder: WorkloadFolder) throws {
        let opened = folder.list.measured.map { name in
            (name, Result { try SessionDirectory.open(at: folder.path(ofSession: name)).withSession() })
        }
        let hasNoBase = opened.contains { (try? $0.1.get())?.session.base == nil }
        let trusted = hasNoBase ? try trustedBase() : .ownFiles(nil)
        let head = try measuring.file.load()
        let base = try trusted.base?.configuration(file: measuring.file.path ?? ConfigurationFile.defaultName)
        let plan = try WorkloadPlan(head: head, base: base, names: [])
        var outcomes = opened.map { name, found in
            let member = plan?.members.first { $0.name == name }
            return WorkloadOutcome.of(name, in: folder, measuring, by: member?.draft ?? head) {
                let (session, directory) = try found.get()
                return try judging(trusted).judged(session, in: directory, by: member?.draft ?? head)
            }
        }
        for name in plan?.declared ?? [] where !folder.list.declared.contains(name) {
            outcomes.append(.of(name, in: folder, measuring, by: base) { throw CommandFailure.notMeasured(name) })
        }
        try finish(outcomes, in: folder, plan?.warnings ?? [])
    }

    private func finish(_ outcomes: [WorkloadOutcome], in folder: WorkloadFolder, _ warnings: [Warning]) throws {
        try JudgedWorkloads(
            folder: folder, outcomes: outcomes, warnings: warnings, colour: colour.choice, junit: junit.flavour,
            pipeline: pipeline.choice, format: measuring.printing.format
        ).finish()
    }

    private func measure(
        _ member: WorkloadPlan.Member?, into path: String
    ) throws -> (session: Session, directory: SessionDirectory) {
        guard let ref = base.baseRef else { return try measuring.sessionRun(of: member, into: path).perform() }
        let (arms, files) = try measuring.comparedArms(of: member, baseRef: ref, baseURL: base.baseURL)
        if member == nil { Attempt.measures(arms.head.configuration) }
        return try withExtendedLifetime(files) {
            try arms.pairedRun(
                outputPath: path, baselines: store, resumes: measuring.resumes(member, in: path)
            ).perform()
        }
    }
}

extension SessionDirectory {
    fileprivate func withSession() throws -> (session: Session, directory: SessionDirectory) { (try session(), self) }
}
