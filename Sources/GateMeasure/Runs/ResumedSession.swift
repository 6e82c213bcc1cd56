import GateCore
import GateFiles

/// A session that was interrupted and goes on: with the same configuration, data, server and code on the same machine, and
/// beside the same base, or not at all, because its runs could not be told apart afterwards.
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
        session.base?.serverStarts += fresh.base?.serverStarts ?? []
        return (directory, session)
    }

    static func reasonNotToResume(_ session: Session, _ fresh: Session) -> String? {
        if session.base != nil, fresh.base == nil { return "it compares two revisions, and no base is named" }
        if session.base == nil, fresh.base != nil { return "it was begun without a base" }
        if session.configuration != fresh.configuration { return "its configuration is another one" }
        if session.corpus != fresh.corpus { return "its corpus is another one" }
        if session.toolVersion != fresh.toolVersion { return "it was begun by chimera-gate \(session.toolVersion)" }
        if session.origin != fresh.origin || isOther(session.model, fresh.model) {
            return "the server or its model is another one"
        }
        let (then, now) = (session.environment, fresh.environment)
        if then.hostname != now.hostname || then.cpuModel != now.cpuModel { return "it was begun on another machine" }
        if then.commit != now.commit { return "it was begun on another commit" }
        return session.base.flatMap { base in fresh.base.flatMap { reasonNotToResume(base, $0) } }
    }

    private static func reasonNotToResume(_ base: BaseArm, _ fresh: BaseArm) -> String? {
        if base.revision.id != fresh.revision.id {
            return "its base is \(base.revision.label), and not \(fresh.revision.label)"
        }
        if base.headRevision.id != fresh.headRevision.id {
            return "its head is \(base.headRevision.label), and not \(fresh.headRevision.label)"
        }
        if base.configuration != fresh.configuration { return "the configuration of its base is another one" }
        if base.corpus != fresh.corpus { return "the corpus of its base is another one" }
        if base.server != fresh.server || isOther(base.model, fresh.model) {
            return "the base's server or its model is another one"
        }
        return nil
    }

    /// The model of a command may be known by its first call only.
    private static func isOther(_ model: ModelIdentity, _ fresh: ModelIdentity) -> Bool {
        model != fresh && !fresh.name.isEmpty
    }
}
