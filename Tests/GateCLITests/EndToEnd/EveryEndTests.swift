import Foundation
import GateJSON
import TestSupport
import Testing

@Suite("The files and the status of every end", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct EveryEndTests {
    @Test("a call that cannot run leaves its own three files, and no older session that could be taken for its own")
    func couldNotRun() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace()
            let good = try await workspace.measure("check", url)
            #expect(good.status == 6, "\(good)")
            try workspace.folder.write("runs: many\n", to: "bad.yml")
            let closed = "http://127.0.0.1:\(LoopbackPort.closed)"
            for (arguments, status) in [(["--config", "bad.yml"], 78), (["--url", closed, "--api", "openai"], 69)] {
                let bad = try await workspace.gate("check", "--corpus", GateWorkspace.corpus, and: arguments)
                #expect(bad.status == Int32(status), "\(bad)")
                let verdict = try workspace.json(".chimera-gate/verdict.json")
                #expect(verdict["exit_code"]?.int == status && verdict["session_id"]?.string == "")
                #expect(verdict["failures"]?.array?.first?["kind"]?.string == "could_not_run")
                let reason = try #require(verdict["failures"]?.array?.first?["message"]?.string)
                #expect(bad.errors.contains(reason.prefix(40)))
                #expect(try workspace.text(".chimera-gate/junit.xml").contains("<error "))
                #expect(try workspace.text(".chimera-gate/summary.md").hasPrefix("# chimera-gate: could not run"))
                let approval = try await workspace.gate("baseline", "approve", "--reason", "stale")
                #expect(approval.status == 65, "\(approval)")
                #expect(workspace.holds(".chimera-gate/earlier-session.json"))
            }
            let again = try await workspace.measure("run", url)
            #expect(again.status == 0, "\(again)")
            #expect(!workspace.holds(".chimera-gate/earlier-session.json"))
            #expect(try workspace.text(".chimera-gate/.gitignore").hasSuffix("\n*\n"))
        }
    }

    @Test(
        "output that cannot be written is 74 and a message, also help and version",
        arguments: ["--version", "--help", "check --help", "lint --list-rules", "baseline show", "ingest --corpus ."])
    func lostOutput(_ words: String) async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let workspace = try GateWorkspace()
            if words.hasPrefix("baseline") {
                _ = try await workspace.measure("run", url)
                _ = try await workspace.gate("baseline", "approve", "--reason", "first")
            }
            try workspace.folder.write("model,tok_s\nsmall,41.5\n", to: "reports/a.csv")
            // Both roots of the configuration: a missing one is a warning.
            try workspace.folder.write("model,tok_s\nlarge,12.5\n", to: "csv_data/b.csv")
            for redirection in [">/dev/full", ">&-"] {
                let outcome = try await workspace.shell("exec \"$0\" \(words) \(redirection)")
                #expect(outcome.status == 74 && outcome.errors.contains("the output was not written"), "\(outcome)")
            }
            let head = try await workspace.shell("\"$0\" \(words) | true")
            #expect(head.status == 0 && head.errors.isEmpty, "\(head)")
        }
    }

    @Test("closed standard descriptors get nobody else's text, and end in a named status")
    func closedDescriptors() async throws {
        let workspace = try GateWorkspace()
        for closed in ["<&-", ">&-", "<&- >&-", "<&- 2>&-", "<&- >&- 2>&-", ">&- 2>&-"] {
            let outcome = try await workspace.shell("exec \"$0\" judge \(closed)")
            #expect([64, 65, 74].contains(outcome.status), "\(closed): \(outcome)")
        }
    }
}

extension GateWorkspace {
    /// Runs a line of shell in the folder, in which `$0` is the program.
    fileprivate func shell(_ line: String) async throws -> GateOutcome {
        try await run(["sh", "-c", line, try GateBinary.required()])
    }
}
