import Foundation
import GateCore
import GateJSON
import GateProcess
import Glibc
import TestSupport
import Testing

@Suite("Baselines on a file system that fails", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct BaselineTroubleTests {
    private static let file = "Baselines/analysis/replay.json"

    private static let mounts: Bool = {
        let trial = try? ChildProcess.capture(
            command: ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt 2>/dev/null"], limit: 1000,
            timeoutSeconds: 20)
        return getuid() == 0 && trial?.status.isSuccess == true
    }()

    /// Approves where the folder of baselines was mounted so; afterwards it has to hold what it held.
    private func approve(in workspace: GateWorkspace, mounted: String) async throws -> GateOutcome {
        let script = """
            set -e
            cp -a Baselines kept
            \(mounted)
            before=$(sha256sum \(Self.file))
            status=0
            "$G" baseline approve --reason second || status=$?
            test "$before" = "$(sha256sum \(Self.file))"
            test "$(ls -A Baselines/analysis)" = replay.json
            exit $status
            """
        return try await workspace.run(
            ["unshare", "-m", "sh", "-c", script], environment: ["G": GateBinary.required()])
    }

    @Test("a full disk is 74, and what is approved stays", .enabled(if: mounts, "needs root, and mount namespaces"))
    func full() async throws {
        let workspace = try await GateWorkspace.measured(2, approved: 1)
        let outcome = try await approve(
            in: workspace,
            mounted: """
                mount -t tmpfs -o size=64k none Baselines
                cp -a kept/analysis Baselines/
                head -c 1M /dev/zero > Baselines/fills 2>/dev/null || true
                """)
        #expect(outcome.status == 74, "\(outcome)")
        #expect(outcome.errors.contains("No space left on device"), "\(outcome)")
    }

    @Test("a folder that cannot be written is 77", .enabled(if: mounts, "needs root, and mount namespaces"))
    func readOnly() async throws {
        let workspace = try await GateWorkspace.measured(2, approved: 1)
        let outcome = try await approve(
            in: workspace, mounted: "mount --bind Baselines Baselines; mount -o remount,bind,ro Baselines")
        #expect(outcome.status == 77, "\(outcome)")
        #expect(outcome.errors.contains("Read-only file system"), "\(outcome)")
    }

    @Test("files that may not grow are 74, and what is approved stays") func limited() async throws {
        let workspace = try await GateWorkspace.measured(2, approved: 1)
        let before = try workspace.text(Self.file)
        let outcome = try await workspace.run(
            ["bash", "-c", "(ulimit -f 1; \"$G\" baseline approve --reason second 2>&1; echo \"status $?\") | cat"],
            environment: ["G": GateBinary.required()])
        #expect(outcome.output.hasSuffix("status 74\n"), "\(outcome)")
        #expect(try workspace.text(Self.file) == before)
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.file("Baselines/analysis").path)
        #expect(names == ["replay.json"])
    }

    @Test("a session that is appended and killed at any moment leaves the old file or the new one, whole") func append()
        async throws
    {
        let workspace = try await GateWorkspace.measured(2, approved: 1)
        let text = try workspace.text(".chimera-gate/session.json")
        let id = try workspace.session().id
        var known = 1
        for number in 1...25 {
            try workspace.folder.write(text.replacing(id, with: "\(id)-\(number)"), to: ".chimera-gate/session.json")
            let program = try workspace.start(["baseline", "append"])
            await rest(milliseconds: number * 6)
            kill(program.processID, SIGKILL)
            #expect(try await waiting { !program.isRunning })
            let sessions = try workspace.json(Self.file)["sessions"]?.array?.count ?? 0
            #expect(sessions == known || sessions == known + 1, "\(number)")
            known = sessions
        }
        let verified = try await workspace.gate("baseline", "verify")
        #expect(verified.status == 0, "\(verified)")
    }
}
