import Foundation
import GateCore
import GateProcess
import Glibc
import TestSupport
import Testing

@Suite("A load that was interrupted", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct ResumedLoadTests {
    @Test("goes on behind its finished windows, and so does the file of its requests") func killed() async throws {
        // The first request of the third window never ends, however late this test looks.
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault-at", "9=stall:3"]) { url in
            let workspace = try GateWorkspace(nil)
            try workspace.folder.write("Count to ten.\n", to: "prompt.txt")
            let load = [
                "load", "--url", url, "--api", "openai", "--model", "m", "--prompt-file", "prompt.txt", "--requests",
                "4",
                "--runs", "4", "--exchanges", "requests.jsonl",
            ]
            let program = try workspace.start(load + ["--concurrency", "1"])
            #expect(try await waiting { (try? workspace.session().runs.count) == 2 })
            kill(program.processID, SIGKILL)
            #expect(try await waiting { !program.isRunning })
            let kept = try workspace.session()
            let other = try await workspace.gate(and: load + ["--concurrency", "2", "--resume"])
            #expect(other.status == 65 && other.errors.contains("its configuration is another one"), "\(other)")
            #expect(try workspace.session() == kept)

            let resumed = try await workspace.gate(and: load + ["--concurrency", "1", "--resume"])
            #expect(resumed.status == 0 && resumed.errors.contains("going on after 2 runs of 4"), "\(resumed)")
            let whole = try workspace.session()
            #expect(whole.id == kept.id && Array(whole.runs.prefix(2)) == kept.runs && whole.runs.count == 4)
            let runs = try workspace.text("requests.jsonl").split(separator: "\n").map {
                $0.prefix(while: { $0 != "/" })
            }
            #expect(runs.map { $0.suffix(1) } == (1...4).flatMap { Array(repeating: "\($0)"[...], count: 4) })
        }
    }
}
