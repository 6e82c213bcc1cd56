import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite("Shards are a whole or an error") struct ShardJoinTests {
    private static let names = ["a", "b", "c"]

    private func part(_ name: String, workloads: Int? = 3) -> JointJudgement.Part {
        let judgement = GateVerdict.Judge.judge(
            session: Fixtures.session(), against: .baseline(Fixtures.baseline()), policy: Policy(workloads: workloads))
        return JointJudgement.Part(name: name, folder: "workloads/\(name)", judgement: judgement)
    }

    private func shard(_ index: Int, of count: Int = 2, _ parts: [JointJudgement.Part], tool: String = "1")
        -> JointJudgement
    {
        JointJudgement(
            parts, declared: Self.names, shard: Shard(index: index, count: count),
            warnings: [Warning("same", remedy: "r")], toolVersion: tool)
    }

    private func error(_ shards: JointJudgement...) -> ShardError? {
        do throws(ShardError) {
            _ = try JointJudgement(joining: shards)
            return nil
        } catch { return error }
    }

    @Test("together they are what one check would have found") func whole() throws {
        let (one, two) = (shard(1, [part("a"), part("c")]), shard(2, [part("b")]))
        let joint = try JointJudgement(joining: [two, one])
        #expect(joint.workloads.map(\.name) == Self.names && joint.declared == Self.names && joint.shard == nil)
        #expect(joint.overall == one.overall && joint.warnings.count == 1)
        #expect(try JointJudgement(joining: [one, two]) == joint)
    }

    @Test("one that is missing, there twice, not whole, or of another check is an error") func refused() {
        let (one, two) = (shard(1, [part("a"), part("c")]), shard(2, [part("b")]))
        #expect(error(one) == .missing([2], of: 2))
        #expect(error(one, one, two) == .twice(Shard(index: 1, count: 2)!))
        #expect(error(shard(1, [part("a")]), two) == .incomplete(Shard(index: 1, count: 2)!))
        #expect(error(one, shard(2, of: 3, [part("b")])) == .differ("how many shards there are"))
        #expect(error(one, shard(2, [part("b")], tool: "2")) == .differ("the version of chimera-gate"))
        #expect(error(one, shard(2, [part("b", workloads: nil)])) == .differ("the alpha that the workloads share"))
        let whole = JointJudgement([part("a")], declared: ["a"], toolVersion: "1")
        #expect(error(whole) == .notSharded(["a"]))
        #expect(error() == ShardError.none)
    }
}
