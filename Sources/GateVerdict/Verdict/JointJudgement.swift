public import GateCore

/// The judgements of several workloads with the one verdict that they come to: what `verdict.json` holds of them.
public struct JointJudgement: Codable, Sendable, Equatable {
    public static let currentFormatVersion = 1

    /// What was judged of one workload.
    public struct Part: Codable, Sendable, Equatable {
        /// Under which its baselines are kept. A name that can be part of a path.
        public let name: String
        /// Its session directory, relative to the file of this judgement.
        public let folder: String
        public let judgement: Judgement

        public init(name: String, folder: String, judgement: Judgement) {
            self.name = name
            self.folder = folder
            self.judgement = judgement
        }
    }

    public let formatVersion: Int
    /// The chimera-gate that wrote it.
    public let toolVersion: String
    public let overall: OverallVerdict
    /// The exit status of the check.
    public let exitCode: Int
    /// All workloads of the configuration, whichever of them were judged here; sorted. A name that
    /// can be part of a path each.
    public let declared: [String]
    /// Of which the parts are a share; nil where they are all that was asked for.
    public let shard: Shard?
    /// Sorted by name.
    public let workloads: [Part]
    /// What concerns no single workload.
    public let warnings: [Warning]

    /// Verdict and status are never given, but concluded.
    public init(
        _ parts: [Part], declared: [String], shard: Shard? = nil, warnings: [Warning] = [], toolVersion: String
    ) {
        formatVersion = JointJudgement.currentFormatVersion
        self.toolVersion = toolVersion
        self.declared = declared.sorted()
        self.shard = shard
        workloads = parts.sorted { $0.name < $1.name }
        self.warnings = warnings
        (overall, exitCode) = JointJudgement.conclusion(of: parts)
    }

    /// The verdict that outranks the others, and of those that came to it a status that no repetition mends.
    /// Of nothing that was judged it is never a pass.
    private static func conclusion(of parts: [Part]) -> (OverallVerdict, Int) {
        let overall = OverallVerdict.worst(of: parts.map(\.judgement.overall)) ?? .infrastructureError
        let statuses = parts.map(\.judgement).filter { $0.overall == overall }.map(\.exitCode)
        return (overall, GateExit.lasting(of: statuses) ?? Int(GateExit.unavailable.rawValue))
    }

    /// False where somebody wrote another verdict into it than follows from its parts.
    public var isConclusive: Bool { (overall, exitCode) == JointJudgement.conclusion(of: workloads) }
}
