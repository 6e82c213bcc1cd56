import GateCore
import GateFiles
import GateVocabulary
import Testing

@Suite("the document of a corpus") struct CorpusDocumentTests {
    static func corpus(_ facts: [Fact]) -> Corpus {
        Corpus(
            files: [
                CorpusFile(
                    path: "reports/a.csv", kind: .csv, bytes: 5, modified: UTCTime(unixSeconds: 1_763_146_447),
                    sha256: "00")
            ], unreadable: [UnreadableFile(path: "reports/b.csv", reason: "empty")], facts: FactTable(facts),
            harvested: [], markdownHeadings: 2, warnings: [])
    }

    @Test("is byte for byte that of the canonical form") func canonical() throws {
        let values: [(String, Double)] = [
            ("5", 5), ("0.1", 0.1), ("1e-7", 1e-7), ("1e22", 1e22), ("-0.0", -0.0), ("123456789012", 123_456_789_012),
            ("1e300", 1e300), ("16777217.5", 16_777_217.5),
        ]
        let texts = ["plain", "quote \" back \\ slash /", "tab\tline\n\r\u{8}\u{c}\u{1}\u{7f}", "µ ± 🔬 \u{2028}", ""]
        var facts: [Fact] = []
        for (written, value) in values {
            for text in texts {
                facts.append(
                    Fact(
                        labels: [FactLabel(.text, name: text, text: text), FactLabel(.path, text: "x")], metric: text,
                        statistic: .standardDeviation, dimension: .rate,
                        unit: text.isEmpty ? nil : text, value: .number(value), written: written,
                        source: text.isEmpty
                            ? FactSource(file: "b.json", pointer: "/a/0")
                            : FactSource(file: "a.csv", line: 3, column: text)))
            }
        }
        facts.append(
            Fact(
                labels: [], metric: "m", statistic: .raw, dimension: .unknown, unit: nil, value: .number(1),
                written: "1",
                source: FactSource(file: "c.md", line: 1)))
        for corpus in [Self.corpus(facts), Self.corpus([])] {
            var written: [UInt8] = []
            try CorpusDocument.write(corpus) { written += $0 }
            let canonical = try CanonicalJSON.encode(corpus)
            // The first line that differs says more than two whole documents.
            let lines = [written, canonical].map {
                $0.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
            }
            let differing = zip(lines[0], lines[1]).first { $0 != $1 }
            #expect(differing == nil)
            #expect(written == canonical)
        }
    }
}
