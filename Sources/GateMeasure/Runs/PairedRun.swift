package import GateCore
import GateCorpus
import GateDigest
package import GateFiles
import GateStream

/// How many runs and pairs a session with two arms gets, and when it may end.
package struct PairPlan {
    /// The head's runs that are made before any pair; 0 where there is nothing to screen them against.
    package let screenRuns: Int
    /// Pairs without a cold call, at most.
    package let pairs: Int
    /// What those runs have that is suspicious, one sentence each; with none, no pair is made.
    package let screen: (Session) -> [String]
    /// Asked after every pair: true where another one would decide nothing.
    package let isDecided: (Session) -> Bool

    package init(
        screenRuns: Int, pairs: Int, screen: @escaping (Session) -> [String], isDecided: @escaping (Session) -> Bool
    ) {
        self.screenRuns = screenRuns
        self.pairs = pairs
        self.screen = screen
        self.isDecided = isDecided
    }

    /// Pairs that are made at most, cold ones included: a server that forgets its model again and again must not keep
    /// the session going for ever.
    var attempts: Int { pairs + max(2, pairs / 2) }
}

/// Measures a base and a head in one session: first the head's runs for the screen, then, where they are suspicious,
/// pairs of a run of each, one after the other, in an order that only the seed knows. The session is written after every
/// run, so that whatever happens, what was measured can be judged, and gone on with.
package struct PairedRun {
    /// What is measured on one side.
    package struct Side {
        let configuration: Configuration
        let corpusFolder: String
        let revision: ArmRevision
        let corpus: Corpus
        /// Where its command is started: the folder of the call, or the same in another tree.
        let root: String

        package init(
            configuration: Configuration, corpusFolder: String, revision: ArmRevision, corpus: Corpus,
            root: String = "."
        ) {
            self.root = root
            self.configuration = configuration
            self.corpusFolder = corpusFolder
            self.revision = revision
            self.corpus = corpus
        }
    }

    let head: Side
    let base: Side
    let outputPath: String
    /// Whether the user said which server; without that, Ollama's usual address is tried.
    let isServerNamed: Bool
    /// Known before the first call.
    let warnings: [Warning]
    let plan: PairPlan
    let progress: ProgressNotes
    /// Goes on with the interrupted session that is there.
    let resumes: Bool

    package init(
        head: Side, base: Side, outputPath: String, isServerNamed: Bool, warnings: [Warning], plan: PairPlan,
        progress: ProgressNotes, resumes: Bool = false
    ) {
        self.head = head
        self.base = base
        self.outputPath = outputPath
        self.isServerNamed = isServerNamed
        self.warnings = warnings
        self.plan = plan
        self.progress = progress
        self.resumes = resumes
    }

    /// Returns the finished session and where it is.
    package func perform() throws -> (session: Session, directory: SessionDirectory) {
        let servers = try ArmServers(head: head.configuration.server, base: base.configuration.server)
        let headToken = try BearerToken.read(for: head.configuration.server)
        let baseToken = try BearerToken.read(for: base.configuration.server)
        let clients = (
            head: try ModelClient(
                server: head.configuration.server, agent: head.configuration.agent, token: headToken),
            base: try ModelClient(
                server: base.configuration.server, agent: base.configuration.agent,
                token: baseToken)
        )
        try servers.start(clients.head, clients.base, outputPath: outputPath, progress: progress)
        defer { servers.end() }
        let headArm = try arm(.head, head, clients.head, headToken, isServerNamed: isServerNamed)
        let baseArm = try arm(.base, base, clients.base, baseToken, isServerNamed: true)
        let fresh = newSession(headArm, baseArm, servers)
        let kept = resumes ? try ResumedSession.open(at: outputPath, for: fresh) : nil
        let directory = try kept?.directory ?? SessionDirectory.create(at: outputPath)
        var session = kept?.session ?? fresh
        try directory.write(session)
        if kept == nil {
            let starts = ColdStarts(
                configuration: head.configuration, token: headToken, server: servers.head, progress: progress)
            try starts.measure(into: &session) { try directory.write($0) }
        } else {
            progress.note("going on after \(DisplayFormat.count(session.measuredPairs.count, "pair"))")
        }
        var recorder = PairRecorder(
            session: session, warnings: fresh.warnings, directory: directory, head: headArm, base: baseArm, plan: plan,
            progress: progress)
        try recorder.record()
        return (recorder.session, directory)
    }

    private func arm(
        _ arm: Arm, _ side: Side, _ client: ModelClient, _ token: BearerToken?, isServerNamed: Bool
    ) throws -> MeasuredArm {
        let profile = try MeasuredArm.identify(
            client, side.configuration.server, isServerNamed: isServerNamed, progress: progress)
        return MeasuredArm(
            configuration: side.configuration, corpusFolder: side.corpusFolder, client: client, profile: profile,
            arm: arm,
            command: CommandWorkload(
                side.configuration, root: side.root, corpus: side.corpus, model: profile.model.name, token: token))
    }

    private func newSession(_ headArm: MeasuredArm, _ baseArm: MeasuredArm, _ servers: ArmServers) -> Session {
        let seed = String(SHA256.hash("\(base.revision.id)\n\(head.revision.id)").prefix(16))
        progress.note(
            "base \(base.revision.label) at \(baseArm.profile.server.url), head \(head.revision.label) at"
                + " \(headArm.profile.server.url); seed \(seed)")
        return Session(
            measuring: head.configuration, corpus: head.corpus.identity, profile: headArm.profile,
            serverStarts: servers.head.map { [$0.loadSeconds] } ?? [],
            warnings: warnings
                + SessionWarnings.list(
                    configuration: head.configuration, corpus: head.corpus, profile: headArm.profile),
            base: BaseArm(
                revision: base.revision, headRevision: head.revision, seed: seed, server: baseArm.profile.server,
                model: baseArm.profile.model, corpus: base.corpus.identity, configuration: base.configuration,
                serverStarts: servers.base.map { [$0.loadSeconds] } ?? []))
    }
}

extension ArmRevision {
    /// `origin/main (4d0e2b7c9a1c)`.
    var label: String {
        let short = id.contains(":") ? id : String(id.prefix(12))
        return name.map { "\($0) (\(short.prefix(24)))" } ?? String(short.prefix(24))
    }
}
