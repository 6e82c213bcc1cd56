import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Rows and columns of texts")
struct TextRowTests {
    private func fact(
        _ metric: String, _ value: Double, _ unit: String?, clients: Int, line: Int, column: String? = nil
    ) -> Fact {
        Fact(
            labels: [FactLabel(.file, text: "soak"), FactLabel(.key, name: "clients", text: "\(clients)")],
            metric: metric, statistic: NameReading(metric).statistic,
            dimension: unit.flatMap { MeasuredUnit($0) }?.dimension ?? .unknown, unit: unit, value: .number(value),
            written: "\(value)", source: FactSource(file: "soak.log", line: line, column: column))
    }

    private func relation(_ facts: [Fact]) -> Relation {
        var relation = Relation()
        relation.add(facts)
        relation.finish()
        return relation
    }

    @Test("lines of the same record are one row, until one says again what was said")
    func records() {
        let relation = relation([
            fact("latency average", 9.9, "ms", clients: 8, line: 4), fact("tps", 3226.3, "tps", clients: 8, line: 5),
            fact("latency average", 8.7, "ms", clients: 8, line: 9), fact("tps", 3651.8, "tps", clients: 8, line: 10),
            fact("tps", 4102.5, "tps", clients: 16, line: 15),
        ])
        #expect(
            relation.rows.map { $0.entries.map { relation.entries[$0].value } } == [
                [9.9, 3226.3], [8.7, 3651.8], [4102.5],
            ])
    }

    @Test("a metric that is printed in units of several sizes is one column; those of tables are what they say")
    func units() {
        let texts = relation([
            fact("latency max", 121.6, "ms", clients: 8, line: 4), fact("latency max", 1.04, "s", clients: 16, line: 9),
        ])
        #expect(texts.columns.count == 1)
        #expect(texts.entries.map(\.value) == [121.6, 1040])
        let table = relation([
            fact("latency max", 121.6, "ms", clients: 8, line: 4, column: "a"),
            fact("latency max", 1.04, "s", clients: 16, line: 9, column: "b"),
        ])
        #expect(table.columns.count == 2)
    }
}
