import Testing

@testable import GateLint

@Suite("The forms of claims")
struct FormTests {
    private func found(_ text: String) -> [String] { Sample.findings(text, Sample.ferries) }

    @Test("a value in any unit, rounded or cut off", arguments: ["0.2147 s", "214.7 ms", "215 ms", "214,700 µs"])
    func values(number: String) {
        #expect(found("The load of aurora is \(number).") == [])
    }

    @Test("the right digits at the wrong size")
    func slips() {
        #expect(found("The load of aurora is 21.47 ms.") == ["error G04 21.47 ms"])
        #expect(found("The load of aurora is 214.7 s.") == ["error G05 214.7 s"])
    }

    @Test("a percentage between two that are named")
    func percentages() {
        #expect(found("The load of aurora is 32 % higher than that of borealis.") == [])
        #expect(found("The load of aurora is 52 % higher than that of borealis.") == ["error I02 52 %"])
    }

    @Test("faster goes by what is measured: less time, more of a rate")
    func orders() {
        #expect(found("The load of borealis is faster than that of aurora.") == [])
        #expect(found("The load of aurora is lower than that of borealis.").first?.hasPrefix("error I03") == true)
        #expect(
            found("The p95 latency of aurora is higher than that of calypso.").first?.hasPrefix("error I03") == true)
    }

    @Test("a name that looks like a command is a name where a verb follows it")
    func commands() {
        let runs = Sample.facts([
            Sample.table("t.csv", key: "case", [("Run 1", ["load_ms": 8.047]), ("Run 2", ["load_ms": 8.065])])
        ])
        #expect(Sample.findings("Run 2 had a load of 7.1 ms.", runs).first?.hasPrefix("error G04") == true)
        #expect(Sample.findings("Run 2 more tests with a load of 7.1 ms.", runs) == [])
    }

    @Test("a count of all files may leave out or take in those that are not read")
    func filesNotRead() {
        let ferries = Sample.facts(
            [Sample.table("ferries.csv", key: "ferry", [("aurora", ["load_ms": 214.7])])], passedOver: 2)
        #expect(Sample.findings("The analysis covers 1 file in total.", ferries) == [])
        #expect(Sample.findings("The analysis covers 3 files in total.", ferries) == [])
        #expect(Sample.findings("The analysis covers 2 files in total.", ferries) == ["error G02 2"])
        #expect(Sample.findings("The analysis covers 3 CSV files.", ferries) == ["error G02 3"])
    }

    @Test("superlatives")
    func extremes() {
        #expect(found("borealis has the lowest load.") == [])
        #expect(found("aurora has the lowest load.").first?.hasPrefix("error I03") == true)
    }

    @Test("numbers that go the other way than the verb")
    func directions() {
        #expect(found("The load falls from 321.4 ms to 163.2 ms.") == [])
        #expect(found("The load falls from 163.2 ms to 321.4 ms.").contains { $0.hasPrefix("error I03") })
    }

    @Test("means over the rows, and counts of them")
    func aggregates() {
        #expect(found("The mean load is 233.1 ms.") == [])
        #expect(found("Three ferries were measured, 3 ferries in all.") == [])
    }

    @Test("counts of files are judged where files are counted")
    func files() {
        #expect(found("The corpus holds 4 CSV files.") == ["error G02 4"])
        #expect(found("The disk has 4 GB.") != ["error G03 4 GB"])
    }

    @Test("the same text gives the same findings")
    func repeatable() {
        let text = "aurora has the lowest load.\n\nThe load is 163.2 ms for aurora and 93.17 ms for calypso."
        #expect(Set((0..<8).map { _ in found(text) }).count == 1)
    }
}
