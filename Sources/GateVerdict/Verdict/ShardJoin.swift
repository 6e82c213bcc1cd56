public import GateCore

extension JointJudgement {
    /// What the shards of one check come to together. What is missing is an error, never a pass.
    public init(joining shards: [JointJudgement]) throws(ShardError) {
        guard let first = shards.first else { throw .none }
        var byIndex: [Int: JointJudgement] = [:]
        for joint in shards {
            guard let shard = joint.shard else { throw .notSharded(joint.workloads.map(\.name)) }
            guard let known = first.shard, shard.count == known.count else {
                throw .differ("how many shards there are")
            }
            guard byIndex.updateValue(joint, forKey: shard.index) == nil else { throw .twice(shard) }
            guard joint.declared == first.declared else { throw .differ("which workloads there are") }
            guard joint.toolVersion == first.toolVersion else { throw .differ("the version of chimera-gate") }
            guard joint.workloads.map(\.name) == shard.share(of: joint.declared) else { throw .incomplete(shard) }
        }
        let count = first.shard?.count ?? 0
        let missing = (1...count).filter { byIndex[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing, of: count) }
        let parts = shards.flatMap(\.workloads)
        // Each spends its share of one alpha, so that all must have shared the same one.
        let promises = parts.compactMap(\.judgement.policy).map { "\($0.alpha) of \($0.workloads ?? 1)" }
        guard Set(promises).count <= 1 else { throw .differ("the alpha that the workloads share") }
        var warnings: [Warning] = []
        for warning in (1...count).compactMap({ byIndex[$0] }).flatMap(\.warnings) where !warnings.contains(warning) {
            warnings.append(warning)
        }
        self.init(parts, declared: first.declared, warnings: warnings, toolVersion: first.toolVersion)
    }
}

/// Why shards are no whole (exit code 65).
public enum ShardError: Error, Sendable, Equatable, CustomStringConvertible {
    case none
    /// It was measured as a whole.
    case notSharded([String])
    case missing([Int], of: Int)
    case twice(Shard)
    /// A workload of its share is not in it.
    case incomplete(Shard)
    case differ(String)

    public var message: String {
        switch self {
        case .none: "there is no shard"
        case .notSharded(let names): "\(names.joined(separator: ", ")) were checked without --shard"
        case .missing(let indices, let count):
            "of \(count) shards \(indices.map { "\($0)/\(count)" }.joined(separator: ", ")) \(indices.count == 1 ? "is" : "are")"
                + " missing"
        case .twice(let shard): "the shard \(shard) is there twice"
        case .incomplete(let shard): "the shard \(shard) lacks workloads that are its share"
        case .differ(let what): "the shards differ in \(what)"
        }
    }

    public var remedy: String {
        switch self {
        case .none, .missing, .incomplete: "See why its job left nothing; run it again, and merge all of them."
        case .notSharded: "Measure each with --shard INDEX/COUNT; what was checked as a whole needs no merge."
        case .twice: "Name the folder of each shard once."
        case .differ: "Check all shards of one commit with one configuration and one chimera-gate."
        }
    }

    public var description: String { "\(message). \(remedy)" }
}
