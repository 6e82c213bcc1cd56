import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

/// Tolerances for machines that do other work beside it, as in `ci/sample/replay.yml`.
private let sampleTolerances = "metrics: {ttft: {tolerance: 50%}, throughput: {tolerance: 25%}}\n"

@Suite("Verdicts of the program", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct VerdictTests {
    /// The line as a whole: measure, approve, and check what is the same, what generates slower, and what starts later.
    @Test("the same passes, 30 % slower or twice the TTFT is a regression", arguments: ["openai", "ollama"])
    func gate(api: String) async throws {
        let workspace = try GateWorkspace()
        try workspace.folder.write(GateWorkspace.sample + sampleTolerances, to: "sample.yml")
        try await ReplayProcess.serving { url in
            let run = try await workspace.measure("run", url, api: api, "--runs", "3")
            #expect(run.status == 0, "\(run)")
            #expect(run.output.contains("3 of 3 runs complete"))
            let approval = try await workspace.gate("baseline", "approve", "--reason", "first baseline")
            #expect(approval.status == 0, "\(approval)")
            #expect(approval.output.contains("Baselines/analysis/replay.json"))
            #expect(
                approval.output.contains("so measure and approve 4 more: chimera-gate baseline record"), "\(approval)")

            let same = try await workspace.measure(
                "check", url, api: api, "--runs", "3", "--config", "sample.yml", "--output", "same")
            #expect(same.status == 0, "\(same)")
            #expect(try workspace.verdicts("same").outcomes["analysis/ttft"] == "pass")
        }
        let slower = ReplayProcess.measurable + ["--throughput-factor", "0.7"]
        try await ReplayProcess.serving(slower) { url in
            let check = try await workspace.measure("check", url, api: api, "--runs", "3", "--output", "slower")
            #expect(check.status == 1, "\(check)")
            #expect(check.output.contains("Regression"), "\(check)")
            let outcomes = try workspace.verdicts("slower").outcomes
            // A machine that is very busy can hide it in one of the stages.
            #expect([outcomes["analysis/throughput"], outcomes["report/throughput"]].contains("regression"))
            #expect(try workspace.text("slower/junit.xml").contains(#"type="PerfRegression""#))
        }
        let wider = try await workspace.gate("check", "--session", "slower", "--config", "sample.yml")
        #expect(wider.status == 1, "\(wider)")

        try await ReplayProcess.serving(ReplayProcess.measurable + ["--ttft-factor", "2"]) { url in
            let check = try await workspace.measure("check", url, api: api, "--runs", "3", "--output", "later")
            #expect(check.status == 1, "\(check)")
            let outcomes = try workspace.verdicts("later").outcomes
            #expect([outcomes["analysis/ttft"], outcomes["report/ttft"]].contains("regression"))
        }
    }

    @Test("a check says which limits hold, and leaves every file of baselines as it is") func writesNothing()
        async throws
    {
        let workspace = try GateWorkspace(
            GateWorkspace.sample + "metrics: {ttft: 2000%, report/throughput: 35%, analysis/throughput: 20%}\n")
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let run = try await workspace.measure("run", url, "--runs", "3")
            #expect(run.status == 0, "\(run)")
            let approval = try await workspace.gate("baseline", "approve", "--reason", "first")
            #expect(approval.status == 0, "\(approval)")
        }
        let file = "Baselines/analysis/replay.json"
        let before = try workspace.text(file)
        let slower = ReplayProcess.quick + ["--throughput-factor", "0.25"]
        try await ReplayProcess.serving(slower) { url in
            let check = try await workspace.measure("check", url, "--runs", "3")
            #expect(check.status == 1, "\(check)")
            let again = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(again.status == 1 && again.output == check.output, "\(again)")
        }
        #expect(try workspace.text(file) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: workspace.file("Baselines/analysis").path).count == 1)
        let policy = try workspace.json(".chimera-gate/verdict.json")["policy"]
        let explained = try await workspace.gate("explain", ".chimera-gate")
        #expect(explained.status == 0 && policy != nil)
        for limit in ["-35%", "-20%", "+2000%"] {
            #expect(try workspace.text(".chimera-gate/summary.md").contains(limit), "\(limit)")
        }
    }

    @Test("without a baseline the status is 6, and the session is kept for an approval") func noBaseline() async throws
    {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let check = try await workspace.measure("check", url)
            #expect(check.status == 6, "\(check)")
            #expect(check.output.contains("baseline approve --reason"))
        }
        #expect(try workspace.verdicts().overall == "baseline_missing")
        #expect(try workspace.text(".chimera-gate/junit.xml").contains(#"type="BaselineMissing""#))
        #expect(try workspace.text(".chimera-gate/summary.md").contains("baseline approve --reason"))

        let approval = try await workspace.gate(
            "baseline", "approve", "--reason", "first baseline", "--approver", "reviewer@example.org")
        #expect(approval.status == 0, "\(approval)")
        let baseline = try workspace.json("Baselines/analysis/replay.json")
        let approved = try #require(baseline["sessions"]?[0])
        #expect(approved["approval"]?["reason"]?.string == "first baseline")
        #expect(approved["approval"]?["approved_by"]?.string == "reviewer@example.org")
        #expect(approved["session_id"]?.string == (try workspace.session().id))

        let shown = try await workspace.gate("baseline", "show")
        #expect(shown.output.contains("analysis on replay"))
        #expect(shown.output.contains("by reviewer@example.org: first baseline"))
        #expect(shown.output.contains("analysis/ttft"))
        let again = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(again.status == 0, "\(again)")
    }

    @Test("a baseline that was damaged is no baseline, and is not approved over in silence") func damagedBaseline()
        async throws
    {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        try workspace.folder.write("{\"format_version\": 1", to: "Baselines/analysis/replay.json")
        let check = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(check.status == 6, "\(check)")
        #expect(check.output.contains("'Baselines/analysis/replay.json' is not JSON"), "\(check)")
        #expect(try workspace.text(".chimera-gate/junit.xml").contains(#"type="BaselineInvalid""#))
        let shown = try await workspace.gate("baseline", "show")
        #expect(shown.status == 6, "\(shown)")
    }

    @Test("a session that exists is judged without a call, by the flags that are given") func sessionOnly() async throws
    {
        let workspace = try GateWorkspace()
        // As many runs as are judged on a machine that is busy, too.
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            _ = try await workspace.measure("run", url, "--runs", "3")
        }
        _ = try await workspace.gate("baseline", "approve", "--reason", "first baseline")

        let first = try await workspace.gate("check", "--session", ".chimera-gate")
        let second = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(first.status == 0, "\(first)")
        #expect(first.output == second.output)

        // A budget that no answer can keep; the tolerances of the flags come on top.
        try workspace.folder.write(
            GateWorkspace.sample + "metrics: {analysis/ttft: {max: 1 us}}\n", to: "strict.yml")
        let strict = try await workspace.gate("check", "--session", ".chimera-gate", "--config", "strict.yml")
        #expect(strict.status == 1, "\(strict)")
        #expect(strict.output.contains("ttft.budget"))

        let tolerance = try await workspace.gate(
            "check", "--session", ".chimera-gate", "--tolerance", "report/total=80%")
        #expect(tolerance.status == 0, "\(tolerance)")
        #expect(!first.output.contains("total.p50") && tolerance.output.contains("total.p50"))
    }

    @Test("an undecided metric warns, and fails where that is asked for") func inconclusive() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving { url in _ = try await workspace.measure("run", url) }
        _ = try await workspace.gate("baseline", "approve", "--reason", "first baseline")
        // A server that says that it answered from its prompt cache has no TTFT to compare.
        try await ReplayProcess.serving(ReplayProcess.measurable + ["--fault", "cached-prompt"]) { url in
            _ = try await workspace.measure("run", url, "--output", "cached")
        }
        let others = ["--tolerance", "throughput=90%"]
        let warned = try await workspace.gate("check", "--session", "cached", and: others)
        #expect(warned.status == 0, "\(warned)")
        #expect(try workspace.verdicts("cached").outcomes["analysis/ttft"] == "inconclusive")
        #expect(warned.output.contains("prompt cache"))
        let failed = try await workspace.gate(
            "check", "--session", "cached", "--inconclusive", "fail", and: others)
        #expect(failed.status == 5, "\(failed)")
    }
}
