import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateCLI

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

    /// The block of YAML that stands below `<!-- reference -->`.
    private func reference() throws -> String {
        let text = try String(contentsOf: Documentation.readme, encoding: .utf8)
        let block = try #require(text.firstMatch(of: /<!-- reference -->\n```yaml\n((?s).*?)```/))
        return String(block.1)
    }

    @Test("its reference of the configuration is one that is taken", .enabled(if: Documentation.isPresent))
    func referenceIsValid() throws {
        let resolved = try configuration(try reference())
        #expect(resolved.policy.pairs == 20 && resolved.corpus == CorpusConfiguration())
    }

    @Test("its reference of the configuration has every key", .enabled(if: Documentation.isPresent))
    func referenceIsWhole() throws {
        let reference = try reference()
        func keys(_ rules: [String: Any]) -> [String] {
            (rules["properties"] as? [String: [String: Any]] ?? [:]).flatMap { [$0.key] + keys($0.value) }
        }
        let readme = try String(contentsOf: Documentation.readme, encoding: .utf8)
        let all = Set(keys(ConfigurationDraft.section.shape.schema))
        #expect(all.count > 40)
        for key in all {
            let isShown = reference.contains("\(key):")
            // Those of reports have a block of their own.
            #expect(isShown || readme.contains("\n  \(key):") || key.contains(/^[A-Z]\d\d$/), "\(key) is not shown")
        }
    }
}
