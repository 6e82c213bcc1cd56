import GateCore

extension JudgementFailure {
    /// Runs of a command that failed, as no figure shows them: those of the head; beside a base, only where more failed
    /// than of the base's.
    static func failedRuns(of session: Session) -> JudgementFailure? {
        func failed(_ arm: Arm) -> [(run: Run, failure: RunFailure)] {
            session.measuredRuns(of: arm).compactMap { run in run.command?.failure.map { (run, $0) } }
        }
        let head = failed(.head)
        guard let first = head.first, head.count > (session.base == nil ? 0 : failed(.base).count) else { return nil }
        let all = session.measuredRuns.count
        return JudgementFailure(
            .commandFailed,
            message: "\(head.count) of \(DisplayFormat.count(all, "run")) failed, the first: run \(first.run.index):"
                + " \(first.failure.words)",
            remedy:
                "What the command wrote is in \(Run.folder(of: first.run.index)); mend it, then run the check again.")
    }
}
