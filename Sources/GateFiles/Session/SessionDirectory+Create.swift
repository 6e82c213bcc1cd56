import GateJSON

extension SessionDirectory {
    /// Makes a session directory, or empties the one that is there of its old session. Only files that chimera-gate
    /// writes are removed; a folder that holds anything else and no session of ours is refused.
    public static func create(at path: String) throws -> SessionDirectory {
        let path = trimmed(path)
        try Folder.make(path)
        let directory = SessionDirectory(path: path, lock: try FolderLock(path))
        try directory.refuseForeignContent()
        try directory.removeOldSession()
        try directory.hideFromGit()
        return directory
    }

    /// A place for the reports of a check that got no session: made where it is missing, emptied of older reports. An
    /// older session stays.
    public static func createForJudgement(at path: String) throws -> SessionDirectory {
        let path = trimmed(path)
        try Folder.make(path)
        let directory = SessionDirectory(path: path, lock: try FolderLock(path))
        try directory.refuseForeignContent()
        for name in judgementNames { try Folder.removeFile(directory.path(of: name)) }
        try directory.hideFromGit()
        return directory
    }

    /// What a model said, and the names of machines, are not for the repository: the folder ignores itself, as pytest's
    /// and ruff's do. A file that is there stays as it is.
    private func hideFromGit() throws {
        let file = path(of: SessionDirectory.ignoreName)
        guard PathKind.of(file) == .nothing else { return }
        try AtomicFile.write("# Made by chimera-gate: measurements are not for the repository.\n*\n", to: file)
    }

    /// Files that chimera-gate writes into a session directory; a check that found no server leaves one without a
    /// session.
    private static func isOurs(_ name: String) -> Bool {
        let names = [
            sessionName, runsName, serverLogName, baseServerLogName, calibrationName, calibrationFolderName,
            ignoreName,
        ]
        return names.contains(name) || judgementNames.contains(name)
            || isUnfinished(name)
    }

    /// What a write that was killed left behind.
    private static func isUnfinished(_ name: String) -> Bool {
        name.hasPrefix(AtomicFile.temporaryPrefix) && name.hasSuffix(".tmp")
    }

    private func refuseForeignContent() throws {
        let names = try Folder.names(in: path)
        if names.contains(SessionDirectory.sessionName) {
            guard isSessionOfOurs() else { throw SessionError.occupied(path, by: SessionDirectory.sessionName) }
        } else if let foreign = names.first(where: { !SessionDirectory.isOurs($0) }) {
            throw SessionError.occupied(path, by: foreign)
        }
        let runs = self.path(of: SessionDirectory.runsName)
        guard [.nothing, .folder].contains(PathKind.of(runs)) else {
            throw SessionError.occupied(path, by: SessionDirectory.runsName)
        }
    }

    /// Another program may call a file `session.json` too. Any version of ours will do.
    private func isSessionOfOurs() -> Bool {
        let file = path(of: SessionDirectory.sessionName)
        guard let bytes = try? RegularFile.read(file, limit: SessionDirectory.maximumSessionBytes),
            let tree = try? CanonicalJSON.parse(bytes, file: file)
        else { return false }
        return tree["format_version"]?.int != nil && tree["tool_version"]?.string != nil
            && tree["machine_class"]?.string != nil
    }

    /// `session.json` first: without it, nothing of what is left can be taken for a session.
    private func removeOldSession() throws {
        try Folder.removeFile(path(of: SessionDirectory.sessionName))
        for name in SessionDirectory.judgementNames { try Folder.removeFile(path(of: name)) }
        for name in try Folder.names(in: path) where SessionDirectory.isUnfinished(name) {
            try Folder.removeFile(path(of: name))
        }
        let runs = path(of: SessionDirectory.runsName)
        guard PathKind.of(runs) == .folder else { return }
        for name in try Folder.names(in: runs) where SessionDirectory.isRunFolder(name) {
            try removeRun("\(runs)/\(name)")
        }
        try Folder.removeIfEmpty(runs)
    }

    private func removeRun(_ folder: String) throws {
        guard PathKind.of(folder) == .folder else { return }
        for name in try Folder.names(in: folder)
        where RunFile(rawValue: name) != nil || name == SessionDirectory.formerRecordingName
            || SessionDirectory.isUnfinished(name)
        {
            try Folder.removeFile("\(folder)/\(name)")
        }
        try Folder.removeIfEmpty(folder)
    }
}
