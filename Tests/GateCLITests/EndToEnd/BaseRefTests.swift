import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("A check against a base revision", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct BaseRefTests {
    /// The sample, with the head's and the base's server.
    private func configuration(head: String, base: String?, _ more: String = GitWorkspace.wide) -> String {
        GateWorkspace.sample + "server: {api: openai, url: \"\(head)\"}\n"
            + (base.map { "base: {server: {url: \"\($0)\"}}\n" } ?? "") + more
    }

    @Test("finds a slower head by pairs, by the policy of the base, and from the session alone again") func slower()
        async throws
    {
        let strict = "metrics: {ttft: 2000%, throughput: 30%}\n"
        try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.25"]) { head in
            try await ReplayProcess.serving(ReplayProcess.quick) { base in
                let repository = try await GitWorkspace(
                    base: configuration(head: base, base: base, strict), head: configuration(head: head, base: base))
                let workspace = repository.workspace
                let check = try await workspace.gate("check", "--base-ref", "main")
                #expect(check.status == 1, "\(check)")
                #expect(check.output.contains("throughput: tolerance -30% → -95%"), "\(check)")
                #expect(try await repository.git("status", "--porcelain", "reports", "csv_data") == "")

                let session = try workspace.session()
                let arm = try #require(session.base)
                #expect(arm.end == .decided && arm.revision.name == "main")
                #expect(try await repository.git("rev-parse", "main") == arm.revision.id)
                #expect(arm.corpus.files + 1 == session.corpus?.files)
                #expect(arm.server.url == base && session.origin.server?.url == head)
                #expect(session.runs.filter(\.isWarmup).map(\.arm) == [.head, .base])
                let order = try #require(PairOrder(seed: arm.seed))
                let pairs = session.measuredPairs
                #expect(pairs.count >= 8 && pairs.map(\.number) == Array(1...pairs.count))
                for pair in pairs {
                    let isBaseFirst = pair.base.index < pair.head.index
                    #expect(isBaseFirst == (order.first(ofPair: pair.number) == .base))
                    #expect(abs(pair.base.index - pair.head.index) == 1)
                }
                let verdict = try workspace.json(".chimera-gate/verdict.json")
                #expect(verdict["evidence"]?.string == "pairs" && verdict["pairs_used"]?.int == pairs.count)

                let again = try await workspace.gate("check", "--session", ".chimera-gate")
                #expect(again.status == 1 && again.output == check.output, "\(again)")
                #expect(try workspace.json(".chimera-gate/verdict.json") == verdict)
            }
        }
    }

    @Test("passes what did not change; its head alone can be approved, and is screened the next time") func unchanged()
        async throws
    {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            // A TTFT of a millisecond is one of the machine's load, too; the pace of tokens is not.
            let repository = try await GitWorkspace(
                base: configuration(
                    head: url, base: nil, "metrics: {ttft: {role: info}, throughput: 95%}\n"))
            let workspace = repository.workspace
            let check = try await workspace.gate("check", "--base-ref", "main")
            #expect(check.status == 0, "\(check)")
            let session = try workspace.session()
            #expect(session.base?.end == .decided && session.base?.screenFlags == nil)
            let pairs = session.measuredPairs.count
            #expect(pairs >= 6 && session.runs.count == 2 * pairs + 2)

            let approval = try await workspace.gate("baseline", "approve", "--reason", "first baseline")
            #expect(approval.status == 0, "\(approval)")
            let file = try workspace.json("Baselines/analysis/replay.json")
            let samples = file["sessions"]?.array?.first?["samples"]?.array ?? []
            let ttft = samples.first {
                $0["check"]?["metric"]?.string == "ttft" && $0["check"]?["stage"]?.string == "report"
            }
            #expect(ttft?["values"]?.array?.count == pairs)

            // Approved by the head alone, it screens nobody; in the base, it does.
            let alone = try await workspace.gate("check", "--base-ref", "main", "--runs", "3")
            #expect(alone.status == 0, "\(alone)")
            #expect(try workspace.session().measuredPairs.count >= 6)
            try await repository.git("add", "Baselines")
            try await repository.git("commit", "--quiet", "--message", "Approve a baseline")
            var second = try workspace.session()
            // One check in twenty makes pairs although nothing is suspicious; which one, the commits' names decide.
            repeat {
                try await repository.git("commit", "--quiet", "--allow-empty", "--message", "Nothing")
                try await repository.git("branch", "--force", "main", "HEAD")
                let screened = try await workspace.gate("check", "--base-ref", "main", "--runs", "3")
                #expect(screened.status == 0, "\(screened)")
                second = try workspace.session()
            } while second.base?.screenFlags?.first?.contains("check is decided by pairs all the same") == true
            #expect(second.base?.screenFlags == [])
            #expect(second.base?.end == .screened)
            #expect(second.runs.map(\.arm) == [.head, .head, .head, .head] && second.measuredPairs.isEmpty)
            #expect(try workspace.json(".chimera-gate/verdict.json")["evidence"]?.string == "screen")
        }
    }

    @Test("a base that has no configuration is 6, and the JUnit file says so") func noConfiguration() async throws {
        let repository = try await GitWorkspace(base: nil, head: GateWorkspace.sample)
        let check = try await repository.workspace.gate("check", "--base-ref", "main", "--url", "http://127.0.0.1:9")
        #expect(check.status == 6 && check.errors.contains("has no 'chimera-gate.yml'"), "\(check)")
        #expect(try repository.workspace.text(".chimera-gate/junit.xml").contains("has no 'chimera-gate.yml'"))
    }

    @Test("what git cannot give is told with its remedy") func withoutBase() async throws {
        let repository = try await GitWorkspace(base: GateWorkspace.sample)
        let unknown = try await repository.workspace.gate("check", "--base-ref", "nowhere")
        #expect(unknown.status == 64 && unknown.errors.contains("no revision 'nowhere'"), "\(unknown)")

        try await repository.git(
            "clone", "--quiet", "--depth", "1", "--branch", "change",
            "file://\(repository.workspace.folder.url.path)", "clone")
        let shallow = try await repository.workspace.run(
            ["sh", "-c", #"cd clone && exec "$0" check --base-ref origin/main"#, try GateBinary.required()])
        #expect(shallow.status == 6 && shallow.errors.contains("fetch-depth: 0"), "\(shallow)")

        let outside = try await GateWorkspace().gate("check", "--base-ref", "main")
        #expect(outside.status == 64 && outside.errors.contains("in no git repository"), "\(outside)")
    }

    @Test("two start commands for one address are 78") func oneAddress() async throws {
        let start = { (program: String) in
            "server: {api: openai, url: \"http://127.0.0.1:9\", start: [\"\(program)\"]}\n"
        }
        let repository = try await GitWorkspace(
            base: GateWorkspace.sample + start("true"), head: GateWorkspace.sample + start("false"))
        let check = try await repository.workspace.gate("check", "--base-ref", "main")
        #expect(check.status == 78 && check.errors.contains("base: {server:"), "\(check)")
    }

    @Test("the options have to fit each other") func usage() async throws {
        let workspace = try GateWorkspace()
        for arguments in [
            ["check", "--session", ".", "--base-ref", "main"], ["check", "--base-url", "http://127.0.0.1:9"],
            ["compare", "one.yml"], ["check", "--base-ref", ""],
        ] {
            let outcome = try await workspace.gate(and: arguments)
            #expect(outcome.status == 64, "\(outcome)")
        }
    }

    @Test("compare measures two configurations, each with its server") func compare() async throws {
        let workspace = try GateWorkspace(nil)
        try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.25"]) { slow in
            try await ReplayProcess.serving(ReplayProcess.quick) { quick in
                let demands = "metrics: {ttft: 2000%, throughput: 30%}\n"
                try workspace.folder.write(configuration(head: quick, base: nil, demands), to: "quick.yml")
                try workspace.folder.write(configuration(head: slow, base: nil, demands), to: "slow.yml")
                let worse = try await workspace.gate(
                    "compare", "quick.yml", "slow.yml", "--corpus", GateWorkspace.corpus)
                #expect(worse.status == 1, "\(worse)")
                let session = try workspace.session()
                #expect(session.base?.revision.name == "quick.yml" && session.base?.headRevision.name == "slow.yml")
                #expect(session.base?.revision.id.hasPrefix("sha256:") == true)
            }
        }
    }
}
