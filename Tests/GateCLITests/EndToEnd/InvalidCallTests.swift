import Foundation
import GateCore
import TestSupport
import Testing

@Suite("Calls that end badly", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct InvalidCallTests {
    static let wide = ["--tolerance", "ttft=900%", "--tolerance", "throughput=90%"]

    /// A workspace in which a whole session is approved.
    func approvedWorkspace() async throws -> GateWorkspace {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        let approval = try await workspace.gate("baseline", "approve", "--reason", "first baseline")
        try #require(approval.status == 0, "\(approval)")
        return workspace
    }

    @Test("one cut stream in five runs is kept with its reason, not averaged, and the check decides") func oneOfFive()
        async throws
    {
        let workspace = try await approvedWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault-at", "3=cut:20"]) { url in
            let check = try await workspace.gate(
                "check", "--corpus", GateWorkspace.corpus, "--api", "openai", "--url", url, "--runs", "5",
                "--output", "checked", and: Self.wide)
            #expect(check.status == 0, "\(check)")
            #expect(check.output.contains("inconclusive: run/error_share 1 of 9 calls failed"), "\(check)")
        }
        #expect(try workspace.text("checked/junit.xml").contains(#"name="error_share""#))
        #expect(try workspace.text("checked/summary.md").contains("1 of 9 calls failed"))
        let session = try workspace.session("checked")
        let invalid = session.invalidExchanges
        #expect(invalid.map(\.run) == [2] && invalid.map(\.exchange.stage) == [.analysis])
        #expect(invalid.map(\.reason.kind) == [.cutStream])
        #expect(session.samples()[CheckID(stage: .analysis, metric: "ttft")]?.values.count == 4)
        #expect(session.samples()[CheckID(stage: .report, metric: "ttft")]?.values.count == 4)
        #expect(!workspace.holds("checked/runs/0002/report.md"))
        #expect(try workspace.text("checked/summary.md").contains(invalid[0].reason.detail))

        let approval = try await workspace.gate(
            "baseline", "approve", "--session", "checked", "--reason", "with a cut stream")
        #expect(approval.status == 65 && approval.errors.contains("1 of its 9 calls are invalid"), "\(approval)")
    }

    @Test("two in five are too many to judge by the others") func twoOfFive() async throws {
        let workspace = try await approvedWorkspace()
        let faults = ["--fault-at", "1=cut:20", "--fault-at", "4=no-tokens"]
        try await ReplayProcess.serving(ReplayProcess.quick + faults) { url in
            let check = try await workspace.gate(
                "check", "--corpus", GateWorkspace.corpus, "--api", "openai", "--url", url, "--runs", "5",
                "--output", "checked", and: Self.wide)
            #expect(check.status == 69, "\(check)")
        }
        let verdicts = try workspace.verdicts("checked")
        #expect(verdicts.overall == "infrastructure_error")
        #expect(verdicts.outcomes["analysis/ttft"] == "invalid")
        #expect(try workspace.session("checked").invalidExchanges.map(\.reason.kind) == [.cutStream, .noTokens])
    }

    @Test(
        "a session without a valid call is no pass and no baseline",
        arguments: ["cut:5", "error:3", "no-tokens", "status:500", "context-overflow"], ["openai", "ollama"])
    func nothingMeasured(fault: String, api: String) async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault", fault]) { url in
            let run = try await workspace.measure("run", url, api: api)
            #expect(run.status == 69 && run.errors.contains("No valid call was measured"), "\(run)")
        }
        let check = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(check.status == 69, "\(check)")
        #expect(try workspace.text(".chimera-gate/junit.xml").contains(#"type="NothingMeasured""#))
        let approval = try await workspace.gate("baseline", "approve", "--reason", "first baseline")
        #expect(approval.status == 65 && approval.errors.contains("nothing valid was measured"), "\(approval)")
        #expect(!workspace.holds("Baselines"))
    }
}
