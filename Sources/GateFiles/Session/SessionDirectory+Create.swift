import GateJSON

extension SessionDirectory {
    /// Makes a session directory, or empties the one that is there of its old session. Only files that chimera-gate
    /// writes are removed; a folder that holds anything else and no session of ours is refused.
    public static func create(at path: String) throws -> SessionDirectory {
        let directory = try prepare(trimmed(path))
        try directory.removeOldSession()
        return directory
    }

    /// The first step of a call that will leave its files here: makes the directory where it is missing and takes away
    /// what could be mistaken for this call's, whatever becomes of it. An older session stays, under another name, until
    /// there is a new one.
    @discardableResult
    public static func beginCall(at path: String) throws -> SessionDirectory {
        let directory = try createForJudgement(at: path)
        let session = directory.path(of: sessionName)
        try Folder.removeFile(directory.path(of: WorkloadFolder.listName))
        if PathKind.of(session) != .nothing {
            try Folder.rename(session, to: directory.path(of: earlierSessionName))
        }
        return directory
    }

    /// A place for the reports of a check that got no session: made where it is missing, emptied of older reports. An
    /// older session stays.
    public static func createForJudgement(at path: String) throws -> SessionDirectory {
        let directory = try prepare(trimmed(path))
        try directory.removeJudgement()
        return directory
    }

    /// The folder, locked, with nothing foreign in it and ignored by git: what a model said belongs into no commit by
    /// accident. A folder that was there before keeps the `.gitignore` that it has, or has not.
    private static func prepare(_ path: String) throws -> SessionDirectory {
        let isNew = PathKind.of(path) == .nothing
        try Folder.make(path)
        let directory = SessionDirectory(path: path, lock: try FolderLock(path))
        try directory.refuseForeignContent()
        if try isNew || Folder.names(in: path).isEmpty {
            try AtomicFile.write(
                "# Made by chimera-gate: measurements are not for the repository.\n*\n",
                to: directory.path(of: ignoreName))
        }
        return directory
    }

    /// Files that chimera-gate writes into a session directory; a check that found no server leaves one without a
    /// session.
    private static func isOurs(_ name: String) -> Bool {
        let names = [
            sessionName, earlierSessionName, runsName, serverLogName, baseServerLogName, calibrationName,
            calibrationFolderName, exchangesName, ignoreName, WorkloadFolder.listName, WorkloadFolder.sessionsName,
        ]
        return names.contains(name) || isOfJudgement(name) || AtomicFile.isTemporary(name)
    }

    private func refuseForeignContent() throws {
        let names = try Folder.names(in: path)
        let sessions = [SessionDirectory.sessionName, SessionDirectory.earlierSessionName]
        if let session = sessions.first(where: names.contains) {
            guard isSessionOfOurs(session) else { throw SessionError.occupied(path, by: session) }
        } else if let foreign = names.first(where: { !SessionDirectory.isOurs($0) }) {
            throw SessionError.occupied(path, by: foreign)
        }
        let runs = self.path(of: SessionDirectory.runsName)
        guard [.nothing, .folder].contains(PathKind.of(runs)) else {
            throw SessionError.occupied(path, by: SessionDirectory.runsName)
        }
    }

    /// Another program may call a file `session.json` too. Any version of ours will do.
    private func isSessionOfOurs(_ name: String) -> Bool {
        let file = path(of: name)
        guard let bytes = try? RegularFile.read(file, limit: SessionDirectory.maximumSessionBytes),
            let tree = try? CanonicalJSON.parse(bytes, file: file)
        else { return false }
        return tree["format_version"]?.int != nil && tree["tool_version"]?.string != nil
            && tree["machine_class"]?.string != nil
    }

    /// `session.json` first: without it, nothing of what is left can be taken for a session.
    public func removeOldSession() throws {
        try Folder.removeFile(path(of: SessionDirectory.sessionName))
        try Folder.removeFile(path(of: SessionDirectory.earlierSessionName))
        try removeJudgement()
        for name in try Folder.names(in: path) where AtomicFile.isTemporary(name) {
            try Folder.removeFile(path(of: name))
        }
        let runs = path(of: SessionDirectory.runsName)
        guard PathKind.of(runs) == .folder else { return }
        for name in try Folder.names(in: runs) where SessionDirectory.isRunFolder(name) {
            try removeRun("\(runs)/\(name)")
        }
        try Folder.removeIfEmpty(runs)
    }

    private func removeJudgement() throws { try removeFiles(where: SessionDirectory.isOfJudgement) }

    /// Takes away what an earlier judgement left for the platforms of pipelines.
    public func removePlatformFiles() throws { try removeFiles(where: SessionDirectory.isForPlatform) }

    private func removeFiles(where isMeant: (String) -> Bool) throws {
        for name in try Folder.names(in: path) where isMeant(name) { try Folder.removeFile(self.path(of: name)) }
    }

    private func removeRun(_ folder: String) throws {
        guard PathKind.of(folder) == .folder else { return }
        for name in try Folder.names(in: folder)
        where RunFile(rawValue: name) != nil || name == SessionDirectory.formerRecordingName
            || AtomicFile.isTemporary(name)
        {
            try Folder.removeFile("\(folder)/\(name)")
        }
        try Folder.removeIfEmpty(folder)
    }
}
