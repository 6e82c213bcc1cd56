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

    // MARK: 65

    @Test(
        "a session that was damaged is 65",
        arguments: ["garbage", "", "{\"format_version\": 1}", "{\"format_version\": 999, \"id\": \"x\"}", "[[[["])
    func damagedSession(content: String) async throws {
        let workspace = try GateWorkspace()
        try workspace.folder.write(content, to: "measured/session.json")
        for arguments in [
            ["check", "--session", "measured"], ["baseline", "approve", "--session", "measured", "--reason", "why"],
        ] {
            let outcome = try await workspace.gate(and: arguments)
            #expect(outcome.status == 65, "\(outcome)")
            #expect(outcome.errors.contains("measured/session.json"))
        }
        #expect(try workspace.text("measured/session.json") == content)
        #expect(!workspace.holds("Baselines"))
    }

    @Test("where there is no session the status is 65", arguments: ["nowhere", "."]) func noSession(path: String)
        async throws
    {
        let workspace = try GateWorkspace()
        for arguments in [["check", "--session", path], ["replay", path]] {
            let outcome = try await workspace.gate(and: arguments)
            #expect(outcome.status == 65, "\(outcome)")
            #expect(outcome.errors.contains("chimera-gate run"))
        }
    }

    // MARK: 78

    @Test("a configuration that is wrong is 78 and named by line") func configuration() async throws {
        let workspace = try GateWorkspace("workload: analysis\nrunz: 3\nagent: {model: x, num_ctx: big}\n")
        let outcome = try await workspace.gate("check", "--corpus", GateWorkspace.corpus)
        #expect(outcome.status == 78, "\(outcome)")
        #expect(
            outcome.errors.contains("chimera-gate.yml:2:1: unknown key 'runz' (did you mean 'runs'?)"), "\(outcome)")
        #expect(outcome.errors.contains("chimera-gate.yml:3:28: agent.num_ctx: found 'big'"), "\(outcome)")
    }

    @Test("a configuration that is not there, or names no model, is 78") func noConfiguration() async throws {
        let workspace = try GateWorkspace(nil)
        let missing = try await workspace.gate("run", "--config", "other.yml")
        #expect(missing.status == 78 && missing.errors.contains("other.yml"), "\(missing)")
        let nameless = try await workspace.gate("run")
        #expect(nameless.status == 78 && nameless.errors.contains("--model NAME"), "\(nameless)")
    }
}
