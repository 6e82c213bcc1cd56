import Foundation
import GateCore
import GateJSON
import GateProcess
import Glibc
import TestSupport
import Testing

@Suite("Interruption of the program", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct InterruptedRunTests {
    @Test(
        "a signal ends the server that was started, keeps the runs that were finished, and is told by the status",
        arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        let server = try StartCommand()
        let workspace = try GateWorkspace(GateWorkspace.sample + server.configuration)
        let program = try workspace.start(["run", "--corpus", GateWorkspace.corpus, "--runs", "5000"])
        defer { program.end(graceSeconds: 0) }
        let isMeasuring = try await waiting { workspace.holds(".chimera-gate/runs/0002/report.md") }
        let log = try workspace.text("started.log")
        try #require(isMeasuring && program.isRunning, "\(log)")
        let serverID = try server.processID()
        #expect(kill(serverID, 0) == 0)

        #expect(kill(program.processID, signal) == 0)
        #expect(try await waiting { !program.isRunning })
        #expect(program.exitStatus == .exited(128 + signal))
        #expect(try await waiting { kill(serverID, 0) != 0 })

        let session = try workspace.session()
        #expect(session.runs.count >= 1 && session.runs.count < 5000)
        for run in session.runs { #expect(workspace.holds(".chimera-gate/\(try #require(run.reportFile))")) }
        let check = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(check.status == 6, "\(check)")
        #expect(check.output.contains("interrupted: \(session.runs.count) of its 5000 runs were finished"), "\(check)")
        let approval = try await workspace.gate("baseline", "approve", "--allow", "runs", "--reason", "enough")
        #expect(approval.status == 0 && approval.errors.contains("interrupted"), "\(approval)")
    }

    @Test(
        "a server that goes on serving after SIGTERM spoils nothing, and the message says what is kept",
        arguments: [SIGINT, SIGTERM, SIGHUP])
    func slowEnd(signal: Int32) async throws {
        // What is ignored at its start stays ignored: it has to be killed after the grace period.
        let server = try StartCommand(before: "trap '' TERM")
        let workspace = try GateWorkspace(GateWorkspace.sample + server.configuration)
        let program = try workspace.start(["check", "--corpus", GateWorkspace.corpus, "--runs", "5000"])
        defer { program.end(graceSeconds: 0) }
        #expect(try await waiting { workspace.holds(".chimera-gate/runs/0002/report.md") })
        #expect(kill(program.processID, signal) == 0)
        #expect(try await waiting(seconds: 60) { !program.isRunning })
        #expect(program.exitStatus == .exited(128 + signal))
        let serverID = try server.processID()
        #expect(try await waiting { kill(serverID, 0) != 0 })

        let session = try workspace.session()
        let log = try workspace.text("started.log")
        #expect(session.invalidExchanges.isEmpty)
        #expect(
            log.contains("\(session.runs.count) \(session.runs.count == 1 ? "run is" : "runs are") kept")
                && log.contains("check --session .chimera-gate") && log.contains("baseline approve"), "\(log)")
        #expect(!log.contains("invalid") && !log.contains(" try 2"), "\(log)")
        let verdict = try workspace.json(".chimera-gate/verdict.json")
        #expect(verdict["exit_code"]?.int == Int(128 + signal) && verdict["session_id"]?.string == session.id)
        #expect(verdict["failures"]?.array?.first?["kind"]?.string == "interrupted")
        #expect(try workspace.text(".chimera-gate/junit.xml").contains("<error message=\"interrupted by SIG"))
        #expect(try workspace.text(".chimera-gate/summary.md").contains("# chimera-gate: interrupted"))
        let refused = try await workspace.gate("baseline", "approve", "--reason", "those runs are enough")
        #expect(refused.status == 65 && refused.errors.contains("--allow runs"), "\(refused)")
        let approval = try await workspace.gate("baseline", "approve", "--allow", "runs", "--reason", "enough")
        #expect(approval.status == 0, "\(approval)")
        #expect(try workspace.text("Baselines/analysis/replay.json").contains(#""overrides": ["runs"]"#))
    }

    @Test("SIGKILL leaves no server behind, and none of what it started") func killed() async throws {
        let server = try StartCommand(before: "sleep 7654 & echo $! > forked")
        let workspace = try GateWorkspace(GateWorkspace.sample + server.configuration)
        let program = try workspace.start(["run", "--corpus", GateWorkspace.corpus, "--runs", "5000"])
        defer { program.end(graceSeconds: 0) }
        #expect(try await waiting { workspace.holds(".chimera-gate/runs/0001/report.md") })
        let serverID = try server.processID()
        let forkedText = try workspace.text("forked").trimmingCharacters(in: .newlines)
        let forkedID = try #require(Int32(forkedText))
        #expect(kill(serverID, 0) == 0 && kill(forkedID, 0) == 0)
        #expect(kill(program.processID, SIGKILL) == 0)
        #expect(try await waiting { kill(serverID, 0) != 0 && kill(forkedID, 0) != 0 })
    }

    @Test("SIGKILL at any moment leaves no server, and the next call measures") func killedAtAnyMoment() async throws {
        let server = try StartCommand()
        let workspace = try GateWorkspace(GateWorkspace.sample + server.configuration)
        for milliseconds in [20, 60, 120, 200, 350, 600, 1_000, 1_500] {
            let program = try workspace.start(["run", "--corpus", GateWorkspace.corpus, "--runs", "5000"])
            await rest(milliseconds: milliseconds)
            #expect(kill(program.processID, SIGKILL) == 0)
            #expect(try await waiting { !program.isRunning })
            // A server that was never started left no number.
            guard let serverID = try? server.processID() else { continue }
            #expect(try await waiting { kill(serverID, 0) != 0 }, "killed after \(milliseconds) ms")
        }
        let run = try await workspace.gate("run", "--corpus", GateWorkspace.corpus)
        #expect(run.status == 0, "\(run)")
    }

    @Test("a session that was interrupted in its first run is told from one that passed") func nothingFinished()
        async throws
    {
        let server = try StartCommand(options: ["--fault", "stall:3"])
        let workspace = try GateWorkspace(GateWorkspace.sample + server.configuration)
        let program = try workspace.start(["run", "--corpus", GateWorkspace.corpus])
        defer { program.end(graceSeconds: 0) }
        #expect(try await waiting { workspace.holds(".chimera-gate/session.json") })
        kill(program.processID, SIGTERM)
        #expect(try await waiting { !program.isRunning })

        let check = try await workspace.gate("check", "--session", ".chimera-gate")
        #expect(check.status == 69, "\(check)")
        #expect(check.output.contains("No valid call was measured"), "\(check)")
        let approval = try await workspace.gate("baseline", "approve", "--reason", "first baseline")
        #expect(approval.status == 65, "\(approval)")
    }
}
