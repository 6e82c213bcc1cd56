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
            remedy: "\(first.failure.remedy), then run the check again.\(first.failure.output(of: first.run))")
    }

    /// No run of a command did its work: what the first of them failed by.
    static func allRunsFailed(in session: Session) -> JudgementFailure? {
        guard let (run, failure) = session.failedRuns.first else { return nil }
        let valid = run.stages.flatMap(\.exchanges).count { $0.outcome.isValid }
        let which =
            session.failedRuns.count == 1
            ? "The run of the command failed" : "Every run of the command failed, the first"
        // Of a server that fails another try may come to something; a recording stays what it is.
        let isOfServer = failure.call.map { $0.reason.kind != .notRecorded } ?? false
        return JudgementFailure(
            session.isMisconfigured ? .misconfigured : isOfServer ? .nothingMeasured : .commandFailed,
            message: session.hasValidCall
                ? "\(which): run \(run.index)\(valid > 0 ? ", after \(DisplayFormat.count(valid, "valid call"))" : ""):"
                    + " \(failure.words)"
                : "No valid call was measured: run \(run.index): \(failure.words)",
            remedy: "\(failure.remedy), then run again; nothing was compared.\(failure.output(of: run))")
    }
}

extension RunFailure {
    /// Where to read on; empty where it never began.
    fileprivate func output(of run: Run) -> String {
        let folder = Run.folder(of: run.index)
        return kind == .notStarted
            ? "" : " What the command wrote is in \(folder)/stderr.txt and \(folder)/stdout.txt."
    }
}
