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
}
