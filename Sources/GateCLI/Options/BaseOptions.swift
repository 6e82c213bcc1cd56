import ArgumentParser
import GateCore
import GateMeasure
import GateRevision
import GateSettings

/// Which revision is the base of a check, and where its server is.
struct BaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Compares with this branch, tag or commit in pairs of runs: its configuration and corpus are taken out of"
                + " git.",
            valueName: "ref"))
    var baseRef: String?
    @Option(
        help: ArgumentHelp(
            "The address of a server that runs and serves the base (default: base.server, else the head's server).",
            valueName: "url"))
    var baseURL: String?

    func validate() throws {
        if baseURL != nil, baseRef == nil { throw ValidationError("--base-url needs --base-ref") }
        if baseRef?.isEmpty == true { throw ValidationError("--base-ref is empty: name a branch, tag or commit") }
    }
}

extension MeasuringOptions {
    /// Both arms of a check against another revision.
    ///
    /// - Parameter member: of several workloads; nil for the one of the file, or the one that a flag names.
    /// - Returns: the arms, and the base, whose files are removed with it.
    func comparedArms(
        of member: WorkloadPlan.Member?, baseRef: String, baseURL: String?
    ) throws -> (ComparedArms, BaseCheckout) {
        let draft = try draft(of: member)
        let flags = member?.flags(flags) ?? flags
        let head = try draft.resolved(flags: flags, environment: Variables.all)
        let base = try BaseCheckout.take(
            baseRef,
            BaseCheckout.Context(
                file: file.path ?? ConfigurationFile.defaultName, head: draft, corpusFolder: corpus.folder,
                flags: flags, serverURL: baseURL))
        let source = SourceRevision.read()
        let arms = ComparedArms(
            head: ComparedArms.Arm(
                configuration: head, corpusFolder: corpus.folder,
                commit: source.isDirty == false ? source.commit : nil, name: nil),
            base: ComparedArms.Arm(
                configuration: base.configuration, corpusFolder: base.corpusFolder, commit: base.revision.id,
                name: baseRef, root: base.tree?.folder ?? "."),
            warnings: base.warnings + headServerWarnings(draft, base), isServerNamed: isServerNamed(draft),
            isInBase: { base.holdsSame($0) })
        return (arms, base)
    }

    private func headServerWarnings(_ head: ConfigurationDraft, _ base: BaseCheckout) -> [Warning] {
        guard base.isServerOfHead else { return [] }
        return [
            Warning(
                "the base is measured with the server that the head names for it (base.server)",
                remedy: "Review that setting: from the merge on, the base's own counts.")
        ]
    }
}
