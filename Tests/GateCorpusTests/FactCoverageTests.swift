import Foundation
import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

@Suite("how the data was understood") struct FactCoverageTests {
    func corpus(_ files: [(String, String)]) throws -> Corpus {
        let folder = try TemporaryFolder()
        for (path, text) in files { try folder.write(text, to: path) }
        return try Ingest.read(
            folder.url.path, CorpusConfiguration(roots: [CorpusRoot(path: "in", extensions: ["csv", "json", "md"])]))
    }

    @Test("counts what is missing by file, worst first, and names the files without facts") func coverage() throws {
        let coverage = FactCoverage(
            try corpus([
                ("in/good.csv", "loom,pull_s\na,1.5\nb,2.5\n"), ("in/bad.csv", "zorg\n1.5\n2.5\n"),
                ("in/none.md", "Words alone.\n"),
            ]))
        #expect(coverage.files.map(\.path) == ["in/bad.csv", "in/good.csv"])
        #expect(coverage.total.facts == 4)
        #expect(coverage.total.withoutOwner == 2)
        #expect(coverage.total.withoutDimension == 2)
        #expect(coverage.total.withoutUnit == 2)
        #expect(coverage.silent == ["in/none.md"])
        let text = IngestText.coverage(coverage)
        #expect(text.hasPrefix("Facts: 4 in 2 files; 50% without owner, 50% without dimension, 50% without unit\n"))
        #expect(text.hasSuffix("  no facts: in/none.md\n"))
    }

    @Test("texts beside the artefacts are counted, and those without facts are named with the reason") func texts()
        throws
    {
        let corpus = try corpus([
            ("in/a.csv", "loom,pull_s\na,1.5\nb,2.5\n"), ("in/b.log", "pull time: 3.5 s\n"),
            ("in/c.log", "The mill was built in 1902 and burnt down twice.\n"), ("in/d.txt", "Words.\n"),
        ])
        let coverage = FactCoverage(corpus)
        #expect(Set(coverage.files.map(\.path)) == ["in/a.csv", "in/b.log"])
        #expect(coverage.total.facts == 3)
        #expect(coverage.silent == ["in/c.log", "in/d.txt"])
        #expect(
            IngestText.noFacts(of: "in/c.log", mentions: 1)
                .hasPrefix("in/c.log was read, and has no facts: 1 number is known"))
        #expect(IngestText.noFacts(of: "in/d.txt", mentions: 0) == "in/d.txt was read: no number stands in it.\n")
    }

    @Test("a count is called one once") func counts() throws {
        let corpus = try corpus([("in/a.json", #"{"loomsCount": 4}"#)])
        let explanation = try #require(FactExplanation(corpus.facts, file: "in/a.json"))
        let text = IngestText.explanation(explanation, of: "in/a.json", format: nil)
        #expect(text.contains("count") && !text.contains("count count"))
    }

    @Test("a file is explained by column or path") func explanation() throws {
        let corpus = try corpus([
            ("in/a.json", #"{"looms": [{"id": "x", "p99_pull_ms": 4.5}, {"id": "y", "p99_pull_ms": 5.5}]}"#)
        ])
        let explanation = try #require(FactExplanation(corpus.facts, file: "in/a.json"))
        #expect(explanation.lines.map(\.place) == ["/looms/*/p99_pull_ms"])
        #expect(explanation.lines.first?.count == 2)
        #expect(explanation.lines.first?.statistic == .p99)
        #expect(explanation.lines.first?.unit == "ms")
        #expect(explanation.lines.first?.owner == ["id=x"])
        #expect(FactExplanation(corpus.facts, file: "in/b.json") == nil)
    }
}
