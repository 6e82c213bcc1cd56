import Foundation
import GateCore
import GateJSON
import GateProcess
import TestSupport
import Testing

@Suite("Recording a command and repeating it without a model", .enabled(if: GateBinary.isPresent && Python3.isPresent))
struct RecordCommandTests {
    /// Asks as often as it is told, and prints the answers.
    private static let agent = """
        import json, os, sys, urllib.error, urllib.request
        for number in range(int(sys.argv[1])):
            body = {"model": "toy", "messages": [{"role": "user", "content": f"Question {number}"}]}
            request = urllib.request.Request(os.environ["OPENAI_BASE_URL"] + "/chat/completions", json.dumps(body).encode())
            request.add_header("X-Step", "plan")
            try:
                print(json.load(urllib.request.urlopen(request))["choices"][0]["message"]["content"])
            except urllib.error.HTTPError as error:
                print(error.code, json.load(error)["error"]["message"])
        print("key", os.environ["OPENAI_API_KEY"], file=sys.stderr)
        sys.exit(int(sys.argv[2]))
        """

    private func workspace() throws -> GateWorkspace {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(Self.agent, to: "agent.py")
        return workspace
    }

    @Test("what a command asked is answered again without the model, and what it did not ask is named")
    func whole() async throws {
        let workspace = try workspace()
        let recorded = try await ReplayProcess.serving(ReplayProcess.quick) { url in
            try await workspace.gate(
                "record", "--url", url, "--output", "recorded", "--", "python3", "agent.py", "2", "0")
        }
        #expect(recorded.status == 0, "\(recorded)")
        #expect(recorded.output.split(separator: "\n").count >= 2 && !recorded.output.contains("listening"))
        for line in [
            "1 POST /v1/chat/completions toy: ", "2 POST /v1/chat/completions toy: ", "key unused",
            "2 calls, 0 of them invalid, in recorded/exchanges.jsonl; session ",
            "in recorded, which 'chimera-gate replay recorded' repeats",
        ] { #expect(recorded.errors.contains(line), "\(recorded)") }

        try await ReplayProcess.serving([], recording: workspace.file("recorded").path) { url in
            let variables = ["OPENAI_BASE_URL": url + "/v1", "OPENAI_API_KEY": "unused"]
            let again = try await workspace.run(["python3", "agent.py", "2", "0"], environment: variables)
            #expect(again.output == recorded.output, "\(again)")
            let more = try await workspace.run(["python3", "agent.py", "3", "0"], environment: variables)
            let last = try #require(more.output.split(separator: "\n").last)
            #expect(last.hasPrefix("404 this request for POST /v1/chat/completions was not recorded."), "\(more)")
            #expect(last.contains("recorded \"Question ") && last.contains("now \"Question 2\""), "\(more)")
        }
    }

    @Test(
        "the status is the command's; a command that makes no call is to be mended, one that is not there is a mistake")
    func statuses() async throws {
        let workspace = try workspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            func status(_ command: String...) async throws -> GateOutcome {
                try await workspace.gate("record", "--url", url, "--quiet", "--", and: command)
            }
            let failed = try await status("python3", "agent.py", "1", "9")
            #expect(failed.status == 9 && !failed.errors.contains("POST"), "\(failed)")
            #expect(try await status("sh", "-c", "kill -9 $$").status == 137)
            let silent = try await status("true")
            #expect(silent.status == 4, "\(silent)")
            #expect(silent.errors.contains("made no call to http://127.0.0.1:"), "\(silent)")
            #expect(silent.errors.contains("OLLAMA_HOST, OPENAI_BASE_URL"), "\(silent)")
            #expect(try await status("no-such-program").status == 78)
        }
        let broken = try ScriptedServer(.answer(status: "503 Busy", body: #"{"error": {"message": "no model"}}"#))
        for (own, expected) in [("0", Int32(4)), ("9", 9)] {
            let failing = try await workspace.gate("record", "--url", broken.url, "--", "python3", "agent.py", "2", own)
            #expect(failing.status == expected, "\(failing)")
            #expect(
                failing.errors.contains("2 calls, 2 of them invalid, in .chimera-gate/exchanges.jsonl"), "\(failing)")
            #expect(!failing.errors.contains("repeats"), "\(failing)")
            #expect(failing.errors.contains("'python3': all of its 2 calls failed; the first: ") == (own == "0"))
        }
        let unix = try await workspace.gate("record", "--listen", "unix:p.sock", "--", "true")
        #expect(unix.status == 64 && unix.errors.contains("leave --listen out"), "\(unix)")
        let bare = try await workspace.gate("record", "python3", "agent.py")
        #expect(bare.status == 64, "\(bare)")
    }

    @Test("for programs it tells where it listens, the command's variables, and what passed, each of its schema")
    func documents() async throws {
        let workspace = try workspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let recorded = try await workspace.gate(
                "record", "--url", url, "--output", "recorded", "--format", "json", "--", "python3", "agent.py", "2",
                "3")
            #expect(recorded.status == 3 && recorded.errors.contains("\nkey unused\n"), "\(recorded)")
            #expect(recorded.errors.split(separator: "\n").count >= 6, "what the command prints is no document")
            let document = try JSONValue.parse(recorded.output)
            let session = try workspace.session("recorded").id
            #expect(document["session_id"]?.string == session && document["command_status"]?.int == 3)
            #expect(
                document["calls"]?.int == 2 && document["invalid"]?.int == 0 && document["is_repeatable"]?.bool == true)
            try DocumentOutputTests.validate([("passed-calls", recorded.output)])

            let proxy = try workspace.start([
                "proxy", "--url", url, "--format", "json", "--output", "passed", "--quiet",
            ])
            let isListening = try await waiting { (try? workspace.text("started.log"))?.contains("\n") == true }
            #expect(isListening)
            #expect(proxy.end(graceSeconds: 10) == .exited(143))
            let lines = try workspace.text("started.log").split(separator: "\n").map(String.init)
            try #require(lines.count == 2, "\(lines)")
            let listening = try JSONValue.parse(lines[0])
            let address = try #require(listening["url"]?.string)
            #expect(listening["forwards_to"]?.string == url)
            #expect(listening["variables"]?.array?.contains { $0["value"]?.string == address + "/v1" } == true)
            #expect(try JSONValue.parse(lines[1])["calls"]?.int == 0)
            try DocumentOutputTests.validate([("listening", lines[0]), ("passed-calls", lines[1])])
        }
        let replay = try workspace.start(["replay", "recorded", "--format", "json", "--quiet"])
        let isListening = try await waiting { (try? workspace.text("started.log"))?.contains("\n") == true }
        #expect(isListening && replay.end(graceSeconds: 10) == .exited(143))
        let text = try workspace.text("started.log")
        #expect(try JSONValue.parse(text)["recorded_calls"]?.int == 2)
        try DocumentOutputTests.validate([("listening", text)])
    }

    @Test("without a command it waits for an agent that is started elsewhere, as the configuration of a command says")
    func elsewhere() async throws {
        let workspace = try workspace()
        try workspace.folder.write(
            "workload: command\ncommand: {run: [python3, agent.py]}\nproxy: {header: x-step}", to: "chimera-gate.yml")
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let proxy = try workspace.start(["record", "--url", url])
            let isListening = try await waiting { (try? workspace.text("started.log"))?.contains("Ctrl-C") == true }
            #expect(isListening)
            let line = try #require(
                workspace.text("started.log").split(separator: "\n").first { $0.hasPrefix("OPENAI_BASE_URL=") })
            let agent = try await workspace.run(
                ["python3", "agent.py", "1", "0"],
                environment: ["OPENAI_BASE_URL": String(line.dropFirst(16)), "OPENAI_API_KEY": "none"])
            #expect(agent.status == 0, "\(agent)")
            #expect(proxy.end(graceSeconds: 10) == .exited(143))
        }
        for words in [
            "\nAn agent sends its calls here by the variable of its API:\nOLLAMA_HOST=http",
            "Ctrl-C or SIGTERM ends it and writes the session to '.chimera-gate', which 'chimera-gate replay .chimera-gate'",
        ] { #expect(try workspace.text("started.log").contains(words)) }
        #expect(try workspace.text("started.log").contains("1 [plan] POST /v1/chat/completions toy: "))
        #expect(try workspace.text("started.log").contains("1 call, 0 of them invalid, in .chimera-gate/"))
        #expect(workspace.holds(".chimera-gate/runs/0001/passed.jsonl"))
    }
}
