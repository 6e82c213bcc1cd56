internal import GateProcess

/// One commit, and the files that it holds.
public struct Revision: Sendable {
    let repository: Repository
    /// As the user named it.
    public let name: String
    /// Hexadecimal.
    public let commit: String
    /// True where it is the latest ancestor that the named revision shares with the current one; false where that is not
    /// known and it is the named revision itself.
    public let isAncestor: Bool

    /// What lies in a tree at a path.
    struct Entry: Equatable {
        enum Kind: Equatable { case file, symbolicLink, submodule }

        /// Below the root, with `/`; nil where the name is not UTF-8.
        let path: String?
        let kind: Kind
        let object: String
        /// Bytes; 0 for what is no file.
        let size: Int
    }

    /// The content of one file; nil where the revision does not have it.
    ///
    /// - Parameter path: as ``Repository/path(of:)`` names it.
    /// - Parameter limit: bytes; a larger file is refused.
    public func file(_ path: String, limit: Int) throws(RevisionError) -> [UInt8]? {
        guard let entry = try entries(below: path).first(where: { $0.path == path }) else {
            try refuseDetour(to: path)
            return nil
        }
        guard entry.kind == .file else {
            throw .unreadable(
                path: path, name: name, reason: "not a regular file", remedy: "Commit it as a regular file.")
        }
        guard entry.size <= limit else {
            throw .unreadable(
                path: path, name: name, reason: "larger than the \(limit) bytes that are read",
                remedy: "No file of this kind is that large: check that it is the right one.")
        }
        let result = try Repository.git(["cat-file", "blob", entry.object], in: repository.root)
        guard result.status.isSuccess else {
            throw .failed(action: "read '\(path)'", said: result.errorLines.joined(separator: "; "))
        }
        return result.output
    }

    /// A file that only another repository, or a link, leads to is not missing.
    private func refuseDetour(to path: String) throws(RevisionError) {
        var folder = path
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            guard let entry = try entries(below: folder).first(where: { $0.path == folder }) else { continue }
            let what = entry.kind == .submodule ? "a submodule" : "no folder, but a file or a link"
            throw .unreadable(
                path: folder, name: name, reason: "\(what), so that the revision does not hold '\(path)'",
                remedy: "Keep the files themselves in this repository.")
        }
    }

    /// Refuses a path that only a submodule leads to: the revision says which commit of it is meant, and holds no file of it.
    public func refuseSubmodule(above path: String) throws(RevisionError) {
        var folder = path
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            let entry = try entries(below: folder).first { $0.path == folder }
            if entry?.kind == .submodule { throw inSubmodule(folder) }
        }
    }

    func inSubmodule(_ path: String) -> RevisionError {
        .unreadable(
            path: path, name: name, reason: "a submodule, whose files this repository does not hold",
            remedy: "Keep the corpus in the repository itself, or check the base out with its submodules and compare"
                + " with 'chimera-gate compare … --base-corpus DIR'.")
    }

    /// True where the revision has a file at or below the path.
    public func holds(_ path: String) throws(RevisionError) -> Bool { try !entries(below: path).isEmpty }

    /// Those of some files that the revision has, and the working tree as the revision has them.
    ///
    /// - Parameter paths: as ``Repository/path(of:)`` names them.
    public func unchanged(_ paths: Set<String>) throws(RevisionError) -> Set<String> {
        let files = paths.filter { !$0.isEmpty }.sorted()
        guard !files.isEmpty else { return [] }
        let held = try entries(below: files).filter { $0.kind == .file }.compactMap(\.path)
        let result = try Repository.git(
            ["--literal-pathspecs", "diff", "--no-ext-diff", "--name-only", "-z", commit, "--"] + files,
            in: repository.root)
        guard result.status.isSuccess else {
            throw .failed(action: "compare files with '\(name)'", said: result.errorLines.joined(separator: "; "))
        }
        let changed = result.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return paths.intersection(held).subtracting(changed)
    }

    /// Everything at or below a path that is no folder, in git's order.
    func entries(below path: String) throws(RevisionError) -> [Entry] {
        try entries(below: path.isEmpty ? [] : [path])
    }

    private func entries(below paths: [String]) throws(RevisionError) -> [Entry] {
        let result = try Repository.git(
            ["ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--"] + paths, in: repository.root)
        guard result.status.isSuccess else {
            throw .failed(action: "list the files of '\(name)'", said: result.errorLines.joined(separator: "; "))
        }
        return result.output.split(separator: 0).compactMap(Revision.entry)
    }

    /// `100644 blob 3b18e5…     1234<TAB>reports/a.csv`
    private static func entry(_ record: ArraySlice<UInt8>) -> Entry? {
        guard let tab = record.firstIndex(of: 0x09) else { return nil }
        let fields = String(decoding: record[..<tab], as: UTF8.self).split(separator: " ")
        guard fields.count == 4 else { return nil }
        let kind: Entry.Kind =
            switch fields[0] {
            case "120000": .symbolicLink
            case "160000": .submodule
            default: .file
            }
        return Entry(
            path: String(validating: record[(tab + 1)...], as: UTF8.self), kind: kind, object: String(fields[2]),
            size: Int(fields[3]) ?? 0)
    }

    /// When it was committed, in seconds since 1970.
    func committedAt() throws(RevisionError) -> Int {
        let result = try Repository.git(["log", "-1", "--format=%ct", commit], in: repository.root)
        return Int(String(decoding: result.output, as: UTF8.self).filter { !$0.isWhitespace }) ?? 0
    }
}
