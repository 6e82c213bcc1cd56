internal import GateProcess
internal import Glibc

/// A git repository, asked through git itself. Nothing in it is written, no checkout, no index, no reference, but for the
/// worktrees of ``RevisionTree``.
public struct Repository: Sendable {
    /// The folder at the top of the working tree, absolute.
    public let root: String
    /// The folder that it was found from, below the root: empty, or with `/` at its end.
    let prefix: String
    public let isShallow: Bool

    static let timeoutSeconds = 300.0

    /// The repository that holds a folder.
    public init(holding folder: String = ".") throws(RevisionError) {
        func ask(_ question: String) throws(RevisionError) -> String {
            let result = try Repository.git(["rev-parse", question], in: folder)
            guard result.status.isSuccess else {
                let said = result.errorLines.first ?? "git said nothing"
                throw .noRepository(folder: folder, said: said.hasPrefix("fatal: ") ? String(said.dropFirst(7)) : said)
            }
            return Repository.line(result.output)
        }
        root = try ask("--show-toplevel")
        prefix = try ask("--show-prefix")
        isShallow = try ask("--is-shallow-repository") == "true"
        guard !root.isEmpty else { throw .noRepository(folder: folder, said: "it has no working tree") }
    }

    /// The revision where the current one left another: what a merge would be compared with.
    ///
    /// - Parameter name: a branch, tag or commit.
    /// - Returns: the latest common ancestor of both; the revision of that name itself, marked so, where the clone's
    ///   history does not show where they parted.
    public func base(_ name: String) throws(RevisionError) -> Revision {
        let commit = try commit(name)
        let result = try Repository.git(["merge-base", commit, "HEAD"], in: root)
        let ancestor = Repository.line(result.output)
        let isFound = result.status.isSuccess && !ancestor.isEmpty
        return Revision(repository: self, name: name, commit: isFound ? ancestor : commit, isAncestor: isFound)
    }

    /// The revision of a name itself.
    ///
    /// - Parameter label: what it is called where it is shown; nil for that name.
    public func revision(_ name: String, label: String? = nil) throws(RevisionError) -> Revision {
        Revision(repository: self, name: label ?? name, commit: try commit(name), isAncestor: false)
    }

    /// True for a commit that the current one has behind it, and the base has not.
    ///
    /// - Parameter commit: hexadecimal.
    public func isInChange(_ commit: String, since base: Revision) throws(RevisionError) -> Bool {
        guard commit.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return false }
        func isAncestor(of other: String) throws(RevisionError) -> Bool {
            try Repository.git(["merge-base", "--is-ancestor", commit, other], in: root).status.isSuccess
        }
        guard try isAncestor(of: "HEAD") else { return false }
        return try !isAncestor(of: base.commit)
    }

    /// The commits up to the current one that changed a file, the latest first.
    ///
    /// - Parameters:
    ///   - revision: up to this one instead.
    ///   - path: as ``path(of:)`` names it.
    ///   - limit: no more than so many.
    public func revisions(
        changing path: String, upTo revision: Revision? = nil, limit: Int
    ) throws(RevisionError) -> [Revision] {
        let result = try Repository.git(
            [
                "--literal-pathspecs", "log", "--first-parent", "--format=%H", "-n", "\(limit)",
                revision?.commit ?? "HEAD",
                "--", path,
            ], in: root)
        // A repository without any commit has no history, which is no error.
        guard result.status.isSuccess else { return [] }
        return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map { line in
            Revision(repository: self, name: String(line.prefix(12)), commit: String(line), isAncestor: true)
        }
    }

    /// What the default branch is to the current one.
    public enum DefaultBranch: Sendable {
        /// Where the current one left it; in a shallow clone that does not show that, its latest commit.
        case left(Revision)
        /// It is the current one, or there is no commit yet.
        case current
        /// The clone has none that we know.
        case unknown
    }

    public var defaultBranch: DefaultBranch {
        guard let head = try? commit("HEAD") else { return .current }
        for name in defaultBranches {
            guard let revision = try? base(name), revision.isAncestor || isShallow else { continue }
            return revision.commit == head ? .current : .left(revision)
        }
        return .unknown
    }

    /// What the remote says, then the usual names.
    private var defaultBranches: [String] {
        let said =
            (try? Repository.git(["rev-parse", "--abbrev-ref", "--quiet", "--verify", "origin/HEAD"], in: root))
            .map { $0.status.isSuccess ? Repository.line($0.output) : "" } ?? ""
        return (said.isEmpty || said == "origin/HEAD" ? [] : [said]) + [
            "origin/main", "origin/master", "main", "master",
        ]
    }

    private func commit(_ name: String) throws(RevisionError) -> String {
        let result = try Repository.git(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"], in: root)
        let commit = Repository.line(result.output)
        guard result.status.isSuccess, !commit.isEmpty else {
            throw isShallow ? .notFetched(name: name) : .unknown(name: name)
        }
        return commit
    }

    /// The path of a file or folder as git names it: below the root, without `.` and `..`; empty for the root itself.
    ///
    /// - Parameter path: absolute, or below the folder that the repository was found from. It need not exist.
    public func path(of path: String) throws(RevisionError) -> String {
        let whole = path.hasPrefix("/") ? Repository.resolved(path) : "\(root)/\(prefix)\(path)"
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        let top = root.split(separator: "/")
        guard parts.starts(with: top) else { throw .outside(path: path, root: root) }
        return parts.dropFirst(top.count).joined(separator: "/")
    }

    /// True where git tracks a file at or below the path, as `path(of:)` names it, in the working tree.
    public func tracks(_ path: String) throws(RevisionError) -> Bool {
        let result = try Repository.git(
            ["--literal-pathspecs", "ls-files", "-z", "--", path.isEmpty ? "." : path], in: root)
        guard result.status.isSuccess else {
            throw .failed(action: "list its files", said: result.errorLines.joined(separator: "; "))
        }
        return !result.output.isEmpty
    }

    // MARK: - git

    static func git(_ arguments: [String], in folder: String) throws(RevisionError) -> CapturedOutput {
        try run(["git", "--no-replace-objects", "-C", folder] + arguments)
    }

    static func run(_ command: [String], limit: Int = 256 << 20) throws(RevisionError) -> CapturedOutput {
        do throws(ProcessError) {
            return try ChildProcess.capture(
                command: command, environment: InheritedEnvironment.inEnglish, limit: limit,
                timeoutSeconds: timeoutSeconds)
        } catch {
            throw .noGit("\(error)")
        }
    }

    /// Output without the newline at its end.
    private static func line(_ output: [UInt8]) -> String {
        let text = String(decoding: output, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// An absolute path whose existing part has no symbolic link: git's root has none either.
    private static func resolved(_ path: String) -> String {
        var (existing, rest) = (path, "")
        while existing.count > 1 {
            if let whole = realpath(existing, nil) {
                defer { free(whole) }
                return String(cString: whole) + rest
            }
            let slash = existing.lastIndex(of: "/") ?? existing.startIndex
            rest = String(existing[slash...]) + rest
            existing = String(existing[..<slash])
        }
        return path
    }
}
