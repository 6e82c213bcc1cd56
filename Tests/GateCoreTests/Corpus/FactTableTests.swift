import GateCore
import GateVocabulary
import Testing

@Suite("packed facts") struct FactTableTests {
    static func fact(_ written: String, _ value: Double, _ source: FactSource, labels: [String] = ["a", "b"]) -> Fact {
        Fact(
            labels: labels.map { FactLabel(.text, text: $0) }, metric: "ttft_ms", statistic: .p99, dimension: .time,
            unit: "ms", value: .number(value),
            written: written, source: source)
    }

    static let facts = [
        fact("12.50", 12.5, FactSource(file: "a.csv", line: 2, column: "ttft_ms")),
        fact("-0", -0.0, FactSource(file: "a.csv", line: 2, column: "x"), labels: []),
        fact("1,024.5 ms", 1024.5, FactSource(file: "a.csv", line: 900_000, column: "x")),
        fact("0.30000000000000004", 0.30000000000000004, FactSource(file: "b.json", pointer: "/a~1b/0")),
        fact("1E-5", 1e-5, FactSource(file: "b.json", pointer: "/a~1b/1"), labels: ["b", "a"]),
        fact("99.16 ± 0.25", 99.16, FactSource(file: "c.md", line: 7)),
        fact("7", 7, FactSource(file: "c.md", line: 3)),
        fact(String(repeating: "1", count: 300), 1.1111111111111112e299, FactSource(file: "d.csv")),
    ]

    @Test("come out as they went in") func roundTrip() {
        let table = FactTable(Self.facts)
        #expect(Array(table) == Self.facts)
        #expect(table.count == 8)
        #expect(table.files.map(\.path) == ["a.csv", "b.json", "c.md", "c.md", "d.csv"])
        #expect(table.files.map(\.count) == [3, 2, 1, 1, 1])
    }

    @Test("are equal however they are packed") func equality() {
        let whole = FactTable(Self.facts)
        var parts = FactTable()
        for fact in Self.facts {
            var packer = FactPacker(maximumFacts: 10)
            packer.append(fact)
            parts.append(packer.finish())
        }
        #expect(parts == whole)
        #expect(FactTable(Self.facts.dropLast()) != whole)
    }

    @Test("are cut at a maximum, wherever it falls", arguments: 0...8) func maximum(_ maximum: Int) {
        var packer = FactPacker(maximumFacts: .max)
        for fact in Self.facts { packer.append(fact) }
        var table = FactTable()
        #expect(table.append(packer.finish(), upTo: maximum) == 8 - maximum)
        #expect(Array(table) == Array(Self.facts.prefix(maximum)))
    }

    @Test("of a file that is given up leave nothing") func dropped() {
        var packer = FactPacker(maximumFacts: 3)
        packer.append(Self.facts[0])
        packer.begin(file: "b.json")
        for fact in Self.facts[3...4] + Self.facts[3...4] { packer.append(fact) }
        #expect(packer.dropped == 2)
        packer.dropFile()
        #expect(packer.dropped == 0)
        packer.append(Self.facts[5])
        var table = FactTable()
        table.append(packer.finish())
        #expect(Array(table) == [Self.facts[0], Self.facts[5]])
    }
}
