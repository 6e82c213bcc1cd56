import Foundation
import GateJSON
import TestSupport
import Testing

/// Small corpora with a report each, and what has to be found in which of its lines.
@Suite(
    "lint on small cases", .enabled(if: GateBinary.isPresent, GateBinary.absence),
    .enabled(if: SharedData.isPresent, "../shared is absent"))
struct LintCaseTests {
    private static let folder = SharedData.url("cases/lint")

    private static var cases: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    @Test("finds in each line what it must and nothing where it must not", arguments: cases)
    func lines(name: String) async throws {
        let folder = Self.folder.appending(path: name)
        let expected = try JSONValue.parse(
            String(contentsOf: folder.appending(path: "expect.json"), encoding: .utf8))["expect"]?.object
        let settings = folder.appending(path: "chimera-gate.yml")
        let config = FileManager.default.fileExists(atPath: settings.path) ? ["--config", settings.path] : []
        let lint = try await GateWorkspace(nil).gate(
            "lint", folder.appending(path: "report.md").path, "--corpus", folder.appending(path: "corpus").path,
            "--format", "json", and: config)
        #expect(lint.status == 0 || lint.status == 3, "\(lint)")
        let findings = try #require(JSONValue.parse(lint.output).array)
        for (line, wanted) in try #require(expected) {
            let found = findings.filter { $0["line"]?.int == Int(line) }.compactMap { $0["severity"]?.string }
            switch wanted.string {
            case "none": #expect(!found.contains { $0 != "info" }, "line \(line): \(found)")
            case "error": #expect(found.contains("error"), "line \(line): \(found)")
            default: #expect(found.contains { $0 != "info" }, "line \(line): \(found)")
            }
        }
    }
}
