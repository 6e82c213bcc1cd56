internal import GateProcess
internal import Glibc

/// The whole tree of a revision in a temporary folder of its own: a worktree of git, with what the repository's own settings
/// make of files (line ends, executable bits, Git LFS where it is installed). Removed with its owner.
public final class RevisionTree {
    /// The folder that stands for the one the repository was found from. Absolute.
    public let folder: String
    /// Paths of submodules whose files are not there: a worktree has none of them until they are checked out.
    public var submodules: [String] {
        allSubmodules.filter { submodule in
            guard let folder = opendir("\(path)/\(submodule)") else { return true }
            defer { closedir(folder) }
            // "." and ".." are always there.
            return (0..<3).contains { _ in readdir(folder) == nil }
        }
    }
    private let allSubmodules: [String]
    /// Whether files of it are kept in Git LFS by its `.gitattributes`.
    public let usesLFS: Bool

    private let scratch: ScratchFolder
    private let repository: Repository
    /// What stands for the root of the repository. Absolute.
    public var path: String { "\(scratch.path)/tree" }

    /// Takes the tree out of git. No hook of the repository runs.
    public init(of revision: Revision) throws(RevisionError) {
        do throws(ProcessError) {
            scratch = try ScratchFolder()
        } catch {
            throw .notWritten(path: "a temporary folder", reason: "\(error)")
        }
        repository = revision.repository
        let tree = "\(scratch.path)/tree"
        folder = "\(tree)/\(repository.prefix)".trimmingSlash
        let entries = try revision.entries(below: "")
        allSubmodules = entries.filter { $0.kind == .submodule }.compactMap(\.path)
        // A worktree of a call that was killed is known to git as long as nobody says that it is gone.
        _ = try Repository.git(["worktree", "prune"], in: repository.root)
        let result = try Repository.git(
            [
                "-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--force", "--quiet", tree,
                revision.commit,
            ], in: repository.root)
        guard result.status.isSuccess else {
            throw .failed(
                action: "check '\(revision.name)' out into a worktree", said: result.errorLines.joined(separator: "; "))
        }
        usesLFS = try RevisionTree.usesLFS(revision, entries)
        if let entry = try entryOfGit() { scratch.takesAlong(entry) }
    }

    /// The folder in which git keeps what it knows of the worktree: a signal leaves no time to have git remove it. nil where
    /// git says none.
    private func entryOfGit() throws(RevisionError) -> String? {
        let result = try Repository.git(
            ["rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"], in: path)
        let folders = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        guard result.status.isSuccess, folders.count == 2, folders[0].hasPrefix("\(folders[1])/worktrees/") else {
            return nil
        }
        return String(folders[0])
    }

    deinit {
        _ = try? Repository.git(["worktree", "remove", "--force", path], in: repository.root)
        _ = try? Repository.git(["worktree", "prune"], in: repository.root)
    }

    /// Bytes; a file of attributes that is larger is not looked at.
    private static let largestAttributes = 1 << 20

    private static func usesLFS(_ revision: Revision, _ entries: [Revision.Entry]) throws(RevisionError) -> Bool {
        for path in entries.compactMap(\.path)
        where path == ".gitattributes" || path.hasSuffix("/.gitattributes") {
            let bytes = (try? revision.file(path, limit: largestAttributes)) ?? []
            if String(decoding: bytes, as: UTF8.self).contains("filter=lfs") { return true }
        }
        return false
    }
}

extension RevisionTree {
    /// Runs a command in it, to its end.
    ///
    /// - Parameter timeoutSeconds: after this time it is ended.
    /// - Throws: how it failed, with its last lines.
    public func prepare(by command: [String], timeoutSeconds: Double) throws(RevisionError) {
        func failed(_ reason: String) -> RevisionError { .notPrepared(command: command.first ?? "", reason: reason) }
        let program: WatchedProgram
        do throws(ProcessError) {
            program = try WatchedProgram.run(
                command: command, directory: folder, environment: InheritedEnvironment.with([:]),
                timeoutSeconds: timeoutSeconds, keptBytes: 64 << 10)
        } catch {
            throw failed("\(error)")
        }
        let lines = (program.errors.lastLines + program.output.lastLines).prefix(10).joined(separator: " | ")
        let said = lines.isEmpty ? "" : "; its last lines: \(lines)"
        switch program.end {
        case .timedOut: throw failed("it did not end within \(timeoutSeconds) s\(said)")
        case .ended(let status) where !status.isSuccess: throw failed("\(status)\(said)")
        case .ended: break
        }
    }
}

extension String {
    fileprivate var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
