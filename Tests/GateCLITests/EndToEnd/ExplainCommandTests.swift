import TestSupport
import Testing

@Suite("The explain command", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct ExplainCommandTests {
    @Test("explains the verdict that lies there, and says where the time went") func explained() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        _ = try await workspace.gate("baseline", "approve", "--reason", "first baseline")
        _ = try await workspace.gate("check", "--session", ".chimera-gate")
        for arguments in [[], [".chimera-gate"], [".chimera-gate/verdict.json"]] {
            let outcome = try await workspace.gate("explain", and: arguments)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            #expect(outcome.output.contains("Where the time went in 'report' (medians)"), "\(outcome)")
            #expect(outcome.output.contains("prompt evaluation") && outcome.output.contains("Policy in force"))
        }
        try workspace.folder.write("{}", to: "Baselines/analysis/replay.json")
        let changed = try await workspace.gate("explain")
        #expect(changed.status == 0 && changed.errors.contains("not there any more as it was"), "\(changed)")
    }

    @Test("a verdict that is not there, or none, is 65") func foreign() async throws {
        let workspace = try GateWorkspace()
        let missing = try await workspace.gate("explain")
        #expect(missing.status == 65 && missing.errors.contains("chimera-gate check"), "\(missing)")
        for content in ["", "[]", "{\"format_version\": 999}", "{\"a\": 1}", "not JSON"] {
            try workspace.folder.write(content, to: "verdict.json")
            let outcome = try await workspace.gate("explain", "verdict.json")
            #expect(outcome.status == 65 && outcome.errors.contains("'verdict.json'"), "\(outcome)")
        }
    }
}
