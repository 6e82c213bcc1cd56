import Foundation
import GateProcess
import Glibc
import TestSupport
import Testing

@Suite("A system that gives little", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct ScarceSystemTests {
    /// Runs a line of bash in which `$G` is the program and `$URL` a model server.
    private func shell(_ line: String) async throws -> GateOutcome {
        let workspace = try GateWorkspace()
        try workspace.folder.write("a,b\nx,1\n", to: "data/reports/a.csv")
        return try await ReplayProcess.serving(ReplayProcess.quick) { url in
            try await workspace.run(
                ["bash", "-c", line],
                environment: ["G": GateBinary.required(), "URL": url, "CORPUS": GateWorkspace.corpus])
        }
    }

    private static let commands = [
        "ingest --corpus data", "run --corpus $CORPUS --api openai --url $URL",
        "load --api openai --url $URL --prompt-file chimera-gate.yml --requests 2",
    ]

    @Test("with few descriptors every command ends by saying so", arguments: commands, [6, 8, 12, 16, 20])
    func descriptors(command: String, limit: Int) async throws {
        let outcome = try await shell("ulimit -n \(limit); exec $G \(command)")
        #expect(outcome.status == 78, "\(outcome)")
        #expect(
            outcome.errors.contains("the limit is \(limit)") && outcome.errors.contains("ulimit -n 1024"), "\(outcome)")
    }

    @Test("a limit that may be raised is raised") func raised() async throws {
        let outcome = try await shell("ulimit -Sn 8; exec $G run --corpus $CORPUS --api openai --url $URL")
        #expect(outcome.status == 0, "\(outcome)")
    }

    @Test("files that may not grow are 74", arguments: commands.dropFirst(), [0, 1])
    func fileSize(command: String, kilobytes: Int) async throws {
        // Through a pipe: where standard output is a file, it may not grow either.
        let outcome = try await shell(
            "(ulimit -f \(kilobytes); $G \(command) 2>&1; echo \"status $?\") | cat")
        #expect(outcome.output.hasSuffix("status 74\n"), "\(outcome)")
        #expect(outcome.output.contains("File too large"), "\(outcome)")
    }

    private static let faketime = ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketimeMT.so.1" }
        .first(where: FileManager.default.fileExists)

    @Test("a library that is preloaded and moves the environment hides no argument", .enabled(if: faketime != nil))
    func preloaded() async throws {
        let library = try #require(Self.faketime)
        let outcome = try await shell("LD_PRELOAD=\(library) FAKETIME=+1d exec $G ingest --corpus data")
        #expect(outcome.status == 0 && outcome.output.contains("reports/a.csv"), "\(outcome)")
    }

    private static let hidesProc: Bool = {
        let hiding = try? ChildProcess.capture(
            command: ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /proc 2>/dev/null"], limit: 1000,
            timeoutSeconds: 20)
        return getuid() == 0 && hiding?.status.isSuccess == true
    }()

    @Test(
        "a hidden /proc hides no argument and spoils no run",
        .enabled(if: hidesProc, "needs root, and mount namespaces"), arguments: commands)
    func withoutProc(command: String) async throws {
        let outcome = try await shell("unshare -m sh -c 'mount -t tmpfs none /proc; exec $G \(command)'")
        #expect(outcome.status == 0, "\(outcome)")
    }
}
