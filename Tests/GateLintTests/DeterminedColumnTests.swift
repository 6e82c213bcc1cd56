import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Settings with a unit that another name of the rows determines")
struct DeterminedColumnTests {
    /// Three kilns on five days; a cap of 5 kW on two of them, of 4 kW on one, and none on the first two.
    private static let kilns = (0..<15).flatMap { index -> [Fact] in
        let (day, kiln) = (index / 3, index % 3)
        let labels = [
            FactLabel(.file, text: "kilns"), FactLabel(.text, name: "day", text: "2026-03-0\(day + 2)"),
            FactLabel(.text, name: "kiln", text: ["north", "south", "west"][kiln]),
        ]
        let cap = [nil, nil, 5.0, 5.0, 4.0][day]
        let heat = 913.7 - 41.3 * Double(day) + 7.9 * Double(kiln)
        return (cap.map { [Sample.fact(labels, "cap_kw", $0, "kilns.csv", index + 2)] } ?? [])
            + [Sample.fact(labels, "heat_c", heat, "kilns.csv", index + 2)]
    }

    @Test("what values come to at each setting, and without one, is known")
    func groups() {
        var relation = Relation()
        relation.add(Self.kilns)
        relation.finish()
        #expect(DeterminedColumns(relation).levels.values.map(\.count) == [1])
        let aggregates = relation.withAggregates()
        let means = aggregates.columns.filter { $0.name == "heat_c" && $0.statistic == .mean }.flatMap(\.entries).map {
            shown(aggregates.entries[$0].value)
        }
        // Of the first two days, of the two with 5 kW, and of the last one.
        for mean in ["900.95", "818.35", "756.4"] { #expect(means.contains(mean)) }
    }

    @Test("what is measured is determined by nothing")
    func measured() {
        var relation = Relation()
        relation.add(Self.kilns.filter { $0.metric == "heat_c" })
        relation.finish()
        #expect(DeterminedColumns(relation).levels.isEmpty)
    }
}
