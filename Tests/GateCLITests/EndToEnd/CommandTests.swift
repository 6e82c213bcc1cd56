import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite(
    "A command of the user's own",
    .enabled(if: GateBinary.isPresent, GateBinary.absence),
    .enabled(if: Python3.isPresent, "needs python3"))
struct CommandTests {
    private static let agent = SharedData.packageRoot.appending(path: "ci/sample/agent/agent.py")
    private static let data = SharedData.packageRoot.appending(path: "ci/sample/corpus/csv_data/calls.csv").path

    /// Figures of a recorded model at a hundred times its speed say nothing; what is asked does.
    private static let demands = """
        metrics:
          ttft: {role: info}
          throughput: {role: info}
          wall: {role: info}
          calls: 0%

        """

    private func configuration(_ url: String, _ more: String = "") -> String {
        """
        workload: command
        name: agent
        machine_class: replay
        command:
          run: [python3, agent.py, --data, "\(Self.data)"]
          report: report.md
        server: {api: openai, url: "\(url)"}
        runs: 3
        \(more)
        """ + Self.demands
    }

    /// For the pairs of a test in which no figure counts.
    private static let quickest = ["--speed", "2000"]

    private func agent(reviews: Int = 1) throws -> String {
        try String(contentsOf: Self.agent, encoding: .utf8)
            .replacing("\"--reviews\", type=int, default=1", with: "\"--reviews\", type=int, default=\(reviews)")
    }

    @Test("more calls than in the baseline are a regression that is told apart from a slower server, in every file")
    func moreCalls() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace(configuration(url))
            try workspace.folder.write(try agent(), to: "agent.py")
            let run = try await workspace.gate("run", "--runs", "3")
            #expect(run.status == 0 && run.output.contains("3 of 3 runs complete"), "\(run)")
            #expect(run.errors.contains("there is no corpus: the command is given no facts"), "\(run)")
            let approval = try await workspace.gate("baseline", "approve", "--reason", "first")
            #expect(approval.status == 0, "\(approval)")
            let file = try workspace.json("Baselines/agent/replay.json")
            #expect(file["sessions"]?.array?.first?["asked"]?["calls"]?.array?.compactMap(\.int) == [2, 2, 2])

            let same = try await workspace.gate("check")
            #expect(same.status == 0 && !same.output.contains("What is asked of the model changed"), "\(same)")

            try workspace.folder.write(try agent(reviews: 4), to: "agent.py")
            let check = try await workspace.gate("check")
            #expect(check.status == 1, "\(check)")
            let words = "the command now makes 5 calls where it made 2"
            #expect(check.output.contains(words), "\(check)")
            for name in ["summary.md", "junit.xml"] {
                #expect(try workspace.text(".chimera-gate/\(name)").contains(words), "\(name)")
            }
            let differences = try workspace.json(".chimera-gate/verdict.json")["differences"]?.array ?? []
            let calls = differences.first { $0["what"]?.string == "calls of a run" }
            #expect(calls?["kind"]?.string == "asked" && calls?["now"]?.string == "5")
        }
    }

    @Test("a command that fails ends with 4, and summary and JUnit say why, with its last lines")
    func fails() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace(configuration(url))
            try workspace.folder.write(
                try agent().replacing("    figures = medians(given.data)", with: "    raise KeyError('threads')"),
                to: "agent.py")
            let check = try await workspace.gate("check")
            #expect(check.status == 4 && check.output.contains("KeyError: 'threads'"), "\(check)")
            #expect(try workspace.text(".chimera-gate/summary.md").contains("## Failed runs"))
            #expect(try workspace.text(".chimera-gate/junit.xml").contains("KeyError: 'threads'"))
            #expect(try workspace.text(".chimera-gate/runs/0001/stderr.txt").contains("Traceback"))
        }
    }

    @Test("the base's own tree, prepared once, is measured beside the head: its agent makes fewer calls")
    func baseTree() async throws {
        try await ReplayProcess.serving(Self.quickest) { url in
            let text = configuration(url, "base: {setup: [sh, -c, 'echo prepared > setup.txt']}\npairs: 8\n")
            let repository = try await GitWorkspace(base: text)
            let workspace = repository.workspace
            // On the base, and then on the branch that makes one more call.
            try await repository.git("checkout", "--quiet", "main")
            try workspace.folder.write(try agent(), to: "agent.py")
            try await repository.commit()
            try await repository.git("checkout", "--quiet", "-B", "change")
            try workspace.folder.write(try agent(reviews: 2), to: "agent.py")
            try await repository.commit()

            let check = try await workspace.gate("check", "--base-ref", "main")
            #expect(check.status == 1, "\(check)")
            #expect(check.output.contains("the command now makes 3 calls where it made 2"), "\(check)")
            let session = try workspace.session()
            let pairs = session.measuredPairs
            #expect(pairs.count >= 8)
            #expect(pairs.allSatisfy { $0.base.measurements["calls"] == 2 && $0.head.measurements["calls"] == 3 })
            // Nothing of it is left, neither files nor git's knowledge of them.
            #expect(try await repository.git("worktree", "list").split(separator: "\n").count == 1)
            #expect(!FileManager.default.fileExists(atPath: workspace.folder.url.appending(path: "setup.txt").path))
        }
    }

    @Test("a change does not set the price that its own cost is judged by, with and without pairs")
    func ownPrice() async throws {
        try await ReplayProcess.serving(Self.quickest) { url in
            func text(_ price: Int, more: String = "") -> String {
                configuration(
                    url, "pairs: 8\nprices: {SmolLM2-135M-Instruct.Q4_1: {prompt: \(price), completion: 0}\(more)}\n"
                )
                .replacing("  calls: 0%", with: "  calls: 0%\n  cost: {max: 0.000001}")
            }
            let repository = try await GitWorkspace(base: text(1000))
            try await repository.git("checkout", "--quiet", "main")
            try repository.workspace.folder.write(try agent(), to: "agent.py")
            try await repository.commit()
            try await repository.git("checkout", "--quiet", "-B", "change")
            try repository.workspace.folder.write(
                text(0, more: ", b: {prompt: 1, completion: 1}"), to: "chimera-gate.yml")
            try await repository.commit()
            let change = "the change edits 'chimera-gate.yml' (prices); it is judged by that of main ("
            for (flags, words) in [
                ([], change),
                (["--base-ref", "main"], "the change edits the prices of its calls; its cost is by those of main"),
            ] as [([String], String)] {
                let check = try await repository.workspace.gate("check", and: flags)
                #expect(check.status == 1, "\(check)")
                #expect(check.output.contains("budget exceeded: run/cost"), "\(check)")
                #expect(check.output.contains(words), "\(check)")
            }
        }
    }

    @Test("a setup that fails ends with 78 and its last lines, before anything is measured")
    func setupFails() async throws {
        let text = configuration(
            "http://127.0.0.1:9", "base: {setup: [sh, -c, 'echo no such package >&2; exit 4']}\n")
        let repository = try await GitWorkspace(base: text)
        let check = try await repository.workspace.gate("check", "--base-ref", "main")
        #expect(check.status == 78, "\(check)")
        #expect(check.errors.contains("(base.setup) did not prepare the base's tree"), "\(check)")
        #expect(check.errors.contains("no such package"), "\(check)")
    }
}
