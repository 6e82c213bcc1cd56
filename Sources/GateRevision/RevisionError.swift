/// Why a revision cannot be a base.
public enum RevisionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// git is not installed, or cannot be run.
    case noGit(String)
    /// No repository holds the folder, or git does not trust it; in git's own words.
    case noRepository(folder: String, said: String)
    /// The repository has no such revision.
    case unknown(name: String)
    /// The repository is a shallow clone, and the revision or the history up to it was not fetched.
    case notFetched(name: String)
    /// A path lies outside the repository's working tree, so that no revision can hold it.
    case outside(path: String, root: String)
    /// What the revision holds in the place of a file cannot be read out of git.
    case unreadable(path: String, name: String, reason: String, remedy: String)
    /// git ended with an error; in its own words.
    case failed(action: String, said: String)
    /// A file of the revision cannot be written into the temporary folder.
    case notWritten(path: String, reason: String)
    /// The command that prepares the base's tree failed.
    case notPrepared(command: String, reason: String)

    /// What happened and where.
    public var message: String {
        switch self {
        case .noGit(let reason): "git cannot be run: \(reason)"
        case .noRepository(let folder, let said): "'\(folder)' is in no git repository (\(said))"
        case .unknown(let name): "the repository has no revision '\(name)'"
        case .notFetched(let name):
            "the clone is shallow and does not have the revision '\(name)'"
        case .outside(let path, let root): "'\(path)' is outside the repository '\(root)', so that no revision holds it"
        case .unreadable(let path, let name, let reason, _): "'\(path)' at '\(name)' is \(reason)"
        case .failed(let action, let said): "git could not \(action): \(said)"
        case .notWritten(let path, let reason): "cannot write '\(path)' of the base: \(reason)"
        case .notPrepared(let command, let reason):
            "'\(command)' (base.setup) did not prepare the base's tree: \(reason)"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .noGit: "Install git, or compare two configurations: chimera-gate compare BASE.yml HEAD.yml."
        case .noRepository:
            "Run it inside the repository (git's words tell more), or compare two configurations:"
                + " chimera-gate compare BASE.yml HEAD.yml."
        case .unknown(let name):
            "Name a branch, tag or commit that this clone has, or fetch it first: git fetch origin \(branch(of: name))."
        case .notFetched(let name):
            "Fetch the history: 'fetch-depth: 0' of actions/checkout, GIT_DEPTH: 0 in GitLab, or"
                + " git fetch --unshallow origin && git fetch origin \(branch(of: name))."
        case .outside: "Name a path inside the repository, or compare two configurations with 'chimera-gate compare'."
        case .unreadable(_, _, _, let remedy): remedy
        case .failed: "Run 'git fsck' there, and fetch what is missing."
        case .notPrepared: "Mend the command: it runs in the folder of the base's tree that stands for this one."
        case .notWritten: "Free some space below TMPDIR (else /tmp), or allow this user to write there."
        }
    }

    /// `main` of `origin/main`.
    private func branch(of name: String) -> String {
        name.hasPrefix("origin/") ? String(name.dropFirst("origin/".count)) : name
    }

    public var description: String { "\(message). \(remedy)" }
}
