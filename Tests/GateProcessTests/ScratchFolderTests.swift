import Foundation
import Glibc
import TestSupport
import Testing

@testable import GateProcess

/// In processes of their own: TMPDIR is of the whole process.
@Suite struct ScratchFolderTests {
    @Test("a folder goes with its owner, and what a killed process left goes with the next call; all else stays")
    func abandoned() async throws {
        let base = try TemporaryFolder()
        // Another program may give a folder such a name.
        try base.write("precious", to: "chimera-gate-AbCd12/file")
        let path = base.url.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            setenv("TMPDIR", path, 1)
            let folder = try ScratchFolder()
            _ = FileManager.default.createFile(atPath: folder.path + "/data", contents: Data("x".utf8))
            withExtendedLifetime(folder) { _ = kill(getpid(), SIGKILL) }
        }
        #expect(try names(base).count == 2)
        await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
            setenv("TMPDIR", path, 1)
            var first: ScratchFolder? = try ScratchFolder()
            let second = try ScratchFolder()
            let living = try FileManager.default.contentsOfDirectory(atPath: path).count
            let isWhole = FileManager.default.fileExists(atPath: first?.path ?? "")
            first = nil
            let left = try FileManager.default.contentsOfDirectory(atPath: path).count
            withExtendedLifetime(second) { ProgramEnd.exit(living == 3 && isWhole && left == 2 ? 0 : 1) }
        }
        #expect(try names(base) == ["chimera-gate-AbCd12"])
        #expect(
            try String(contentsOf: base.url.appending(path: "chimera-gate-AbCd12/file"), encoding: .utf8) == "precious")
    }

    @Test("what versions before the lock left is removed after a day, where nobody else could read any of it")
    func earlierVersion() async throws {
        let base = try TemporaryFolder()
        let path = base.url.path
        func leave(_ name: String, mode: Int = 0o600, days: Int) throws {
            try base.write("a,b\n1,2\n", to: "\(name)/reports/a.csv")
            let files = FileManager.default
            for (part, mode) in [("", 0o700), ("/reports", 0o700), ("/reports/a.csv", mode)] {
                try files.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)\(part)")
            }
            let then = Date(timeIntervalSinceNow: Double(-days) * 86_400)
            try files.setAttributes([.modificationDate: then], ofItemAtPath: "\(path)/\(name)")
        }
        try leave("chimera-gate-Old001", days: 2)
        try leave("chimera-gate-Young1", days: 0)
        try leave("chimera-gate-Others", mode: 0o644, days: 2)
        try leave("chimera-gate-longer1", days: 2)
        await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
            setenv("TMPDIR", path, 1)
            let folder = try ScratchFolder()
            withExtendedLifetime(folder) { ProgramEnd.exit(0) }
        }
        #expect(try names(base).sorted() == ["chimera-gate-Others", "chimera-gate-Young1", "chimera-gate-longer1"])
    }

    @Test("a signal removes it and what goes with it", arguments: [SIGINT, SIGTERM, SIGHUP])
    func interrupted(signal: Int32) async throws {
        let base = try TemporaryFolder()
        let path = base.url.path
        await #expect(processExitsWith: .exitCode(128 + signal)) {
            [path = path as String, signal = signal as Int32] in
            setenv("TMPDIR", path, 1)
            try Interruption.install()
            let folder = try ScratchFolder()
            try FileManager.default.createDirectory(atPath: "\(path)/own/deep", withIntermediateDirectories: true)
            folder.takesAlong("\(path)/own")
            kill(getpid(), signal)
            withExtendedLifetime(folder) { while true { pause() } }
        }
        #expect(try names(base).isEmpty)
    }

    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    }
}
