public import GateCore

extension SessionDirectory {
    /// The directory of a session that was interrupted, locked, for a call that goes on with it. A call that began since has
    /// put the session aside; it gets its name back.
    public static func resume(at path: String) throws -> (directory: SessionDirectory, session: Session) {
        let directory = try createForJudgement(at: path)
        let (session, earlier) = (directory.path(of: sessionName), directory.path(of: earlierSessionName))
        if PathKind.of(session) == .nothing {
            guard PathKind.of(earlier) != .nothing else { throw SessionError.noSession(directory.path) }
            try Folder.rename(earlier, to: session)
        }
        return (directory, try directory.session())
    }

    /// The session that an earlier call left, which stays where it is; nil where there is none that can be read.
    public static func sessionLeft(at path: String) -> Session? {
        let directory = SessionDirectory(path: trimmed(path), lock: nil)
        for name in [sessionName, earlierSessionName] where PathKind.of(directory.path(of: name)) != .nothing {
            return try? directory.session(in: name)
        }
        return nil
    }
}
