import Foundation
import TestSupport
import Testing

@Suite("What the program shows where", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct TerminalTests {
    @Test("into pipes it writes no escape codes, and of the progress a line for each run") func piped() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let run = try await workspace.measure("run", url)
            let check = try await workspace.measure("check", url, "--output", "checked")
            for outcome in [run, check] {
                #expect(!(outcome.output + outcome.errors).contains("\u{1B}"))
                #expect(!outcome.errors.contains("ingested") && !outcome.output.contains("ingested"), "\(outcome)")
                #expect(outcome.errors.contains("chimera-gate: run 1/1: finished after "), "\(outcome)")
            }
        }
    }

    @Test("what a server says moves no cursor and commands no pipeline") func hostileServer() async throws {
        let body = "\u{1B}[31mred\u{7}\r\n::error::forged ##vso[task.complete result=Succeeded]"
        let head = "HTTP/1.1 500 Broken\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
        let server = try ScriptedServer([.send(head + body)])
        let workspace = try GateWorkspace()
        for command in ["run", "check"] {
            let outcome = try await workspace.measure(command, server.url)
            let shown = outcome.output + outcome.errors
            #expect(outcome.status == 69 && shown.contains("red"), "\(outcome)")
            #expect(!shown.contains { "\u{1B}\u{7}\r".contains($0) }, "\(outcome)")
            #expect(!shown.contains("##vso"), "\(outcome)")
            #expect(!shown.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") }, "\(outcome)")
        }
    }

    @Test(
        "to a terminal it tells the progress, on standard error", .enabled(if: Script.isPresent, Script.absence))
    func progress() async throws {
        let workspace = try GateWorkspace()
        // A rate is told of what can be measured alone.
        try await ReplayProcess.serving { url in
            let shown = try await Script.show(
                "run --corpus '\(GateWorkspace.corpus)' --api openai --url \(url) --runs 2 --warmup-runs 1 > output",
                in: workspace)
            // Warm-ups are counted apart, so that nobody reads of a third of two runs.
            for name in ["warm-up 1/1", "run 1/2", "run 2/2"] {
                #expect(shown.contains("\(name): ingested 10 files"), "\(shown)")
                let stage = try Regex("\(name): analysis 240 tokens in [0-9.]+ s, [0-9.]+ tok/s")
                #expect(shown.contains(stage), "\(shown)")
            }
            #expect(!shown.contains("/3"), "\(shown)")
        }
        #expect(try !workspace.text("output").contains("ingested"))
    }

    @Test(
        "calls under way are the last line of a terminal, and of no file",
        .enabled(if: Script.isPresent && Python3.isPresent, Script.absence))
    func callsUnderWay() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(
            """
            import os, sys, time, urllib.request
            for line in sys.stdin:
                if line.startswith("OLLAMA_HOST="):
                    urllib.request.urlopen(line.strip().split("=", 1)[1] + "/api/generate", b'{"model":"toy","prompt":"a"}').read()
                    time.sleep(0.5)
                    break
            """, to: "agent.py")
        let answer = #"{"response":"a","done":false}"# + "\n"
        let server = try ScriptedServer(
            .okay + [.send(answer), .pause(milliseconds: 900)]
                + [.send(#"{"response":"","done":true,"done_reason":"stop","eval_count":1}"# + "\n")])
        for (redirection, isDrawn) in [("", true), ("2> calls.log", false)] {
            let shown = try await Script.show(
                "proxy --url \(server.url) --api ollama > listening \(redirection) & p=$!;"
                    + " until grep -qs ANTHROPIC listening; do sleep 0.05; done; python3 agent.py < listening;"
                    + " kill $p; wait $p; true", in: workspace)
            let text = isDrawn ? shown : try workspace.text("calls.log")
            #expect(text.contains("1 POST /api/generate toy: ? → 1 token, TTFT "), "\(text)")
            #expect(text.contains(", stop"), "\(text)")
            #expect(text.contains("\r\u{1B}[K1 POST /api/generate toy: 1 piece in ") == isDrawn, "\(text)")
            #expect(text.contains("\u{1B}") == isDrawn, "\(text)")
        }
        let run = try await Script.show(
            "run --corpus '\(GateWorkspace.corpus)' --api ollama --url \(server.url) --model toy --runs 1 --warmup-runs 0",
            in: workspace)
        #expect(run.contains("\r\u{1B}[Krun 1/1: analysis … 1 piece in "), "\(run)")
    }

    @Test(
        "what a recorded command leaves without a line's end keeps its line",
        .enabled(if: Script.isPresent && Python3.isPresent, Script.absence))
    func halfLine() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(
            """
            import os, urllib.request
            print("half a line", end="", flush=True)
            urllib.request.urlopen(os.environ["OLLAMA_HOST"] + "/api/tags").read()
            print("the rest", end="", flush=True)
            """, to: "agent.py")
        let server = try ScriptedServer(.answer(status: "200 OK", body: #"{"models":[]}"#))
        let shown = try await Script.show(
            "record --url \(server.url) --api ollama -- python3 agent.py", in: workspace)
        let anew = String(repeating: " ", count: 80) + "\r\u{1B}[K"
        #expect(shown.contains("the rest\(anew)") && shown.contains("\(anew)chimera-gate: 1 call, "), "\(shown)")
        #expect(shown.contains("\(anew)1 GET /api/tags: "), "\(shown)")
        let plain = try await Script.show(
            "record --url \(server.url) --api ollama -- python3 agent.py 2>&1 | cat", in: workspace)
        #expect(!plain.contains("\u{1B}"), "\(plain)")
    }

    @Test(
        "verdicts are coloured on a terminal only, and not where that is unwanted",
        .enabled(if: Script.isPresent, Script.absence))
    func colours() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        let check = "check --session .chimera-gate"
        #expect(try await Script.show(check, in: workspace).contains("\u{1B}["))
        for unwanted in ["NO_COLOR=1", "TERM=dumb"] {
            #expect(try await !Script.show(check, in: workspace, variables: unwanted).contains("\u{1B}"))
        }
    }
}

/// Runs the program on a terminal of its own, by script(1).
enum Script {
    private static let program = "/usr/bin/script"
    static let isPresent = FileManager.default.isExecutableFile(atPath: program)
    static let absence: Comment = "needs script (Debian: bsdutils)"

    /// What the terminal shows.
    static func show(
        _ arguments: String, in workspace: GateWorkspace, variables: String = ""
    ) async throws -> String {
        let line = "\(variables) '\(try GateBinary.required())' \(arguments)"
        let outcome = try await workspace.run(
            [program, "-q", "-e", "-c", line, "/dev/null"], environment: ["TERM": "xterm", "SHELL": "/bin/sh"])
        return outcome.output
    }
}
