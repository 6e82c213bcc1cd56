import Foundation
import GateCore
import Glibc
import TestSupport
import Testing

@Suite("A server that the program starts", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct StartedServerTests {
    @Test("is waited for, measured from spawn to ready, and ended") func ready() async throws {
        let server = try StartCommand()
        let workspace = try GateWorkspace(GateWorkspace.sample + server.configuration)
        let run = try await workspace.gate("run", "--corpus", GateWorkspace.corpus)
        #expect(run.status == 0, "\(run)")
        #expect(run.output.contains("run/model_load.cold"))
        #expect(kill(try server.processID(), 0) != 0)
        let starts = try workspace.session().serverStarts
        #expect(starts.count == 1 && starts[0] > 0 && starts[0] < 60)
        #expect(try workspace.text(".chimera-gate/server.log").contains("listening on http://127.0.0.1:\(server.port)"))
    }

    @Test("is ended, too, when the workload fails") func failing() async throws {
        let server = try StartCommand(options: ["--fault", "model-not-found"])
        let workspace = try GateWorkspace(GateWorkspace.sample + server.configuration)
        let run = try await workspace.gate("run", "--corpus", GateWorkspace.corpus)
        #expect(run.status == 78 && run.errors.contains("No valid call"), "\(run)")
        #expect(kill(try server.processID(), 0) != 0)
    }

    @Test("that ends early is 69, with the last lines that it said") func endsEarly() async throws {
        let port = try LoopbackPort.free()
        let command = ["sh", "-c", "echo loading; echo 'no such model' >&2; exit 3"]
        let workspace = try GateWorkspace(
            GateWorkspace.sample + StartCommand.configuration(command, port: port))
        let check = try await workspace.gate("check", "--corpus", GateWorkspace.corpus)
        #expect(check.status == 69, "\(check)")
        #expect(check.errors.contains("exit status 3") && check.errors.contains("no such model"), "\(check)")
        #expect(try workspace.text(".chimera-gate/junit.xml").contains("no such model"))
        #expect(!workspace.holds(".chimera-gate/session.json"))
    }

    @Test("that is never ready is 69, and is ended") func neverReady() async throws {
        let port = try LoopbackPort.free()
        let workspace = try GateWorkspace(
            GateWorkspace.sample
                + StartCommand.configuration(["sh", "-c", "echo $$ > pid; exec sleep 600"], port: port, ready: "300ms"))
        let run = try await workspace.gate("run", "--corpus", GateWorkspace.corpus)
        #expect(run.status == 69, "\(run)")
        #expect(run.errors.contains("not ready within 0.3 s"), "\(run)")
        #expect(run.errors.contains(".chimera-gate/server.log") && run.errors.contains("server.timeouts.ready"))
        let pid = try #require(Int32(try workspace.text("pid").trimmingCharacters(in: .newlines)))
        #expect(kill(pid, 0) != 0)
    }

    @Test("is not started where something answers already, which is left alone") func portInUse() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let port = try #require(Int(url.split(separator: ":").last ?? ""))
            let workspace = try GateWorkspace(
                GateWorkspace.sample + StartCommand.configuration(["touch", "started"], port: port))
            let run = try await workspace.gate("run", "--corpus", GateWorkspace.corpus)
            #expect(run.status == 69 && run.errors.contains("something answers at \(url) already"), "\(run)")
            #expect(!workspace.holds("started"))
            let direct = try await workspace.measure("run", url)
            #expect(direct.status == 0, "\(direct)")
        }
    }

    @Test("that cannot be started is a mistake in the configuration") func noProgram() async throws {
        let port = try LoopbackPort.free()
        let workspace = try GateWorkspace(
            GateWorkspace.sample + StartCommand.configuration(["no-such-program-anywhere"], port: port))
        let check = try await workspace.gate("check", "--corpus", GateWorkspace.corpus)
        #expect(check.status == 78, "\(check)")
        #expect(check.errors.contains("server.start") && check.errors.contains("no-such-program-anywhere"))
        #expect(try workspace.text(".chimera-gate/junit.xml").contains("no-such-program-anywhere"))
    }
}
