import Foundation
import TestSupport
import Testing

@Suite("The verdict in a pipeline", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct PipelineDeliveryTests {
    /// No server answers: the shortest way to a verdict.
    private func check(
        _ workspace: GateWorkspace, _ environment: [String: String], _ more: String...
    ) async throws -> GateOutcome {
        try await workspace.gate(
            "check", "--corpus", GateWorkspace.corpus, "--api", "openai", "--url",
            "http://127.0.0.1:\(LoopbackPort.closed)", and: more, environment: environment)
    }

    private let github = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "step.md", "GITHUB_OUTPUT": "output"]

    @Test("stands in GitHub's summary, output and annotations, behind what others wrote there")
    func github() async throws {
        let workspace = try GateWorkspace()
        try workspace.folder.write("before\n", to: "step.md")
        try workspace.folder.write("other=1\n", to: "output")
        let outcome = try await check(workspace, github)
        #expect(outcome.status == 69, "\(outcome)")
        #expect(try workspace.text("step.md").hasPrefix("before\n# chimera-gate: could not run"))
        #expect(try workspace.text("output") == "other=1\nverdict=infrastructure_error\nstatus=69\n")
        let commands = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("::") }
        #expect(
            commands.count == 1 && commands[0].hasPrefix("::error title=chimera-gate%3A could not run::"), "\(outcome)")
        #expect(!outcome.output.contains("::"))
    }

    @Test("of a session is told as that of a run is, and a platform that is named needs no variables")
    func session() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        let told = try await workspace.gate("check", "--session", ".chimera-gate", environment: github)
        #expect(told.status == 6, "\(told)")
        #expect(try workspace.text("output") == "verdict=baseline_missing\nstatus=6\n")
        #expect(try workspace.text("step.md") == workspace.text(".chimera-gate/summary.md"))
        let metrics = try await workspace.gate(
            "check", "--session", ".chimera-gate", "--ci", "gitlab", environment: github)
        #expect(metrics.status == 6, "\(metrics)")
        let text = try workspace.text(".chimera-gate/metrics.txt")
        #expect(text.contains("chimera_gate_throughput_tokens_per_second{") && text.hasSuffix("\n# EOF\n"))
        #expect(metrics.errors.contains("for the pipeline: .chimera-gate/metrics.txt"))
        #expect(try workspace.text("output") == "verdict=baseline_missing\nstatus=6\n")
        _ = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(!workspace.holds(".chimera-gate/metrics.txt"))
    }

    @Test("of several workloads is told once, of all of them; with --quiet one line is printed")
    func several() async throws {
        let workspace = try GateWorkspace(
            SeveralWorkloadsTests.configuration("http://127.0.0.1:\(LoopbackPort.closed)", "a: {runs: 1}, b: {runs: 2}")
        )
        let corpus = ["--corpus", GateWorkspace.corpus]
        let told = try await workspace.gate("check", "--quiet", and: corpus, environment: github)
        #expect(told.status == 69 && told.output == "Infrastructure error: a, b.\n", "\(told)")
        #expect(!told.errors.contains("workload a\n"), "\(told)")
        #expect(try workspace.text("step.md") == workspace.text(".chimera-gate/summary.md"))
        #expect(try workspace.text("output") == "verdict=infrastructure_error\nstatus=69\n")
        for name in ["a", "b"] {
            #expect(told.errors.contains("::error title=\(name)%3A chimera-gate%3A could not run::"), "\(told)")
        }
        let gitlab = try await workspace.gate("check", and: corpus, environment: ["GITLAB_CI": "true"])
        #expect(gitlab.status == 69, "\(gitlab)")
        let metrics = try workspace.text(".chimera-gate/metrics.txt")
        #expect(metrics.contains("workload=\"a\"") && metrics.contains("workload=\"b\""), "\(metrics)")
        var full = github
        full["GITHUB_STEP_SUMMARY"] = "/dev/full"
        let failing = try await workspace.gate("check", and: corpus, environment: full)
        #expect(failing.status == 69 && failing.errors.contains("GitHub was not told all of the verdict"), "\(failing)")
        #expect(!workspace.holds(".chimera-gate/metrics.txt"))
    }

    @Test("of shards is told by the merge, and of JUnit files there is nothing to tell")
    func merged() async throws {
        let workspace = try GateWorkspace(
            SeveralWorkloadsTests.configuration("http://127.0.0.1:\(LoopbackPort.closed)", "a: {runs: 1}, b: {runs: 2}")
        )
        for shard in 1...2 {
            let check = try await workspace.gate(
                "check", "--shard", "\(shard)/2", "--output", "shard-\(shard)", "--ci", "off", "--corpus",
                GateWorkspace.corpus, environment: github)
            #expect(check.status == 69 && !workspace.holds("output"), "\(check)")
        }
        let half = try await workspace.gate("merge", "shard-1", "--output", "half", environment: github)
        #expect(half.status == 65 && half.errors.contains("::error title=chimera-gate%3A could not run::"), "\(half)")
        #expect(try workspace.text("output") == "verdict=infrastructure_error\nstatus=65\n")
        try workspace.folder.write("", to: "output")
        try workspace.folder.write("", to: "step.md")
        let merged = try await workspace.gate("merge", "shard-1", "shard-2", "--quiet", environment: github)
        #expect(merged.status == 69 && merged.output == "Infrastructure error: a, b.\n", "\(merged)")
        #expect(try workspace.text("output") == "verdict=infrastructure_error\nstatus=69\n")
        #expect(try workspace.text("step.md") == workspace.text(".chimera-gate/summary.md"))
        #expect(merged.errors.contains("::error title=b%3A chimera-gate%3A could not run::"), "\(merged)")
        let files = try await workspace.gate("merge", ".chimera-gate/junit.xml", "--ci", "github")
        #expect(files.status == 64 && !workspace.holds("junit.xml"), "\(files)")
    }

    @Test("is told to nobody with --ci off, and where no pipeline is known")
    func off() async throws {
        let workspace = try GateWorkspace()
        for (environment, more) in [(github, ["--ci", "off"]), (["CI": "true", "GITHUB_OUTPUT": "output"], [])] {
            let outcome = try await workspace.gate(
                "check", "--corpus", GateWorkspace.corpus, "--api", "openai", "--url",
                "http://127.0.0.1:\(LoopbackPort.closed)", and: more, environment: environment)
            #expect(outcome.status == 69 && !outcome.errors.contains("::error"), "\(outcome)")
            #expect(!workspace.holds("output") && !workspace.holds("step.md"))
        }
    }

    @Test("stands in the files and lines of the other platforms, of this call alone")
    func others() async throws {
        let workspace = try GateWorkspace()
        let gitlab = try await check(workspace, ["GITLAB_CI": "true"])
        #expect(gitlab.status == 69)
        #expect(try workspace.text(".chimera-gate/metrics.txt").contains("chimera_gate_exit_status{"))
        let buildkite = try await check(workspace, ["BUILDKITE": "true", "BUILDKITE_JOB_ID": "0190-4a/../b"])
        #expect(buildkite.status == 69)
        #expect(
            try workspace.text(".chimera-gate/buildkite-annotation-0190-4a____b.md").hasPrefix(
                "# chimera-gate: could not run"))
        #expect(!workspace.holds(".chimera-gate/metrics.txt"))
        let azure = try await check(workspace, ["TF_BUILD": "True"])
        #expect(azure.status == 69)
        #expect(!workspace.holds(".chimera-gate/buildkite-annotation-0190-4a____b.md"))
        let summary =
            "##vso[task.uploadsummary]\(workspace.file(".chimera-gate/summary.md").resolvingSymlinksInPath().path)"
        #expect(azure.errors.split(separator: "\n").contains { $0 == summary }, "\(azure)")
        #expect(azure.errors.contains("##vso[task.logissue type=error]chimera-gate: could not run: "))
    }

    @Test(
        "that cannot be told is a warning, and the status stays",
        arguments: ["none/step.md", ".", "/dev/full"])
    func failure(_ path: String) async throws {
        let workspace = try GateWorkspace()
        var variables = github
        variables["GITHUB_STEP_SUMMARY"] = path
        let outcome = try await check(workspace, variables)
        #expect(outcome.status == 69, "\(outcome)")
        #expect(
            outcome.errors.contains("warning: GitHub was not told all of the verdict: cannot write '\(path)'"),
            "\(outcome)")
        // What can be told is.
        #expect(try workspace.text("output").hasSuffix("status=69\n"))
        #expect(try workspace.text(".chimera-gate/summary.md").hasPrefix("# chimera-gate: could not run"))
    }

    @Test("is cut to what the step's summary has left, and a full one is said")
    func full() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        let limit = 1 << 20
        for (present, isCut) in [(limit - 1_500, true), (limit - 100, false)] {
            try workspace.folder.write(String(repeating: "x", count: present), to: "step.md")
            let outcome = try await workspace.gate("check", "--session", ".chimera-gate", environment: github)
            #expect(outcome.status == 6, "\(outcome)")
            let text = try workspace.text("step.md")
            #expect(text.utf8.count <= limit)
            #expect(text.contains("Cut for its size") == isCut, "\(text.suffix(5_000))")
            #expect(outcome.errors.contains("the step's summary 'step.md' is full") == !isCut, "\(outcome)")
        }
    }
}
