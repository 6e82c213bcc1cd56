import Foundation
import GateJSON
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

    @Test("what could not run stands under the name of the file's workload") func nameOfWorkload() async throws {
        let workspace = try GateWorkspace(
            """
            workload: command
            name: bench
            command: {run: [cat]}
            server: {api: openai, url: "http://127.0.0.1:\(LoopbackPort.closed)"}
            """)
        let check = try await workspace.gate("check", "--corpus", GateWorkspace.corpus)
        #expect(check.status == 69, "\(check)")
        #expect(try workspace.text(".chimera-gate/junit.xml").contains(#"<testsuite name="bench ["#))
        let verdict = try workspace.json(".chimera-gate/verdict.json")
        #expect(verdict["workload"]?.string == "command" && verdict["name"]?.string == "bench")
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

    @Test("an older session outlives a check that found no server, under another name; its reports do not")
    func olderSession() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("check", url) }
        let before = try workspace.text(".chimera-gate/session.json")
        let check = try await workspace.measure("check", "http://127.0.0.1:\(LoopbackPort.closed)")
        #expect(check.status == 69, "\(check)")
        #expect(try workspace.text(".chimera-gate/earlier-session.json") == before)
        #expect(!workspace.holds(".chimera-gate/session.json"))
        #expect(workspace.holds(".chimera-gate/runs/0001/report.md"))
        #expect(try workspace.json(".chimera-gate/verdict.json")["exit_code"]?.int == 69)
        #expect(try workspace.text(".chimera-gate/junit.xml").contains("no model server answers"))
    }

    // MARK: 64

    @Test(
        "bad usage is 64",
        arguments: [
            [], ["frobnicate"], ["baseline"], ["check", "--frobnicate"], ["run", "--runs", "five"],
            ["run", "--runs", "0"],
            ["run", "--tolerance", "nothing=3%"], ["run", "--tolerance", "ttft=fast"], ["run", "--url", "somewhere"],
            ["baseline", "approve"], ["baseline", "approve", "--reason", " "], ["replay", "--throughput-factor", "0"],
            ["replay", "--fault", "nonsense"], ["replay", "--fault", "cut"], ["replay", "--fault-at", "cut:3"],
            ["replay", "--fault-at", "0=cut:3"], ["replay", "--fault-at", "1=loading:3"],
            ["check", "--session", ".", "--runs", "3"],
        ])
    func usage(arguments: [String]) async throws {
        let workspace = try GateWorkspace()
        let outcome = try await workspace.gate(and: arguments)
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
        // A call that would have measured leaves files that say why it did not.
        if arguments.first != "run" { #expect(!workspace.holds(".chimera-gate")) }
    }

    @Test("a fault that is not known is answered with those that are") func faultForms() async throws {
        let workspace = try GateWorkspace()
        let outcome = try await workspace.gate("replay", "--fault", "nonsense")
        #expect(outcome.errors.contains("'nonsense' is no fault") && outcome.errors.contains("cut:N"), "\(outcome)")
        let help = try await workspace.gate("replay", "--help")
        #expect(help.status == 0 && help.output.contains("cut:N"))
    }

    // MARK: 65

    @Test("a corpus without files is 65 before any call, and the JUnit file says why") func emptyCorpus() async throws {
        let workspace = try GateWorkspace()
        let missing = try await workspace.gate("check", "--corpus", "nowhere", "--url", "http://127.0.0.1:9")
        #expect(missing.status == 65 && missing.errors.contains("'nowhere'"), "\(missing)")
        try workspace.folder.write("no data", to: "empty/reports/notes.txt")
        let empty = try await workspace.gate("check", "--corpus", "empty", "--url", "http://127.0.0.1:9")
        #expect(empty.status == 65 && empty.errors.contains("No file of the corpus"), "\(empty)")
        #expect(try workspace.text(".chimera-gate/junit.xml").contains("No file of the corpus"))
    }

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

    // MARK: 73, 74, 77

    @Test("an output that cannot be made is 73, and nothing is lost") func cannotCreate() async throws {
        let workspace = try GateWorkspace()
        try workspace.folder.write("kept", to: "file")
        try workspace.folder.write("kept", to: "mine/notes.txt")
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            for output in ["file", "file/below", "mine"] {
                for command in ["run", "check"] {
                    let outcome = try await workspace.measure(command, url, "--output", output)
                    #expect(outcome.status == 73, "\(outcome)")
                    #expect(outcome.errors.split(separator: "\n").count == 1, "said once: \(outcome)")
                }
            }
        }
        #expect(try workspace.text("file") == "kept" && workspace.text("mine/notes.txt") == "kept")
    }

    @Test("an output that was not written as a whole is 74") func fullDisk() async throws {
        let workspace = try GateWorkspace()
        let outcome = try await workspace.gate(
            "ingest", "--corpus", GateWorkspace.corpus, "--format", "json", output: "/dev/full")
        #expect(outcome.status == 74, "\(outcome)")
    }

    @Test("a folder that may not be written is 77", .enabled(if: Unprivileged.isPossible, Unprivileged.absence))
    func noPermission() async throws {
        let workspace = try GateWorkspace()
        let locked = workspace.file("locked")
        try FileManager.default.createDirectory(at: locked, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: locked.path)
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let outcome = try await workspace.run(
                Unprivileged.command(in: workspace.folder) + [
                    "run", "--corpus", "corpus", "--api", "openai", "--url", url, "--output", "locked/session",
                ])
            #expect(outcome.status == 77, "\(outcome)")
            #expect(outcome.errors.contains("locked/session"))
        }
    }

    @Test(
        "a configuration that may not be read is 77, and nothing is measured without it",
        .enabled(if: Unprivileged.isPossible, Unprivileged.absence))
    func lockedConfiguration() async throws {
        let workspace = try GateWorkspace()
        try workspace.folder.write("agent: {model: m}", to: "chimera-gate.yml")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: workspace.file("chimera-gate.yml").path)
        let output = try TemporaryFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: output.url.path)
        let program = try Unprivileged.command(in: workspace.folder)
        for command in [["config", "check"], ["config", "print"], ["run", "--output", "\(output.url.path)/session"]] {
            let outcome = try await workspace.run(program + command)
            #expect(outcome.status == 77, "\(outcome)")
            #expect(outcome.errors.contains("check its permissions"), "\(outcome)")
        }
    }

    @Test(
        "baselines that may not be looked for cannot be used, and are not missing",
        .enabled(if: Unprivileged.isPossible, Unprivileged.absence))
    func hiddenBaselines() async throws {
        let workspace = try GateWorkspace()
        let hidden = workspace.file("Baselines/analysis")
        try FileManager.default.createDirectory(at: hidden, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: hidden.path)
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let output = try TemporaryFolder()
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: output.url.path)
            let outcome = try await workspace.run(
                Unprivileged.command(in: workspace.folder) + [
                    "check", "--corpus", "corpus", "--api", "openai", "--url", url, "--output",
                    output.url.path + "/session",
                ])
            #expect(outcome.status == 6, "\(outcome)")
            #expect(outcome.output.contains("cannot read 'Baselines/analysis/"), "\(outcome)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hidden.path)
    }

    @Test("a reader who stops reading does not change the verdict") func closedPipe() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        let script = #"{ "$1" check --session .chimera-gate; echo $? >status; } | true; cat status"#
        // The pipe's reader has gone before the first line is written, or soon after; both must end in 6.
        let outcome = try await workspace.run(["sh", "-c", script, "sh", GateBinary.required()])
        #expect(outcome.output == "6\n", "\(outcome)")
    }
}

/// Runs the program as a user who is not root, also where the tests are.
enum Unprivileged {
    static let isPossible = getuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
    static let absence: Comment = "needs a user other than root, or setpriv"

    /// The program, and the sample's corpus, where any user can read them.
    static func command(in folder: TemporaryFolder) throws -> [String] {
        let program = try folder.copyProgram(URL(filePath: GateBinary.required()), to: "program")
        try FileManager.default.copyItem(
            atPath: GateWorkspace.corpus, toPath: folder.url.appending(path: "corpus").path)
        guard getuid() == 0 else { return [program.path] }
        return ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", program.path]
    }
}
