import TestSupport
import Testing

@Suite("What is advised and told", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct AdviceTests {
    /// With a session of three values that another tool measured.
    private func imported() async throws -> GateWorkspace {
        let workspace = try GateWorkspace()
        try workspace.folder.write("t\n1\n2\n3\n", to: "r.csv")
        let outcome = try await workspace.gate("import", "r.csv", "--metric", "time=t:s:lower", "--name", "x")
        #expect(outcome.status == 0, "\(outcome)")
        return workspace
    }

    @Test("a session that a calibration is given twice is refused") func twice() async throws {
        let workspace = try await imported()
        let outcome = try await workspace.gate(
            "calibrate", "--session", ".chimera-gate", "--session", "./.chimera-gate")
        #expect(outcome.status == 65 && outcome.errors.contains("is there twice"), "\(outcome)")
    }

    @Test("the command that a first approval names can be run as it is printed") func record() async throws {
        let workspace = try GateWorkspace()
        let measured = try await ReplayProcess.serving(ReplayProcess.quick) { url in
            try await workspace.measure("run", url)
        }
        #expect(measured.status == 0, "\(measured)")
        let outcome = try await workspace.gate("baseline", "approve", "--reason", "first")
        let line = try #require(outcome.output.split(separator: "\n").first { $0.contains("baseline record") })
        let command = try #require(line.split(separator: ": ").last)
        #expect(command == "chimera-gate baseline record --sessions 4 --reason \"…\"")
    }

    @Test("a reason of several lines is told on one") func reason() async throws {
        let workspace = try await imported()
        let reason = "one\ntwo\nother on linux: 9 sessions"
        let approved = try await workspace.gate("baseline", "approve", "--reason", reason)
        #expect(approved.status == 0, "\(approved)")
        let list = try await workspace.gate("baseline", "list").output
        #expect(list.split(separator: "\n").count == 1 && list.contains(": one two other on linux: 9 sessions ("))
        #expect(try await workspace.gate("baseline", "show").output.contains(": one two other on linux: 9 sessions\n"))
    }

    @Test("no artefact is named that was not written") func artefacts() async throws {
        let workspace = try await imported()
        try workspace.folder.write("", to: ".chimera-gate/summary.md/kept")
        let outcome = try await workspace.gate("check", "--session", ".chimera-gate")
        let line = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("artefacts: ") })
        #expect(line.contains("junit.xml") && !line.contains("summary.md"), "\(outcome)")
    }

    @Test("a metric that an import lacks is missed in the words of imports") func lacking() async throws {
        let workspace = try await imported()
        #expect(try await workspace.gate("baseline", "approve", "--reason", "first").status == 0)
        _ = try await workspace.gate("import", "r.csv", "--metric", "duration=t:s:lower", "--name", "x")
        let outcome = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(outcome.output.contains("import it as it was (--metric)"), "\(outcome)")
        #expect(!outcome.output.contains("server"), "\(outcome)")
    }

    @Test("no session goes into the folder of baselines", arguments: ["Baselines", "./Baselines/x", "a/../Baselines"])
    func amongBaselines(path: String) async throws {
        let workspace = try await imported()
        let outcome = try await workspace.gate(
            "import", "r.csv", "--metric", "time=t:s:lower", "--name", "x", "--output", path)
        #expect(outcome.status == 73 && outcome.errors.contains("the folder of approved baselines"), "\(outcome)")
        #expect(!workspace.holds("Baselines"))
    }

    @Test("no session goes into a folder of baselines with another name") func amongOtherBaselines() async throws {
        let workspace = try GateWorkspace()
        for command in [["check"], ["calibrate"], ["baseline", "record", "--sessions", "1", "--reason", "a"]] {
            let outcome = try await workspace.run(
                [GateBinary.required()] + command + [
                    "--url", "http://127.0.0.1:1", "--baselines", "approved", "--output", "approved/x",
                ])
            #expect(outcome.status == 73 && outcome.errors.contains("approved baselines (approved)"), "\(outcome)")
        }
        #expect(!workspace.holds("approved"))
        let beside = try await workspace.gate("check", "--url", "http://127.0.0.1:1", "--baselines", ".")
        #expect(beside.status != 73, "\(beside)")
    }

    @Test("only a configuration that is not there is to be written") func configuration() async throws {
        let workspace = try GateWorkspace()
        let large = "agent: {model: a}\n" + String(repeating: "# x\n", count: 400_000)
        try workspace.folder.write(large, to: "chimera-gate.yml")
        let outcome = try await workspace.gate("config", "check")
        #expect(outcome.status == 78 && outcome.errors.contains("larger than"), "\(outcome)")
        #expect(!outcome.errors.contains("chimera-gate init"), "\(outcome)")
    }
}
