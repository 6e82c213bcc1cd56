import Foundation
import GateJSON
import TestSupport
import Testing

@Suite("init and config, as a user calls them", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct InitCommandTests {
    @Test("init writes a file for the server and the folders that are there, which config check takes")
    func writes() async throws {
        let server = try ScriptedServer(.answer(status: "200 OK", body: #"{"models":[{"name":"tiny:1b"}]}"#))
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("a,b\n1,2\n", to: "csv_data/a.csv")
        let variables = ["OLLAMA_HOST": "127.0.0.1:\(server.port)"]
        let outcome = try await workspace.gate("init", environment: variables)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(
            outcome.output.hasPrefix(
                "wrote chimera-gate.yml: Ollama at \(server.url) with 1 model, 1 folder of artefacts\nNext:\n"))
        #expect(outcome.output.contains("\n  chimera-gate run "))
        #expect(outcome.output.contains("\n  chimera-gate baseline approve --reason \"first baseline\"\n"))
        let text = try workspace.text("chimera-gate.yml")
        #expect(text.contains("  model: tiny:1b   # the one that the server has\n"))
        #expect(text.contains("    - csv_data   # 1 .csv\n"))

        let checked = try await workspace.gate("config", "check")
        #expect(checked.status == 0 && checked.output == "chimera-gate.yml: no faults\n", "\(checked)")

        #expect(text.contains("\n# workload: command\n"))
        try workspace.folder.write(
            "workload: command\ncommand: {run: [no-such-agent]}\nserver: {start: no-such-server}\n", to: "own.yml")
        let warned = try await workspace.gate("config", "check", "--config", "own.yml")
        #expect(warned.status == 0, "\(warned)")
        for program in ["command.run: 'no-such-agent' is not", "server.start: 'no-such-server' is not"] {
            #expect(warned.errors.contains(program), "\(warned)")
        }

        let again = try await workspace.gate("init", environment: variables)
        #expect(again.status == 73, "\(again)")
        #expect(again.errors.contains("'chimera-gate.yml' is there already and stays as it is"))
        #expect(try workspace.text("chimera-gate.yml") == text)

        try workspace.folder.write("kept: no", to: "chimera-gate.yml")
        let forced = try await workspace.gate("init", "--force", environment: variables)
        #expect(forced.status == 0, "\(forced)")
        #expect(try workspace.text("chimera-gate.yml") == text)
    }

    @Test("config check prints every fault of a file and ends with 78")
    func check() async throws {
        let workspace = try GateWorkspace("agent: {model: m, top_p: 2}\nruns: 0\n")
        let outcome = try await workspace.gate("config", "check")
        #expect(outcome.status == 78, "\(outcome)")
        #expect(
            outcome.output == """
                chimera-gate.yml:1:26: agent.top_p: found '2'; allowed: a number from 0 to 1
                chimera-gate.yml:2:7: runs: found '0'; allowed: a whole number from 1 to 10000

                """)
        let missing = try await workspace.gate("config", "check", "--config", "none.yml")
        #expect(missing.status == 78 && missing.errors.contains("none.yml: there is no such configuration file"))
    }

    @Test("config check without a file says how to get one")
    func noFile() async throws {
        let outcome = try await GateWorkspace(nil).gate("config", "check")
        #expect(outcome.status == 78 && outcome.errors.contains("Write one for what is here: chimera-gate init"))
    }

    @Test("config print shows each value with its source, in both formats, and refuses what a call would refuse")
    func printed() async throws {
        let workspace = try GateWorkspace("agent: {model: m}\n")
        let variables = ["OLLAMA_HOST": "127.0.0.1:1"]
        let text = try await workspace.gate("config", "print", "--runs", "3", environment: variables)
        #expect(text.status == 0, "\(text)")
        let lines = text.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(
            Set(lines).isSuperset(of: [
                "agent.model m chimera-gate.yml:1:16", "runs 3 --runs", "pairs 20 default",
                "server.url http://127.0.0.1:1 OLLAMA_HOST",
            ]))
        let json = try await workspace.gate("config", "print", "--format", "json", environment: variables)
        let entries = try JSONValue.parse(Array(json.output.utf8))["entries"]?.array ?? []
        #expect(entries.first { $0["key"]?.string == "runs" }?["source"]?["kind"]?.string == "default")
        #expect(entries.first { $0["key"]?.string == "agent.model" }?["source"]?["line"]?.int == 1)
        let refused = try await workspace.gate("config", "print", "--runs", "0")
        #expect(refused.status == 64 && refused.errors.contains("--runs: found '0'; allowed: a whole number from 1"))
    }
}
