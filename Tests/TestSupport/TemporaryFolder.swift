public import Foundation

/// A folder of its own for one test, removed at its end.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "chimera-gate-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file below the folder, making its parents.
    @discardableResult
    public func write(_ text: String, to path: String) throws -> URL {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }
}

/// Programs that a test makes and then starts.
///
/// A file that is open for writing cannot be executed (ETXTBSY), and a child that another test starts at that moment
/// has inherited our descriptor until its own exec. So `cp`, which starts nothing, writes what is to be executed.
extension TemporaryFolder {
    /// Writes an executable script below the folder, making its parents.
    @discardableResult
    public func writeProgram(_ text: String, to path: String) throws -> URL {
        let draft = try write(text, to: path + ".draft")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: draft.path)
        let program = try copyProgram(draft, to: path)
        try FileManager.default.removeItem(at: draft)
        return program
    }

    /// Copies a program, or a folder with programs, below the folder.
    @discardableResult
    public func copyProgram(_ source: URL, to path: String) throws -> URL {
        let program = url.appending(path: path)
        let copy = Process()
        copy.executableURL = URL(filePath: "/bin/cp")
        copy.arguments = ["-R", "-H", source.path, program.path]
        try copy.run()
        copy.waitUntilExit()
        guard copy.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
        return program
    }
}
