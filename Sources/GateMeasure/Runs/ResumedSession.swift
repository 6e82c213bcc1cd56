import GateCore
import GateFiles

/// A session that was interrupted and goes on: with the same configuration, data, server and code on the same machine, or
/// not at all, because its runs could not be told apart afterwards.
enum ResumedSession {
    /// - Parameter fresh: the session that would begin now.
    /// - Returns: the session as it was left; nil where it has no finished run, so that a new one may take its place.
    static func open(at path: String, for fresh: Session) throws -> (directory: SessionDirectory, session: Session)? {
        let (directory, kept) = try SessionDirectory.resume(at: path)
        var session = kept
        if let reason = reasonNotToResume(session, fresh) {
            throw MeasuringError.cannotGoOn(directory: directory.path, reason: reason)
        }
        guard !session.runs.isEmpty else { return nil }
        session.serverStarts += fresh.serverStarts
        return (directory, session)
    }

    private static func reasonNotToResume(_ session: Session, _ fresh: Session) -> String? {
        if session.base != nil { return "it compares two revisions, whose pairs are made in one go" }
        if session.configuration != fresh.configuration { return "its configuration is another one" }
        if session.corpus != fresh.corpus { return "its corpus is another one" }
        if session.toolVersion != fresh.toolVersion { return "it was begun by chimera-gate \(session.toolVersion)" }
        // The model of a command may be known by its first call only.
        let isOtherModel = session.model != fresh.model && !fresh.model.name.isEmpty
        if session.server != fresh.server || isOtherModel {
            return "the server or its model is another one"
        }
        let (then, now) = (session.environment, fresh.environment)
        if then.hostname != now.hostname || then.cpuModel != now.cpuModel { return "it was begun on another machine" }
        if then.commit != now.commit { return "it was begun on another commit" }
        if session.runs.last?.load != nil { return "a load is measured in one go" }
        return nil
    }
}
