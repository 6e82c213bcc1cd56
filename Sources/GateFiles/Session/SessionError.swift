/// Why a folder is not a session directory, or must not become one (exit code 65; 73 for `occupied`).
public enum SessionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no such folder.
    case noFolder(String)
    /// The folder is there, its `session.json` is not.
    case noSession(String)
    /// The folder holds something that chimera-gate did not write.
    case occupied(String, by: String)
    /// `session.json` can be read, but says what cannot be.
    case impossible(file: String, detail: String)

    /// What happened and where.
    public var message: String {
        switch self {
        case .noFolder(let path): "there is no session directory '\(path)'"
        case .noSession(let path): "'\(path)' is not a session directory: it has no \(SessionDirectory.sessionName)"
        case .occupied(let path, let name):
            "'\(path)' cannot become a session directory: it holds '\(name)', which is not from a session"
        case .impossible(let file, let detail): "'\(file)': \(detail)"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .noFolder, .noSession: "Run 'chimera-gate run' first, or name the directory of a session that exists."
        case .occupied: "Name an empty or new directory with --output."
        case .impossible: "The file was damaged or edited by hand: restore it, or run the session again."
        }
    }

    public var description: String { "\(message). \(remedy)" }
}
