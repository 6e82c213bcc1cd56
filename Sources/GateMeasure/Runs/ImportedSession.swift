import GateClock
package import GateCore
package import GateFiles

/// The session of what another tool measured.
package struct ImportedSession {
    /// The repetitions, each with what was measured in it.
    package let runs: [[ImportedFigures]]
    /// The tool whose numbers these are.
    package let tool: ToolIdentity
    /// Nil where the tool names none.
    package let model: String?
    package let name: String
    package let machineClass: String?
    package let policy: Policy
    package let warnings: [Warning]

    package init(
        runs: [[ImportedFigures]], tool: ToolIdentity, model: String?, name: String,
        machineClass: String?, policy: Policy, warnings: [Warning]
    ) {
        self.runs = runs
        self.tool = tool
        self.model = model
        self.name = name
        self.machineClass = machineClass
        self.policy = policy
        self.warnings = warnings
    }

    /// Writes the session into a directory in the place of an older one.
    package func write(to outputPath: String) throws -> (session: Session, directory: SessionDirectory) {
        let directory = try SessionDirectory.create(at: outputPath)
        let session = session()
        try directory.write(session)
        return (session, directory)
    }

    /// Of this machine and revision: an import belongs into the job that measured.
    func session() -> Session {
        let environment = MachineFingerprint.read(source: SourceRevision.read())
        let now = WallClock.time
        let model = model ?? ""
        let configuration = Configuration(
            imported: name, machineClass: machineClass, model: model, runs: runs.count, policy: policy)
        return Session(
            id: SessionRun.sessionId(at: now), toolVersion: ToolVersion.current, workload: .imported,
            machineClass: machineClass ?? MachineFingerprint.machineClass(of: environment), startedAt: now,
            finishedAt: now, environment: environment, origin: .tool(tool), model: ModelIdentity(name: model),
            corpus: nil, configuration: configuration, serverStarts: [],
            runs: runs.enumerated().map { index, figures in
                Run(
                    index: index + 1, isWarmup: false, startedAt: now, stages: [], measurements: [:], reportFile: nil,
                    factsFile: nil, imported: figures)
            },
            warnings: warnings + [environment.pipeline?.warning(pooled: 0)].compactMap(\.self))
    }
}
