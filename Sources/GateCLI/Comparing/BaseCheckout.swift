import GateBaselines
import GateCore
import GateCorpus
import GateFiles
import GateMeasure
import GateRevision
import GateSettings
import GateVerdict

/// The base of a comparison: the configuration and the corpus of another revision, taken out of git, and the server that
/// they are measured with.
struct BaseCheckout {
    let configuration: Configuration
    let corpusFolder: String
    let revision: ArmRevision
    let warnings: [Warning]
    /// Kept as long as the corpus is needed; nil where both arms read the same files.
    let files: RevisionFiles?
    /// The base's whole tree, in which its command is started; nil where no command is.
    let tree: RevisionTree?
    /// True where only the head says which server is the base's.
    let isServerOfHead: Bool
    private let repository: Repository
    private let commit: Revision

    /// True where the base has the very same file: what a head can change must not clear it.
    ///
    /// - Parameter path: of a file that is there.
    func holdsSame(_ path: String) -> Bool {
        guard let bytes = try? RegularFile.read(path, limit: BaselineStore.maximumBytes),
            let inRepository = try? repository.path(of: path)
        else { return false }
        return (try? commit.file(inRepository, limit: BaselineStore.maximumBytes)) == bytes
    }

    /// What the base's configuration leaves to the user and to the head.
    struct Context {
        /// The head's configuration file, as the user named it.
        let file: String
        let head: ConfigurationDraft
        let corpusFolder: String
        let flags: ConfigurationFlags
        /// The address of a server for the base, in place of what is configured.
        let serverURL: String?
    }

    /// - Parameter name: a branch, tag or commit.
    static func take(_ name: String, _ context: Context) throws -> BaseCheckout {
        let repository = try Repository(holding: ".")
        let revision = try repository.base(name)
        let draft = try configuration(of: revision, in: repository, context).named(context.flags.values["name"])
        let configuration = try draft.resolvedBase(
            head: context.head, flags: context.flags, serverURL: context.serverURL, environment: Variables.all)
        let tree = try configuration.command.map { _ in
            try baseTree(of: revision, setup: draft.baseSetup ?? context.head.baseSetup)
        }
        let corpus = try BaseCorpus.take(
            of: revision, in: repository, folder: context.corpusFolder, configuration: configuration.corpus,
            tree: tree)
        var warnings = corpus.warnings + (tree.map { treeWarnings($0, name) } ?? [])
        if !revision.isAncestor {
            warnings.append(.unknownAncestor(of: name))
        }
        return BaseCheckout(
            configuration: configuration, corpusFolder: corpus.folder,
            revision: ArmRevision(id: revision.commit, name: name), warnings: warnings, files: corpus.files,
            tree: tree,
            isServerOfHead: context.serverURL == nil && !draft.namesBaseServer && context.head.namesBaseServer,
            repository: repository, commit: revision)
    }

    /// Seconds for the command that prepares it.
    private static let setupSeconds = 3600.0

    private static func baseTree(of revision: Revision, setup: [String]?) throws -> RevisionTree {
        let tree = try RevisionTree(of: revision)
        guard let setup else { return tree }
        ProgressNotes.onStandardError.note("preparing the base's tree: \(setup.joined(separator: " "))")
        try tree.prepare(by: setup, timeoutSeconds: setupSeconds)
        return tree
    }

    private static func treeWarnings(_ tree: RevisionTree, _ name: String) -> [Warning] {
        var warnings: [Warning] = []
        if let first = tree.submodules.first {
            warnings.append(
                Warning(
                    "the tree of '\(name)' has \(DisplayFormat.count(tree.submodules.count, "submodule")), first"
                        + " '\(first)', whose files are not checked out",
                    remedy: "Where its command needs them: base.setup: [git, submodule, update, --init, --recursive]."))
        }
        if tree.usesLFS {
            warnings.append(
                Warning(
                    "files of '\(name)' are kept in Git LFS: they are there where git lfs is installed, else pointers to"
                        + " them",
                    remedy: "Where its command needs them: base.setup: [git, lfs, pull]."))
        }
        return warnings
    }

    private static func configuration(
        of revision: Revision, in repository: Repository, _ context: Context
    ) throws -> ConfigurationDraft {
        let path = try repository.path(of: context.file)
        if let bytes = try revision.file(path, limit: ConfigurationFile.largest) {
            let draft = try ConfigurationFile.parse(bytes, path: "\(revision.name):\(path)")
            if let name = context.flags.values["name"], context.head.workloadNames.contains(name),
                !draft.ownNames.contains(name)
            {
                throw CommandFailure(
                    .baselineMissing,
                    "the base '\(revision.name)' (\(revision.commit.prefix(12))) has no workload '\(name)'",
                    remedy: "Nothing says how to measure it there. Merge the workload first.")
            }
            return draft
        }
        // Flags alone may say everything, on both sides.
        guard context.head.path != nil else { return ConfigurationDraft() }
        throw CommandFailure(
            .baselineMissing, "the base '\(revision.name)' (\(revision.commit.prefix(12))) has no '\(path)'",
            remedy:
                "Nothing says how to measure it. Merge the configuration first; until then check without --base-ref,"
                + " or name another file by --config.")
    }
}

/// The files that the base's arm reads.
private struct BaseCorpus {
    let folder: String
    let files: RevisionFiles?
    let warnings: [Warning]

    static func take(
        of revision: Revision, in repository: Repository, folder: String, configuration: CorpusConfiguration,
        tree: RevisionTree?
    ) throws -> BaseCorpus {
        guard let path = try? repository.path(of: folder) else {
            return shared(folder, "is outside the repository")
        }
        let roots = configuration.roots.map { root in
            let parts = (path.split(separator: "/") + root.path.split(separator: "/")).filter { $0 != "." }
            return parts.joined(separator: "/")
        }
        for root in roots { try revision.refuseSubmodule(above: root) }
        let isInBase = try roots.map { try revision.holds($0) }
        let isInHead = try roots.map { try repository.tracks($0) }
        guard isInBase.contains(true) else {
            guard isInHead.contains(true) else { return shared(folder, "is not kept in git") }
            throw CommandFailure(
                .baselineMissing,
                "the base '\(revision.name)' (\(revision.commit.prefix(12))) has no corpus in '\(folder)'",
                remedy: "Merge the corpus first; until then check without --base-ref.")
        }
        let files = try RevisionFiles(
            of: revision, paths: roots, below: path, maxFileBytes: configuration.maxFileBytes,
            trees: [tree?.path].compactMap(\.self))
        return BaseCorpus(folder: files.folder, files: files, warnings: leftOut(files, of: revision))
    }

    private static func shared(_ folder: String, _ why: String) -> BaseCorpus {
        BaseCorpus(
            folder: folder, files: nil,
            warnings: [
                Warning(
                    "the corpus '\(folder)' \(why), so that base and head read the same files",
                    remedy: "That is right where the corpus is no part of what changes; else commit it.")
            ])
    }

    private static func leftOut(_ files: RevisionFiles, of revision: Revision) -> [Warning] {
        guard let first = files.leftOut.first else { return [] }
        return [
            Warning(
                "\(files.leftOut.count) names in the corpus of '\(revision.name)' are left out, first: \(first)",
                remedy: "Symbolic links and names that are not UTF-8 are in no corpus; commit regular files.")
        ]
    }
}
