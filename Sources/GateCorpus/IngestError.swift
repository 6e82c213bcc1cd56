public import GateCore

/// Why there is nothing to analyse.
public enum IngestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The corpus folder itself cannot be opened.
    case noFolder(folder: String, reason: String)
    /// A root is absolute or leaves the corpus folder by `..`.
    case rootOutside(root: String)
    /// None of the roots is a folder below the corpus folder.
    case noRoots(folder: String, roots: [String])
    /// The roots hold no file that could be read.
    case noFiles(folder: String, roots: [String], unreadable: [UnreadableFile])

    public var description: String {
        switch self {
        case .noFolder(let folder, let reason):
            "The corpus folder '\(folder)' cannot be opened (\(reason)). Name an existing folder with --corpus."
        case .rootOutside(let root):
            "The corpus root '\(root)' lies outside of the corpus folder. Name a folder below it, without '..', or "
                + "another corpus folder with --corpus."
        case .noRoots(let folder, let roots):
            "There is no corpus: '\(folder)' has none of the folders \(quoted(roots)). Name the folder that holds them "
                + "with --corpus, or set corpus.roots in the configuration."
        case .noFiles(let folder, let roots, let unreadable):
            "No file of the corpus was read: \(quoted(roots)) in '\(folder)' hold no readable CSV, JSON or Markdown "
                + "file, and no text with numbers\(reasons(unreadable)). Put the data there, or name another folder with --corpus."
        }
    }

    private func quoted(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }

    private func reasons(_ unreadable: [UnreadableFile]) -> String {
        guard let first = unreadable.first else { return "" }
        let others = unreadable.count > 1 ? ", and \(unreadable.count - 1) more" : ""
        return " (unreadable: \(first.path): \(first.reason)\(others))"
    }
}
