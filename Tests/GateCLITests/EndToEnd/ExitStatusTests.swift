import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Exit statuses of the program", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct ExitStatusTests {
    // MARK: 69

    @Test("where nothing answers the status is 69, and the JUnit file says why") func noServer() async throws {
        let workspace = try GateWorkspace()
        let check = try await workspace.measure("check", "http://127.0.0.1:\(LoopbackPort.closed)")
        #expect(check.status == 69, "\(check)")
        #expect(check.output.isEmpty)
        #expect(check.errors.contains("no model server answers at http://127.0.0.1:9"))
        #expect(check.errors.contains("server.url, or --url"))
        let junit = try workspace.text(".chimera-gate/junit.xml")
        #expect(junit.contains(#"type="InfrastructureError""#) && junit.contains("no model server answers"))
        #expect(!workspace.holds(".chimera-gate/session.json"))
    }

    @Test("where no server is configured the message names three ways to get one", arguments: ["run", "check"])
    func threeWays(command: String) async throws {
        let workspace = try GateWorkspace()
        let outcome = try await workspace.gate(command, "--corpus", GateWorkspace.corpus)
        #expect(outcome.status == 69, "\(outcome)")
        for way in ["https://ollama.com", "server.start", "chimera-gate replay"] {
            #expect(outcome.errors.contains(way), "\(outcome)")
        }
        guard command == "check" else { return }
        #expect(try workspace.text(".chimera-gate/junit.xml").contains("server.start"))
    }

    @Test("an older session outlives a check that found no server; its reports do not") func olderSession() async throws
    {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("check", url) }
        let before = try workspace.text(".chimera-gate/session.json")
        let check = try await workspace.measure("check", "http://127.0.0.1:\(LoopbackPort.closed)")
        #expect(check.status == 69, "\(check)")
        #expect(try workspace.text(".chimera-gate/session.json") == before)
        #expect(workspace.holds(".chimera-gate/runs/0001/report.md"))
        #expect(!workspace.holds(".chimera-gate/verdict.json"))
        #expect(try workspace.text(".chimera-gate/junit.xml").contains("no model server answers"))
    }

    // MARK: 64

    @Test("a fault that is not known is answered with those that are") func faultForms() async throws {
        let workspace = try GateWorkspace()
        let outcome = try await workspace.gate("replay", "--fault", "nonsense")
        #expect(outcome.errors.contains("'nonsense' is no fault") && outcome.errors.contains("cut:N"), "\(outcome)")
        let help = try await workspace.gate("replay", "--help")
        #expect(help.status == 0 && help.output.contains("cut:N"))
    }
}
