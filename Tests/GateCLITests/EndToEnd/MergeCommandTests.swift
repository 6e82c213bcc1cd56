import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("Shards of a check", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct MergeCommandTests {
    @Test("measure each workload once, and merge into what one check would have left; a missing one is no pass")
    func shards() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace(
                SeveralWorkloadsTests.configuration(url, "a: {runs: 1}, b: {runs: 2}, c: {agent: {max_tokens: 300}}"))
            let corpus = ["--corpus", GateWorkspace.corpus]
            let recorded = try await workspace.gate(
                "baseline", "record", "--sessions", "1", "--reason", "first", and: corpus)
            #expect(recorded.status == 0, "\(recorded)")
            for index in 1...2 {
                let check = try await workspace.gate(
                    "check", "--shard", "\(index)/2", "--output", "shard-\(index)", and: corpus)
                #expect(check.status == 0, "\(check)")
            }
            #expect(workspace.holds("shard-1/workloads/a") && workspace.holds("shard-1/workloads/c"))
            #expect(workspace.holds("shard-2/workloads/b") && !workspace.holds("shard-2/workloads/a"))
            let merged = try await workspace.gate("merge", "shard-2", "shard-1", "--format", "json")
            #expect(merged.status == 0, "\(merged)")
            #expect(merged.output == (try workspace.text(".chimera-gate/verdict.json")))
            let verdict = try workspace.json(".chimera-gate/verdict.json")
            #expect(verdict["workloads"]?.array?.map { $0["name"]?.string } == ["a", "b", "c"])
            #expect(
                verdict["workloads"]?.array?.allSatisfy { $0["judgement"]?["policy"]?["workloads"]?.int == 3 } == true)
            let junit = try workspace.text(".chimera-gate/junit.xml")
            #expect(
                junit.contains("<testsuite name=\"a [replay]\"") && junit.contains("<testsuite name=\"b [replay]\""))
            #expect(try workspace.session(".chimera-gate/workloads/b").runs.count == 2)
            #expect(
                workspace.holds(".chimera-gate/workloads/b/index.html") && workspace.holds(".chimera-gate/index.html"))
            let again = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(again.status == 0, "\(again)")
            #expect(try await workspace.gate("explain").output.contains("workload c\n"))

            let missing = try await workspace.gate("merge", "shard-1", "--output", "half")
            #expect(missing.status == 65 && missing.errors.contains("of 2 shards 2/2 is missing"), "\(missing)")
            #expect(try workspace.text("half/junit.xml").contains("<error"))
            let same = try await workspace.gate("merge", "shard-1", "shard-2", "--output", "./shard-1/")
            #expect(same.status == 64, "\(same)")
            let many = try await workspace.gate("check", "--shard", "1/4", and: corpus)
            #expect(many.status == 64 && many.errors.contains("there are 3 workloads"), "\(many)")
            let named = try await workspace.gate("check", "--shard", "1/2", "--name", "a", and: corpus)
            #expect(named.status == 64, "\(named)")
        }
    }

    @Test("of different configurations, flags or trees are no whole, whatever they came to") func different()
        async throws
    {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let text = SeveralWorkloadsTests.configuration(url, "a: {runs: 1}, b: {runs: 1}")
            let repository = try await GitWorkspace(base: text)
            let workspace = repository.workspace
            func check(_ index: Int, _ more: String...) async throws {
                let check = try await workspace.gate(
                    "check", "--shard", "\(index)/2", "--output", "shard-\(index)", and: more)
                #expect(check.status == 6, "\(check)")
            }
            func merged() async throws -> GateOutcome {
                try await workspace.gate(
                    "merge", "shard-1", "shard-2", "--output", "merged")
            }
            try await check(1)
            try await check(2, "--url", url)
            let whole = try await merged()
            #expect(whole.status == 6, "\(whole)")

            try await check(2, "--tolerance", "throughput=99%")
            let flags = try await merged()
            #expect(flags.status == 65 && flags.errors.contains("the shards differ in their configuration"), "\(flags)")

            try workspace.folder.write(text + "# wider\n", to: "chimera-gate.yml")
            try await check(2)
            let edited = try await merged()
            #expect(
                edited.status == 65 && edited.errors.contains("the shards differ in their configuration"), "\(edited)")

            try workspace.folder.write(text, to: "chimera-gate.yml")
            try workspace.folder.write("# Another note\n", to: "reports/new.md")
            try await check(2)
            let dirty = try await merged()
            #expect(dirty.status == 65 && dirty.errors.contains("changes that no commit has"), "\(dirty)")
        }
    }

    @Test("JUnit files of any tool become one, and the status is that of the worst case") func files() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("<testsuite name='a'><testcase name='x'/></testsuite>", to: "a.xml")
        try workspace.folder.write(
            "<testsuite name='b'><testcase name='x'><failure/></testcase></testsuite>", to: "b.xml")
        let passed = try await workspace.gate("merge", "a.xml", "--output", "one.xml")
        #expect(passed.status == 0 && passed.output == "one.xml: 1 case in 1 suite; pass\n", "\(passed)")
        let failed = try await workspace.gate("merge", "b.xml", "a.xml")
        #expect(failed.status == 1, "\(failed)")
        #expect(try workspace.text("junit.xml").contains("tests=\"2\" failures=\"1\" errors=\"0\""))
        try workspace.folder.write("<!DOCTYPE x><testsuite/>", to: "c.xml")
        let hostile = try await workspace.gate("merge", "a.xml", "c.xml", "--output", "out.xml")
        #expect(
            hostile.status == 65 && hostile.errors.contains("has a DOCTYPE") && !workspace.holds("out.xml"),
            "\(hostile)")
        let shard = try await workspace.gate("merge", ".")
        #expect(shard.status == 65 && shard.errors.contains("is no folder of a shard"), "\(shard)")
    }
}
