import Foundation
import GateJSON
import TestSupport
import Testing

@Suite("The ingest command", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct IngestCommandTests {
    @Test("prints the data summary") func text() async throws {
        let workspace = try GateWorkspace(nil)
        for name in 1...7 { try workspace.folder.write("a,tok_s\nx,1.5\n", to: "csv_data/\(name).csv") }
        try workspace.folder.write("# Heading", to: "reports/notes.md")
        let summary = try await workspace.gate("ingest")
        #expect(summary.status == 0 && summary.errors.isEmpty, "\(summary)")
        let lines = summary.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0...2] == ["Total files analyzed: 8", "", "CSV Files (7)"])
        #expect(lines[3] == "  - csv_data/1.csv")
        #expect(lines.contains("  ... and 2 more"))
        #expect(lines.contains("MARKDOWN Files (1)"))
        #expect(lines.contains { $0.hasPrefix("  Latest modified: 20") && $0.hasSuffix(" UTC") })
    }

    @Test("prints every fact with its place as JSON") func json() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("model,tok_s\nsmall,41.5\n", to: "reports/a.csv")
        try workspace.folder.write(#"{"runs": [{"ttft_ms": 250}]}"#, to: "reports/b.json")
        let outcome = try await workspace.gate("ingest", "--format", "json")
        #expect(outcome.status == 0, "\(outcome)")
        let corpus = try JSONValue.parse(Array(outcome.output.utf8))
        #expect(corpus["format_version"]?.int == 2)
        #expect(corpus["files"]?.array?.compactMap { $0["path"]?.string } == ["reports/a.csv", "reports/b.json"])
        let facts = try #require(corpus["facts"]?.array)
        #expect(facts.count == 2)
        #expect(facts[0]["metric"]?.string == "tok_s" && facts[0]["value"]?.double == 41.5)
        #expect(facts[0]["source"]?["file"]?.string == "reports/a.csv" && facts[0]["source"]?["line"]?.int == 2)
        #expect(facts[1]["source"]?["pointer"]?.string == "/runs/0/ttft_ms" && facts[1]["value"]?.int == 250)
    }

    @Test("names what it could not read on standard error") func unreadable() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("a,b\n1,2\n", to: "reports/good.csv")
        try workspace.folder.write("{\"a\":", to: "reports/cut.json")
        try workspace.folder.write("a,b\n", to: ".elsewhere/linked.csv")
        try FileManager.default.createSymbolicLink(
            at: workspace.file("reports/linked.csv"), withDestinationURL: workspace.file(".elsewhere/linked.csv"))
        let outcome = try await workspace.gate("ingest")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.hasPrefix("Total files analyzed: 1\n"))
        #expect(!outcome.output.contains("cut.json"))
        #expect(outcome.errors.contains("not read: reports/cut.json: line 1"), "\(outcome)")
        #expect(outcome.errors.contains("not read: reports/linked.csv: a symbolic link"), "\(outcome)")
    }

    @Test("a corpus that is not there is 65, and the way out is named") func nowhere() async throws {
        let workspace = try GateWorkspace(nil)
        let missing = try await workspace.gate("ingest", "--corpus", "nowhere")
        #expect(missing.status == 65 && missing.errors.contains("'nowhere'"), "\(missing)")
        #expect(missing.errors.contains("--corpus"))
        let rootless = try await workspace.gate("ingest")
        #expect(rootless.status == 65 && rootless.errors.contains("corpus.roots"), "\(rootless)")
        #expect(missing.output.isEmpty && rootless.output.isEmpty)
    }
}
