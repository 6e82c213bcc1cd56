import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Names that stand in keys, headings and columns")
struct LevelTests {
    private func fact(
        _ labels: [FactLabel], _ metric: String, _ value: Double, file: String = "harbour.json", pointer: String? = nil
    ) -> Fact {
        let reading = NameReading(metric)
        return Fact(
            labels: [FactLabel(.file, text: "harbour")] + labels, metric: metric, statistic: reading.statistic,
            dimension: reading.dimension, unit: reading.unit?.name, value: .number(value), written: "\(value)",
            source: pointer.map { FactSource(file: file, pointer: $0) }
                ?? FactSource(file: file, line: 2, column: metric))
    }

    /// Three piers, each with the same two counters.
    private func piers(_ file: String = "harbour.json", engine: String? = nil, shift: Double = 0) -> [Fact] {
        let run = engine.map {
            [
                fact(
                    [FactLabel(.path, text: "run"), FactLabel(.text, name: "engine", text: $0)], "berths", 12,
                    file: file, pointer: "/run/berths")
            ]
        }
        let counts: [(String, [(String, Double)])] = [
            ("pier-1", [("cargo", 4_812), ("mail", 907)]), ("pier-2", [("cargo", 3_655), ("mail", 1_244)]),
            ("pier-3", [("cargo", 2_918), ("mail", 683)]),
        ]
        return (run ?? [])
            + counts.flatMap { pier, values in
                values.flatMap { kind, value in
                    ["\(kind).moved", "wait_ms"].enumerated().map { index, metric in
                        fact(
                            ["piers", pier, kind].map { FactLabel(.path, text: $0) }, metric,
                            index == 0 ? value + shift : (value + shift) / 100, file: file,
                            pointer: "/piers/\(pier)/\(kind)/\(index)")
                    }
                }
            }
    }

    private func found(_ text: String, _ facts: [Fact]) -> [String] { Sample.findings(text, Sample.facts([facts])) }

    @Test("an object whose members are names of others says something of each of them")
    func membersByName() {
        func score(_ task: String, _ value: Double) -> Fact {
            fact(
                [FactLabel(.path, text: "results"), FactLabel(.path, text: task)], "acc", value,
                pointer: "/results/\(task)/acc")
        }
        func shots(_ task: String, _ value: Double) -> Fact {
            fact([FactLabel(.path, text: "n-shot")], task, value, pointer: "/n-shot/\(task)")
        }
        let facts = [score("otter", 0.5588), score("heron", 0.7362), shots("otter", 10), shots("heron", 5)]
        let named = NamedLevels.named(facts)
        #expect(named.map(\.metric) == ["acc", "acc", "n-shot", "n-shot"])
        #expect(named.map { $0.labels.last?.text } == ["otter", "heron", "otter", "heron"])
        #expect(found("The acc of otter is 0.5588.", facts) == [])
        #expect(found("The acc of otter is 0.7362.", facts) != [])
    }

    @Test("keys beside others with the same below them name rows")
    func keys() {
        #expect(NamedLevels.named(piers()).first?.labels.map(\.text) == ["harbour", "piers", "pier-1", "cargo"])
        #expect(NamedLevels.named(piers()).first?.labels.map(\.kind) == [.file, .path, .text, .text])
        #expect(NamedLevels.named(piers()).first?.metric == "moved")
        #expect(found("For cargo pier-1 moved 4,812.", piers()) == [])
        #expect(found("For cargo pier-1 has the highest wait.", piers()) == [])
        #expect(found("For cargo pier-2 has the highest wait.", piers()).first?.hasPrefix("error I03") == true)
    }

    @Test("keys with nothing in common stay where they are, and so do parts of metrics' names")
    func otherKeys() {
        let facts = [
            fact([FactLabel(.path, text: "crew")], "age", 41), fact([FactLabel(.path, text: "hull")], "length_m", 88),
        ]
        #expect(NamedLevels.named(facts) == facts)
        let metrics = [
            fact([], "wait.mean", 5), fact([], "turn.mean", 6), fact([FactLabel(.path, text: "wait")], "shown", 5),
            fact([FactLabel(.path, text: "turn")], "shown", 6),
        ]
        #expect(NamedLevels.named(metrics) == metrics)
    }

    @Test("what a document says of its run names all of it, so that a version selects the file")
    func runs() {
        let facts = piers("old.json", engine: "Tug 3.4") + piers("new.json", engine: "Tug 4.1", shift: 120)
        #expect(found("With Tug 4.1 pier-1 moved 4,932 of cargo.", facts) == [])
        #expect(
            found(
                "| Pier | Wait of mail 3.4 (ms) | Wait of mail 4.1 (ms) |\n|-|-|-|\n| pier-1 | 9.07 | 10.27 |\n| pier-2 | 12.44 | 13.64 |\n| pier-3 | 6.83 | 8.03 |",
                facts) == [])
        #expect(
            found(
                "| Pier | Wait of mail 3.4 (ms) | Wait of mail 4.1 (ms) |\n|-|-|-|\n| pier-1 | 10.27 | 9.07 |\n| pier-2 | 12.44 | 13.64 |\n| pier-3 | 6.83 | 8.03 |",
                facts)
                == ["error G04 10.27", "error G04 9.07"])
    }

    @Test("columns that are called by names of rows give these names to their values")
    func ownerColumns() {
        let pages = ["lamp", "dock"].flatMap { page in
            [
                fact(
                    [FactLabel(.text, name: "page", text: page), FactLabel(.text, name: "code", text: "A")],
                    "weight_kb", 142, file: "a.csv"),
                fact(
                    [FactLabel(.text, name: "page", text: page), FactLabel(.text, name: "code", text: "B")],
                    "weight_kb", 187, file: "a.csv"),
            ]
        }
        let wide = ["visits_A", "visits_B", "sales_A", "sales_B"].map {
            fact([FactLabel(.text, name: "region", text: "north")], $0, 7, file: "b.csv")
        }
        let named = OwnerColumns.named(pages + wide).suffix(4)
        #expect(named.map(\.metric) == ["visits", "visits", "sales", "sales"])
        #expect(named.map { $0.labels.last?.text } == ["A", "B", "A", "B"])
        #expect(OwnerColumns.named(wide).map(\.metric) == wide.map(\.metric))
    }
}
