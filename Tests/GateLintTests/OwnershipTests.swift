import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Whose a number is, by where it stands in the data")
struct OwnershipTests {
    /// Four ferries at two loads.
    private static let fleet = Sample.facts([
        rows("aurora", [(8, 214.7, 0.912), (32, 388.1, 0.847)]),
        rows("borealis", [(8, 163.2, 0.934), (32, 301.9, 0.871)]),
        rows("calypso", [(8, 321.4, 0.889), (32, 512.6, 0.803)]),
        rows("delphin", [(8, 274.5, 0.953), (32, 446.3, 0.826)]),
    ])

    private static func rows(_ ferry: String, _ rows: [(Int, Double, Double)]) -> [Fact] {
        rows.enumerated().flatMap { index, row in
            [("boarding_ms", row.1), ("punctuality", row.2)].map { column, value in
                Sample.fact(
                    [
                        FactLabel(.file, text: "fleet"), FactLabel(.text, name: "ferry", text: ferry),
                        FactLabel(.key, name: "cars", text: "\(row.0)"),
                    ], column, value, "fleet.csv",
                    (["aurora", "borealis", "calypso", "delphin"].firstIndex(of: ferry) ?? 0) * 2 + index + 2)
            }
        }
    }

    @Test(
        "a number of another one than is named",
        arguments: [
            ("With 8 cars aurora needs 214.7 ms; borealis is close with 163.2 ms.", []),
            ("With 8 cars aurora needs 214.7 ms; borealis has 274.5 ms.", ["error G04 274.5 ms"]),
            // It is the other one's, which the sentence sets against it.
            ("With 8 cars delphin needs 274.5 ms, aurora 214.7 ms.", []),
            ("With 8 cars aurora is ahead at 214.7 ms, instead of 274.5 ms for delphin.", []),
            ("With 8 cars aurora needs 214.7 ms, borealis only 214.7 ms.", ["error G04 214.7 ms"]),
        ])
    func strangers(text: String, expected: [String]) { #expect(Sample.findings(text, Self.fleet) == expected) }

    @Test("a cell of another row")
    func cells() {
        func table(_ value: String) -> String {
            "| Ferry | Cars | Wait |\n|---|---|---|\n| aurora | 8 | 214.7 |\n| borealis | 8 | 163.2 |\n| calypso | 8 | \(value) |\n"
        }
        #expect(Sample.findings(table("321.4"), Self.fleet) == [])
        #expect(Sample.findings(table("274.5"), Self.fleet) == ["error G04 274.5"])
    }

    @Test(
        "two numbers stand in the order of those that were named before",
        arguments: [
            ("With 8 cars aurora needs 214.7 ms and borealis 163.2 ms. Punctuality is 0.912 and 0.934.", 0),
            ("With 8 cars aurora needs 214.7 ms and borealis 163.2 ms. Punctuality is 0.934 and 0.912.", 2),
            ("Borealis beats aurora. With 8 cars it is more punctual (0.934 against 0.912).", 0),
            // Whose the first number is stands behind.
            ("Compared with aurora, borealis is more punctual, 0.934 against 0.912.", 0),
            ("Calypso is the slowest. With 8 cars the others reach 0.934 and 0.912.", 0),
        ])
    func order(text: String, errors: Int) {
        let found = Sample.findings(text, Self.fleet)
        #expect(found.count { $0.hasPrefix("error G04") } == errors && found.count == errors, "\(found)")
    }

    @Test("a compound word is no name that it ends with")
    func compounds() {
        let facts = Sample.facts([
            Sample.table(
                "stores.csv", key: "store", [("DuckDB", ["load_ms": 118.4]), ("ClickHouse", ["load_ms": 251.9])])
        ])
        #expect(Sample.findings("MongoDB needs 251.9 ms to load.", facts).allSatisfy { !$0.hasPrefix("error G04") })
        #expect(Sample.findings("DuckDB has a load of 251.9 ms.", facts) == ["error G04 251.9 ms"])
    }
}

@Suite("Said twice")
struct RepeatedTests {
    private static let kilns = Sample.facts([
        Sample.table(
            "kilns.csv", key: "kiln",
            [
                ("alder", ["heat_ms": 214.7, "cool_ms": 98.31]), ("birch", ["heat_ms": 163.2, "cool_ms": 98.31]),
                ("cedar", ["heat_ms": 321.4, "cool_ms": 77.26]),
            ])
    ])

