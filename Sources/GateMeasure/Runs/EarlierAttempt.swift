import GateCore
import GateFiles

/// What an earlier attempt of the same job of the pipeline left. All attempts count: whoever repeats a job until one of
/// them passes would choose among them.
enum EarlierAttempt {
    /// The session with the runs of the earlier attempts, to which this one adds its own.
    ///
    /// - Parameter fresh: the session that would begin now.
    /// - Returns: nil where there is none, or none that can be judged together with it: one that measured nothing, because
    ///   no server answered, is what the job is repeated for.
    static func open(at path: String, for fresh: Session) throws -> (directory: SessionDirectory, session: Session)? {
        guard let job = fresh.environment.pipeline, let left = SessionDirectory.sessionLeft(at: path),
            left.runs.contains(where: \.isComplete), let earlier = left.environment.pipeline,
            job.isLaterAttempt(of: earlier),
            ResumedSession.reasonNotToResume(left, fresh) == nil
        else { return nil }
        var (directory, session) = try SessionDirectory.resume(at: path)
        session.environment.pipeline = job
        session.serverStarts += fresh.serverStarts
        return (directory, session)
    }
}

extension Session {
    /// The warnings of a session that has not begun, with runs of earlier attempts before its own.
    func warnings(pooling runs: Int) -> [Warning] {
        guard runs > 0, let job = environment.pipeline else { return warnings }
        return warnings.filter { $0 != job.warning(pooled: 0) } + [job.warning(pooled: runs)].compactMap(\.self)
    }
}

extension PipelineJob {
    /// What is to be said of a session that another attempt went before; nil for the first attempt.
    ///
    /// - Parameter pooled: the runs of earlier attempts that are judged together with this one's.
    func warning(pooled: Int) -> Warning? {
        guard let attempt, attempt > 1 else { return nil }
        let name = "this is attempt \(attempt) of the job \(job) (\(platform.words))"
        guard pooled == 0 else {
            return Warning(
                "\(name): \(DisplayFormat.count(pooled, "run")) of the attempts before it are judged together with its own",
                remedy: "Nothing has to be done: no attempt is chosen among the others.")
        }
        return Warning(
            "\(name), and the figures of the attempts before it are not here: to repeat a job until it passes raises the"
                + " chance that a regression is missed",
            remedy: "Keep the session directory from one attempt to the next (an artefact, or the runner's folder):"
                + " then the runs of all attempts are judged together.")
    }
}
