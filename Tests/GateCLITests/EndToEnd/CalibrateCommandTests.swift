import Foundation
import GateJSON
import TestSupport
import Testing

@Suite("The calibrate command", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct CalibrateCommandTests {
    @Test("measures unchanged runs on a server and says what the gate would do")
    func live() async throws {
        let workspace = try GateWorkspace()
        let outcome = try await ReplayProcess.serving(ReplayProcess.quick) { url in
            try await workspace.measure(
                "calibrate", url, "--pairs", "8", "--repetitions", "100", "--tolerance", "ttft=60%", "--tolerance",
                "throughput=60%")
        }
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.hasPrefix("Calibration: 16 runs in 1 session,"))
        #expect(outcome.output.contains("unchanged session."))
        let page = try workspace.json(".chimera-gate/calibration/calibration.json")
        #expect(page["measured"]?["trials"]?.int == 1)
        let evidence = try #require(page["evidence"]?.array)
        #expect(evidence.map { $0["evidence"]?.string } == ["screen_and_pairs", "stored_baseline"])
        #expect(evidence.allSatisfy { $0["false_alarms"]?["trials"]?.int == 100 })
        #expect((evidence[0]["false_alarms"]?["rate"]?.double ?? 1) <= 0.05)
        #expect((evidence[0]["changes"]?.array?.count ?? 0) >= 4)

        let again = try await workspace.gate(
            "calibrate", "--session", ".chimera-gate/calibration/session-1", "--repetitions", "100")
        #expect(again.status == 0, "\(again)")
        #expect(again.output.contains("16 runs in 1 session"))
    }

    @Test("a check's files stay, and the rule that is measured has the check's runs")
    func keepsTheCheck() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            for _ in 1...2 {
                #expect(try await workspace.measure("run", url, "--runs", "3").status == 0)
                let approval = try await workspace.gate("baseline", "approve", "--reason", "as it is")
                #expect(approval.status == 0, "\(approval)")
            }
        }
        _ = try await workspace.gate("check", "--session", ".chimera-gate")
        let names = ["session.json", "verdict.json", "summary.md", "junit.xml"]
        let before = try names.map { try workspace.text(".chimera-gate/\($0)") }
        let calibration = try await workspace.gate(
            "calibrate", "--session", ".chimera-gate", "--repetitions", "100")
        #expect(calibration.status == 0, "\(calibration)")
        #expect(calibration.output.contains("after 1.0 runs"), "\(calibration)")
        #expect(calibration.output.contains("artefact: .chimera-gate/calibration/calibration.json"))
        #expect(try names.map { try workspace.text(".chimera-gate/\($0)") } == before)
        let refused = try await workspace.gate(
            "calibrate", "--session", ".chimera-gate", "--output", ".chimera-gate/.", "--repetitions", "100")
        #expect(refused.status == 73 && refused.errors.contains("holds the files of a check"), "\(refused)")
    }

    @Test("ends with a clear error where there is nothing to draw from")
    func errors() async throws {
        let workspace = try GateWorkspace()
        let unapproved = try await workspace.gate("calibrate", "--baseline")
        #expect(unapproved.status == 6)
        #expect(unapproved.errors.contains("nothing is approved"))
        let missing = try await workspace.gate("calibrate", "--session", "nowhere")
        #expect([65, 66, 74].contains(missing.status), "\(missing)")
        let few = try await workspace.gate("calibrate", "--pairs", "3")
        #expect(few.status == 64)
        let both = try await workspace.gate("calibrate", "--baseline", "--session", "x")
        #expect(both.status == 64)
        let idle = try await workspace.gate("calibrate", "--baseline", "--model", "x")
        #expect(idle.status == 64)
    }
}