    @Test(
        "a value that is said of two owners and is one's is wrong of the other",
        arguments: [
            ("Heating took 214.7 ms for alder and 163.2 ms for birch.", 0),
            ("Heating took 214.7 ms for alder and 214.7 ms for birch.", 1),
            ("Alder heats in 214.7 ms, cedar in 214.7 ms.", 1),
            // Both have it; the same owner once more.
            ("Cooling took 98.31 ms for alder and 98.31 ms for birch.", 0),
            ("Alder heats in 214.7 ms; without the 214.7 ms of alder the rest is quick.", 0),
        ])
    func twice(text: String, errors: Int) {
        let found = Sample.findings(text, Self.kilns)
        #expect(found.count { $0.hasPrefix("error") } == errors, "\(found)")
    }
}

@Suite("How many of what")
struct CountedTests {
    private static let fleet = Sample.facts([
        Sample.table(
            "crossings.csv", key: "ferry",
            [
                ("aurora", ["load_ms": 214.7, "num_cars": 48]), ("borealis", ["load_ms": 163.2, "num_cars": 48]),
                ("calypso", ["load_ms": 321.4, "num_cars": 48]),
            ])
    ])

    @Test(
        "a setting that is one for all, and names that the data has so many of",
        arguments: [
            ("Every crossing carried 48 cars.", []), ("Every crossing carried 84 cars.", ["error G04 84"]),
            ("Three ferries were timed.", []),
            // Some of them, and what else may be counted.
            ("Two ferries were late.", []), ("Five captains were asked.", []),
        ])
    func counts(text: String, expected: [String]) { #expect(Sample.findings(text, Self.fleet) == expected) }

    private static let harbours = Sample.facts([
        Sample.table(
            "harbours.csv", key: "harbour",
            [
                ("alder", ["failed": 3, "num_cranes": 4, "wait_s": 12]),
                ("birch", ["failed": 0, "num_cranes": 6, "wait_s": 8]),
                ("cedar", ["failed": 1, "num_cranes": 6, "wait_s": 7.2]),
            ])
    ])

    @Test(
        "only what counts a thing bears its number out",
        arguments: [
            ("Alder had 3 failures.", []), ("In all, four failures were logged.", []),
            // 12 and 7.2 are times.
            ("Twelve failures were logged.", ["warning G01 Twelve"]),
            ("Seven cranes stood idle.", ["warning G01 Seven"]),
            ("Birch had 3 failures.", ["error G04 3"]), ("Alder has 6 cranes.", ["error G04 6"]),
            ("Birch has 6 cranes.", []), ("Birch has 4 cranes.", ["error G04 4"]),
            // What the data does not count, and what is of quite another number.
            ("Eight captains waited for 7.2 s.", []), ("The port handled 60 crates.", []),
            ("More than 12 cranes would be needed.", []),
        ])
    func borneOut(text: String, expected: [String]) { #expect(Sample.findings(text, Self.harbours) == expected) }

    @Test("what the data has below zero counts nothing")
    func belowZero() {
        let facts = Sample.facts([
            Sample.table("tides.csv", key: "tide", [("ebb", ["offsets": -10]), ("flow", ["offsets": -9])])
        ])
        #expect(Sample.findings("Twelve offsets were corrected.", facts) == [])
    }

    @Test("a number in words is none of thousands")
    func words() { #expect(Sample.findings("Eleven passengers waited.", Sample.ferries) == []) }

    private static let pumps = Sample.facts([
        [(8, 22.47, 0.83), (32, 29.93, 0.61), (128, 68.26, 0.42)].enumerated().flatMap { index, row in
            let labels = [FactLabel(.file, text: "pumps"), FactLabel(.key, name: "clients", text: "\(row.0)")]
            return [
                Sample.fact(labels, "duration_s", row.1, "pumps.csv", index + 2),
                Sample.fact(labels, "share", row.2, "pumps.csv", index + 2),
            ]
        }
    ])

    @Test(
        "a number that is another key's",
        arguments: [
            ("The run with 8 clients took 22.5 s, the one with 128 68.3 s.", 0),
            ("The run with 8 clients took 29.9 s, the one with 128 68.3 s.", 1),
            // The key has its number, and the sentence goes on.
            ("With 8 clients it took 22.5 s, later up to 68.3 s.", 0),
            ("From 8 to 32 clients, it rises from 22.5 s to 29.9 s.", 0),
        ])
    func keys(text: String, errors: Int) {
        let found = Sample.findings(text, Self.pumps)
        #expect(found.count { $0.hasPrefix("error") } == errors, "\(found)")
    }
}
