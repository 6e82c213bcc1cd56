import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("Report quality in a check", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct QualityCheckTests {
    private static let report = """
        # Analyst

        # Technical Report: Analyst Analysis

        **Date:** DAY

        ---

        ## Executive Summary

        The corpus was read.

        ## Data Ingestion Summary

        Every file was read.

        ## Performance Analysis

        The calls were measured.

        ## Key Findings

        - Nothing stood out.

        ## Recommendations

        - Measure again.

        ## Appendix

        See the files.

        """

    /// A measured session of three runs whose reports are sound.
    ///
    /// - Parameter cut: the answers were cut at their token cap when they were measured, and are not any more.
    private func measured(_ workspace: GateWorkspace, cut: Bool = false) async throws {
        let faults = cut ? ["--fault", "finish:length"] : []
        try await ReplayProcess.serving(ReplayProcess.quick + faults) { url in
            let run = try await workspace.measure("run", url, "--runs", "3")
            #expect(run.status == 0, "\(run)")
        }
        let session = try workspace.text(".chimera-gate/session.json")
        try workspace.folder.write(
            session.replacing("\"length\"", with: "\"stop\"")
                .replacing("\"truncated\" : true", with: "\"truncated\" : false"), to: ".chimera-gate/session.json")
        for run in 1...3 { try write(Self.report + "Run \(run).\n", run, workspace) }
    }

    /// The report of a run, of the day on which it was measured: its facts say which.
    private func write(_ report: String, _ run: Int, _ workspace: GateWorkspace) throws {
        let facts = try workspace.json(".chimera-gate/runs/000\(run)/facts.json")
        let day = try #require(facts["generated_date"]?.string)
        try workspace.folder.write(report.replacing("DAY", with: day), to: ".chimera-gate/runs/000\(run)/report.md")
    }

    @Test("a report that was cut off is marked, and how long it took is neither faster nor slower")
    func cutOff() async throws {
        let workspace = try GateWorkspace(GateWorkspace.sample + "metrics: {workflow: 900%}\n")
        try await measured(workspace, cut: true)
        // The answers, as they were when they were measured.
        for run in try workspace.session().runs { #expect(run.reportMarks?.contains(.truncated) == true) }
        let approved = try await workspace.gate("baseline", "approve", "--reason", "first")
        #expect(approved.status == 0, "\(approved)")
        #expect(try await workspace.gate("check", "--session", ".chimera-gate").status == 0)

        let whole = Self.report + "Run 2.\n"
        let before = try #require(whole.range(of: "The calls were")).lowerBound
        try write(
            whole[..<before] + "The calls were measured one after the other, and each was slower than the", 2, workspace
        )
        let check = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(check.status == 3, "\(check)")
        let verdict = try workspace.json(".chimera-gate/verdict.json")
        let workflow = try #require(
            verdict["verdicts"]?.array?.first { $0["check"]?["metric"]?.string == "workflow" })
        #expect(workflow["outcome"]?.string == "inconclusive")
        #expect(workflow["explanation"]?.string?.contains("1 of 3 reports were cut off") == true)
    }

    @Test("a report with more errors than were approved ends the check with 3 and is told with its line everywhere")
    func regression() async throws {
        let workspace = try GateWorkspace()
        try await measured(workspace)
        let approved = try await workspace.gate("baseline", "approve", "--reason", "first")
        #expect(approved.status == 0, "\(approved)")
        #expect(approved.output.contains("from now on a report may have no errors"))
        #expect(try await workspace.gate("check", "--session", ".chimera-gate").status == 0)

        try write(Self.report.replacing("## Appendix\n\nSee the files.\n", with: "It ensureสังคม so.\n"), 2, workspace)
        let check = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(check.status == 3, "\(check)")
        #expect(check.output.contains("Quality regression: 1 of"))
        #expect(check.output.contains("S01 missing section: 1 error in run 2, 0 allowed"))
        #expect(check.output.contains("runs/0002/report.md:29:10: S09"))
        let junit = try workspace.text(".chimera-gate/junit.xml")
        #expect(junit.contains("type=\"QualityRegression\""))
        for name in ["structure", "grounding", "consistency", "entities", "groundedness", "words", "chatter"] {
            #expect(junit.contains("classname=\"chimera.analysis.replay.quality\" name=\"\(name)\""))
        }
        let summary = try workspace.text(".chimera-gate/summary.md")
        #expect(summary.contains("## Report quality"))
        #expect(summary.contains("| `runs/0002/report.md:29:10` | error | S09 | `สังคม` |"))
        let verdict = try workspace.json(".chimera-gate/verdict.json")
        #expect(verdict["overall"]?.string == "quality_regression")
        #expect(verdict["exit_code"]?.int == 3)
        #expect(verdict["quality"]?["families"]?[0]?["outcome"]?.string == "regression")
    }

    @Test("in a pipeline the data that proves a finding is a link to its line, where the commit has it as it was read")
    func links() async throws {
        let git = try await GitWorkspace(base: GateWorkspace.sample)
        let workspace = git.workspace
        try workspace.folder.write("ferry,latency_ms\nalpha,120\nbeta,80\n", to: "csv_data/ferries.csv")
        try await git.commit()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let run = try await workspace.gate("run", "--api", "openai", "--url", url)
            #expect(run.status == 0, "\(run)")
        }
        try write(Self.report + "The latency of alpha was 300 ms.\n", 1, workspace)
        func summary(_ environment: [String: String]) async throws -> String {
            let check = try await workspace.gate("check", "--session", ".chimera-gate", environment: environment)
            #expect(check.status == 6, "\(check)")
            return try workspace.text(".chimera-gate/summary.md")
        }
        let text = "csv\\_data/ferries.csv:2, latency\\_ms = 120 ms"
        #expect(try await summary([:]).contains("| \(text) |"))
        let variables = ["GITLAB_CI": "true", "CI_PROJECT_URL": "https://git.example/team/agent"]
        let commit = try await git.git("rev-parse", "HEAD")
        let address = "https://git.example/team/agent/-/blob/\(commit)/csv_data/ferries.csv#L2"
        let linked = try await summary(variables)
        #expect(
            linked.contains("| [`csv_data/ferries.csv:2`](\(address)), latency\\_ms = 120 ms |"), "\(linked)")
        #expect(linked.contains("| `runs/0001/report.md:"), "the report is in no commit")
        try workspace.folder.write("ferry,latency_ms\nbeta,80\nalpha,120\n", to: "csv_data/ferries.csv")
        #expect(try await summary(variables).contains("| \(text) |"))
    }

    @Test("a run whose report fails never becomes part of a baseline, unless its errors are adopted")
    func approval() async throws {
        let workspace = try GateWorkspace()
        try await measured(workspace)
        #expect(try await workspace.gate("baseline", "approve", "--reason", "first").status == 0)
        let cut = Self.report + "The next table shows the mean and the"
        try write(cut, 2, workspace)
        let second = try await workspace.gate("baseline", "approve", "--reason", "second")
        #expect(second.status == 0, "\(second)")
        #expect(second.errors.contains("run 2 is left out of the baseline: S05 truncated: 1 error, 0 allowed"))
        let baseline = try workspace.json("Baselines/analysis/replay.json")
        let samples = baseline["sessions"]?.array?.last?["samples"]?.array ?? []
        #expect(samples.first?["values"]?.array?.count == 2)

        for run in 1...3 { try write(cut, run, workspace) }
        let third = try await workspace.gate("baseline", "approve", "--reason", "third")
        #expect(third.status == 65)
        #expect(third.errors.contains("the report of every run fails"))
        #expect(third.errors.contains("--allow quality --allow broken-reports"), "\(third)")
        let half = try await workspace.gate("baseline", "approve", "--reason", "third", "--adopt-quality")
        #expect(half.status == 65 && half.errors.contains("3 of its 3 reports are broken (S05 truncated)"), "\(half)")
        let adopted = try await workspace.gate(
            "baseline", "approve", "--reason", "third", "--adopt-quality", "--allow", "broken-reports")
        #expect(adopted.status == 0, "\(adopted)")
        let overrides = try workspace.json("Baselines/analysis/replay.json")["sessions"]?.array?.last?["approval"]?[
            "overrides"]
        #expect(overrides?.array?.compactMap(\.string) == ["broken-reports"])
        #expect(adopted.output.contains("at most these errors: S05 1"))
        let check = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(check.status == 0, "\(check)")
        #expect(check.output.contains("runs 1, 2, 3, each: its report was cut off, so that its timings are not those"))
    }

    @Test(
        "a first session whose reports are mostly broken is approved by name only, and later ones like it are not asked"
    )
    func firstBroken() async throws {
        let workspace = try GateWorkspace()
        try await measured(workspace)
        for run in 1...2 { try write(Self.report.replacing("## Appendix", with: "## Files"), run, workspace) }
        let refused = try await workspace.gate("baseline", "approve", "--reason", "first")
        #expect(refused.status == 65, "\(refused)")
        #expect(refused.errors.contains("2 of its 3 reports are broken (S01 missing section)"), "\(refused)")
        #expect(refused.errors.contains("--allow broken-reports"))
        #expect(!workspace.holds("Baselines"))
        let approved = try await workspace.gate(
            "baseline", "approve", "--reason", "first", "--allow", "broken-reports")
        #expect(approved.status == 0, "\(approved)")
        let again = try await workspace.gate("baseline", "approve", "--reason", "the same")
        #expect(again.status == 0, "\(again)")
        let anew = try await workspace.gate("baseline", "approve", "--reason", "anew", "--replace")
        #expect(anew.status == 65 && anew.errors.contains("broken-reports"), "\(anew)")
    }

    @Test("lint of a session's report knows what only the session does: that the token cap cut it") func cutByCap()
        async throws
    {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault", "finish:length"]) { url in
            let run = try await workspace.measure("run", url)
            #expect(run.status == 0, "\(run)")
        }
        // The text itself shows nothing of it.
        try write("# Report\n\n## Executive Summary\n\nAll calls were answered.\n", 1, workspace)
        let report = ".chimera-gate/runs/0001/report.md"
        let lint = try await workspace.gate("lint", report)
        #expect(lint.status == 3 && lint.output.contains("S05"), "\(lint)")
        #expect(lint.output.contains("cut off at its token cap"), "\(lint)")
        try FileManager.default.copyItem(at: workspace.file(report), to: workspace.file("report.md"))
        let alone = try await workspace.gate("lint", "report.md")
        #expect(!alone.output.contains("S05"), "\(alone)")
    }

    @Test("a performance regression goes before one of the reports") func both() async throws {
        let workspace = try GateWorkspace()
        try await measured(workspace)
        _ = try await workspace.gate("baseline", "approve", "--reason", "first")
        try write("Nothing.\n", 1, workspace)
        try workspace.folder.write(GateWorkspace.sample + "metrics: {report/ttft: {max: 1us}}\n", to: "strict.yml")
        let check = try await workspace.gate("check", "--session", ".chimera-gate", "--config", "strict.yml")
        #expect(check.status == 1)
        #expect(
            try workspace.json(".chimera-gate/verdict.json")["quality"]?["families"]?[0]?["outcome"]?.string
                == "regression")
    }
}
