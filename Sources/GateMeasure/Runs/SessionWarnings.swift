package import GateCore
import GateStream
import GateWorkload

/// What makes a session's figures doubtful, or an option ineffective, before the first call.
package enum SessionWarnings {
    static func list(
        configuration: Configuration, corpus: Corpus, profile: ServerProfile
    ) -> [Warning] {
        var warnings = ofReading(corpus)
        if let command = configuration.command {
            return warnings + withoutFacts(command, corpus)
        }
        if let warning = ContextWindow.resolve(agent: configuration.agent, profile: profile).warning {
            warnings.append(warning)
        }
        warnings += ineffectiveOptions(configuration.agent, profile)
        return warnings
    }

    /// Of calls whose agent somebody else started.
    static func ofPassedCalls(_ corpus: Corpus) -> [Warning] {
        guard corpus.files.isEmpty else { return ofReading(corpus) }
        return ofReading(corpus) + [
            Warning(
                "which data the agent read is not known: figures of other data are compared with these without a word",
                remedy: "Name the folders of its data (corpus.roots, --corpus) where the calls pass.")
        ]
    }

    private static func ofReading(_ corpus: Corpus) -> [Warning] {
        guard let first = corpus.unreadable.first else { return corpus.warnings }
        return corpus.warnings + [
            Warning(
                "\(DisplayFormat.count(corpus.unreadable.count, "file")) of the corpus could not be read, first:"
                    + " \(first.path) (\(first.reason))",
                remedy: "'chimera-gate ingest' lists them all.")
        ]
    }

    /// Fewer figures than were asked for, because somebody or something ended chimera-gate.
    package static func interruption(of session: Session) -> Warning? {
        if let base = session.base {
            guard base.end == nil else { return nil }
            return Warning(
                "the session was interrupted: \(DisplayFormat.count(session.measuredPairs.count, "pair")) finished",
                remedy: "The verdict stands on those pairs alone; measure again where that is too little.")
        }
        let planned = session.configuration.warmupRuns + session.configuration.runs
        let isStopped = session.runs.last?.hopelessReason != nil
        guard session.runs.count < planned, !isStopped else { return nil }
        return Warning(
            "the session was interrupted: \(session.runs.count) of its \(planned) runs were finished",
            remedy: "Its figures stand on those runs alone; measure again where that is too little.")
    }

    private static func withoutFacts(_ command: CommandConfiguration, _ corpus: Corpus) -> [Warning] {
        guard corpus.files.isEmpty, command.report != nil else { return [] }
        return [
            Warning(
                "there is no corpus: the command is given no facts (\(CommandEnvironment.factsVariable)), and no figure of"
                    + " its reports is checked against the data",
                remedy: "Name the folders that the reports speak of (corpus.roots, --corpus).")
        ]
    }

    private static func ineffectiveOptions(_ agent: AgentConfiguration, _ profile: ServerProfile) -> [Warning] {
        let names = profile.optionsWithoutEffect(of: agent)
        guard !names.isEmpty else { return [] }
        return [
            Warning(
                "\(names.joined(separator: ", ")) has no effect: \(profile.server.product) takes no such option by its API",
                remedy: "Set it where the server is started, and remove it here.")
        ]
    }
}
