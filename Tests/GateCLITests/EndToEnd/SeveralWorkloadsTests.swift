import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("Several workloads in one check", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct SeveralWorkloadsTests {
    static func configuration(_ url: String, _ workloads: String) -> String {
        GateWorkspace.sample + GitWorkspace.wide + "server: {api: openai, url: \"\(url)\"}\nworkloads: {\(workloads)}\n"
    }

    private static let two = "nightly: {metrics: {throughput: {role: info}}}, quick: {agent: {max_tokens: 300}}"

    private func suites(_ workspace: GateWorkspace, _ path: String = ".chimera-gate/junit.xml") throws -> [String] {
        try workspace.text(path).split(separator: "\n").filter { $0.contains("<testsuite ") }
            .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
    }

    @Test("are one verdict, one file of JUnit and a session each; one that cannot be measured ends none of the others")
    func together() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let down = "down: {server: {url: \"http://127.0.0.1:1\"}}"
            let workspace = try GateWorkspace(Self.configuration(url, "\(Self.two), \(down)"))
            let corpus = ["--corpus", GateWorkspace.corpus]
            let recorded = try await workspace.gate(
                "baseline", "record", "--sessions", "1", "--reason", "first", "--name", "nightly", "--name", "quick",
                and: corpus)
            #expect(recorded.status == 0, "\(recorded)")
            #expect(workspace.holds("Baselines/nightly/replay.json") && workspace.holds("Baselines/quick/replay.json"))

            let named = try await workspace.gate("check", "--name", "nightly", "--name", "quick", and: corpus)
            #expect(named.status == 0, "\(named)")
            #expect(try suites(workspace) == ["nightly [replay]", "quick [replay]"])
            #expect(try workspace.session(".chimera-gate/workloads/quick").configuration.agent.maxTokens == 300)
            #expect(try workspace.verdicts(".chimera-gate/workloads/nightly").outcomes["analysis/throughput"] == "info")

            let all = try await workspace.gate("check", and: corpus)
            #expect(all.status == 69, "\(all)")
            #expect(try suites(workspace) == ["down [replay]", "nightly [replay]", "quick [replay]"])
            let verdict = try workspace.json(".chimera-gate/verdict.json")
            #expect(verdict["overall"]?.string == "infrastructure_error" && verdict["exit_code"]?.int == 69)
            let parts = verdict["workloads"]?.array ?? []
            #expect(parts.map { $0["name"]?.string } == ["down", "nightly", "quick"])
            #expect(parts.map { $0["judgement"]?["overall"]?.string } == ["infrastructure_error", "pass", "pass"])
            #expect(parts[1]["judgement"]?["policy"]?["workloads"]?.int == 3)
            let summary = try workspace.text(".chimera-gate/summary.md")
            #expect(summary.contains("## down: could not run") && summary.contains("<details><summary>quick: pass"))
            #expect(!workspace.holds(".chimera-gate/workloads/quick/junit.xml"))

            let again = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(again.status == 65 && again.output.contains("pass: nightly, quick"), "\(again)")
            let explained = try await workspace.gate("explain")
            #expect(explained.status == 0 && explained.output.contains("workload quick\n"), "\(explained)")
            let quiet = try await workspace.gate("explain", "--quiet")
            #expect(quiet.output.split(separator: "\n").count == 1, "\(quiet)")
            let document = try JSONValue.parse(try await workspace.gate("explain", "--format", "json").output)
            #expect(document["verdict"]?["exit_code"]?.int == 65)
            let names = { (of: JSONValue?) in of?.array?.map { $0["name"]?.string } }
            #expect(names(document["workloads"]) == names(document["verdict"]?["workloads"]))
            #expect(document["workloads"]?.array?.allSatisfy { $0["lines"]?.array?.isEmpty == false } == true)
            let approved = try await workspace.gate("baseline", "approve", "--reason", "again", "--name", "quick")
            #expect(approved.status == 0 && !approved.output.contains("'nightly'"), "\(approved)")
            let shown = try await workspace.gate("baseline", "show", "--workload", "nightly", "--workload", "quick")
            #expect(
                shown.output.contains("nightly on replay:") && shown.output.contains("quick on replay:"), "\(shown)")
        }
    }

    @Test("a call about one of them is as if nothing else stood in the file, but for the alpha that it shares")
    func one() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace(Self.configuration(url, Self.two))
            let run = try await workspace.gate("run", "--name", "quick", "--corpus", GateWorkspace.corpus)
            #expect(run.status == 0, "\(run)")
            #expect(!workspace.holds(".chimera-gate/workloads.json"))
            #expect(try workspace.session().configuration.policy.workloads == 2)
            let approve = ["baseline", "approve", "--reason", "x", "--dry-run", "--name"]
            let chosen = try await workspace.gate("baseline", and: approve.dropFirst() + ["quick"])
            #expect(chosen.status == 0, "\(chosen)")
            let misnamed = try await workspace.gate("baseline", and: approve.dropFirst() + ["nightly"])
            #expect(misnamed.status == 64 && misnamed.errors.contains("but the session of 'quick'"), "\(misnamed)")
            let mistyped = try await workspace.gate("check", "--name", "qiuck")
            #expect(mistyped.status == 64, "\(mistyped)")
            #expect(mistyped.errors.contains("no workload is called 'qiuck'; there are nightly, quick"), "\(mistyped)")
            let several = try await workspace.gate("calibrate", "--corpus", GateWorkspace.corpus)
            #expect(several.status == 64 && several.errors.contains("several workloads: nightly, quick"), "\(several)")
            let unknown = try await workspace.gate("check", "--name", "nightly", "--name", "other")
            #expect(unknown.status == 64 && unknown.errors.contains("no workload is called 'other'"), "\(unknown)")
            let single = try GateWorkspace()
            let two = try await single.gate("check", "--name", "a", "--name", "b")
            #expect(two.status == 64 && two.errors.contains("the configuration has one workload"), "\(two)")
            #expect(try single.text(".chimera-gate/junit.xml").contains("--name was given 2 times"))
        }
    }

    @Test("config names the faults of each by its path, and prints each") func configuration() async throws {
        let workspace = try GateWorkspace(
            Self.configuration("http://127.0.0.1:1", "a: {runs: 0, alpha: 0.1}, b: {agent: {num_ctx: 100}}"))
        let check = try await workspace.gate("config", "check")
        #expect(check.status == 78, "\(check)")
        for words in [
            "workloads.a.runs: found '0'", "workloads.a: unknown key 'alpha'",
            "workloads.b.agent.max_tokens: 240 tokens",
        ] { #expect(check.output.contains(words), "\(words) in \(check)") }
        try workspace.folder.write(Self.configuration("http://127.0.0.1:1", Self.two), to: "chimera-gate.yml")
        let print = try await workspace.gate("config", "print", "--runs", "7", "--format", "json")
        let entries = try JSONValue.parse(Array(print.output.utf8))["entries"]?.array ?? []
        func value(_ key: String, of workload: String) -> Int? {
            entries.first { $0["workload"]?.string == workload && $0["key"]?.string == key }?["value"]?.int
        }
        #expect(value("agent.max_tokens", of: "nightly") == 240 && value("agent.max_tokens", of: "quick") == 300)
        #expect(value("runs", of: "nightly") == 7 && value("runs", of: "quick") == 7)
    }

    @Test("a change that takes one off the list has it measured and judged as the base has it, and that is said")
    func removed() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let repository = try await GitWorkspace(
                base: Self.configuration(url, Self.two), head: Self.configuration(url, "quick: {runs: 1}"))
            let workspace = repository.workspace
            let check = try await workspace.gate("check")
            #expect(check.status == 6, "\(check)")
            #expect(check.output.contains("the change removes the workload 'nightly'"), "\(check)")
            let parts = try workspace.json(".chimera-gate/verdict.json")["workloads"]?.array ?? []
            #expect(parts.map { $0["name"]?.string } == ["nightly", "quick"])
            #expect(try workspace.session(".chimera-gate/workloads/nightly").configuration.name == "nightly")
            // The list of the base shares alpha, not that of the head.
            #expect(parts.allSatisfy { $0["judgement"]?["policy"]?["workloads"]?.int == 2 }, "\(parts)")

            // A session that knows nothing of it is no pass.
            let own = try await workspace.gate("run")
            #expect(own.status == 0, "\(own)")
            let judged = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(judged.status == 69 && judged.output.contains("the workload 'nightly' of the base's"), "\(judged)")
            let trusted = try await workspace.gate("check", "--session", ".chimera-gate", "--policy-ref", "worktree")
            #expect(trusted.status == 6, "\(trusted)")

            // Whoever takes all of them off the list keeps them all the same.
            let one = Self.configuration(url, Self.two).replacing("workloads: {\(Self.two)}\n", with: "name: quick\n")
            try workspace.folder.write(one, to: "chimera-gate.yml")
            let single = try await workspace.gate("check", "--output", "single")
            #expect(single.status == 6 && single.output.contains("removes the workload 'nightly'"), "\(single)")
        }
    }

    @Test("each has a base of its own under --base-ref; one that the base does not know is not compared")
    func pairs() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let repository = try await GitWorkspace(
                base: Self.configuration(url, "quick: {runs: 1, pairs: 8}"),
                head: Self.configuration(url, "quick: {runs: 1, pairs: 8}, fresh: {runs: 1}"))
            let workspace = repository.workspace
            let check = try await workspace.gate("check", "--base-ref", "main")
            #expect(check.errors.contains("has no workload 'fresh'"), "\(check)")
            let parts = try workspace.json(".chimera-gate/verdict.json")["workloads"]?.array ?? []
            #expect(parts.map { $0["judgement"]?["exit_code"]?.int }.first == 6, "\(parts)")
            #expect(parts.last?["judgement"]?["evidence"]?.string == "pairs", "\(parts)")
        }
    }
}
