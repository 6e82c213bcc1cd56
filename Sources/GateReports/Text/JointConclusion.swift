import GateCore
import GateVerdict

/// What the judgements of several workloads come to, in sentences.
struct JointConclusion {
    /// One sentence: `Regression: nightly; pass: dual, quick.`
    let headline: String
    /// How sure all of it together is; nil where nothing was compared.
    let basis: String?
    /// Workloads of the configuration that are not judged here; nil where all are.
    let leftOut: String?

    init(_ joint: JointJudgement) {
        let groups = OverallVerdict.allCases.compactMap { verdict -> String? in
            let names = joint.workloads.filter { $0.judgement.overall == verdict }.map(\.name)
            return names.isEmpty ? nil : "\(verdict.words): \(names.joined(separator: ", "))"
        }
        let words = groups.isEmpty ? "no workload was judged" : groups.joined(separator: "; ")
        headline = words.prefix(1).uppercased() + words.dropFirst() + "."
        basis = JointConclusion.basis(of: joint)
        let others = Set(joint.declared).subtracting(joint.workloads.map(\.name)).sorted()
        leftOut =
            others.isEmpty
            ? nil
            : "Not judged here\(joint.shard.map { ", in shard \($0)" } ?? ""): \(others.joined(separator: ", "))."
    }

    private static func basis(of joint: JointJudgement) -> String? {
        let policies = joint.workloads.map(\.judgement).filter { $0.evidence != .nothing }.compactMap(\.policy)
        guard let promise = policies.max(by: { $0.alpha < $1.alpha })?.promise else { return nil }
        return promise.prefix(1).uppercased() + promise.dropFirst() + "."
    }
}

extension OverallVerdict {
    /// As people read it.
    var words: String { rawValue.replacing("_", with: " ") }
}
