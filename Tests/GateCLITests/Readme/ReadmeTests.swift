import Foundation
import TestSupport
import Testing

/// Where the documentation's commands find what they name: a copy of the checkout's files, and the binary.
enum Documentation {
    static let readme = SharedData.packageRoot.appending(path: "README.md")
    static var isPresent: Bool { FileManager.default.fileExists(atPath: readme.path) }

    /// The binary that CHIMERA_GATE_BINARY names, else the one of the debug build.
    static var binary: URL {
        if let named = ProcessInfo.processInfo.environment["CHIMERA_GATE_BINARY"] { return URL(filePath: named) }
        return SharedData.packageRoot.appending(path: ".build/debug/chimera-gate")
    }
}

@Suite("README") struct ReadmeTests {
    @Test(
        "its console blocks do what they show",
        .enabled(if: Documentation.isPresent, "there is no README.md"))
    func console() throws {
        let document = try ConsoleDocument(markdown: String(contentsOf: Documentation.readme, encoding: .utf8))
        #expect(document.blocks.contains { $0.notRun == nil }, "nothing of README.md is run")
        let copy = try TemporaryFolder()
        for name in ["ci", "Baselines"] {
            try copy.copyProgram(SharedData.packageRoot.appending(path: name), to: name)
        }
        let programs = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            at: programs.url.appending(path: "chimera-gate"), withDestinationURL: Documentation.binary)
        let failures = try ConsoleRunner(folder: copy.url, programs: programs.url).failures(of: document)
        #expect(failures.isEmpty, "\(failures.map(\.description).joined(separator: "\n\n"))")
    }
}
