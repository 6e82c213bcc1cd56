import GateCore
import Testing

@testable import GateLint

@Suite("What numbers are bound to")
struct BindingTests {
    private func found(_ text: String) -> [String] { Sample.findings(text, Sample.ferries) }

    @Test("a cell belongs to the row's name and the column's header")
    func tables() {
        let head = "| Ferry | Load (ms) | Requests |\n|---|---:|---:|\n"
        #expect(found(head + "| aurora | 214.7 | 1240 |\n| borealis | 163.2 | 990 |") == [])
        #expect(found(head + "| aurora | 163.2 | 1240 |\n| borealis | 163.2 | 990 |") == ["error G04 163.2"])
    }

    @Test("an item belongs to the heading above it")
    func lists() {
        #expect(found("## aurora\n\n- Load: 214.7 ms\n- Requests: 1240") == [])
        #expect(found("## aurora\n\n- Load: 321.4 ms") == ["error G04 321.4 ms"])
    }

    @Test(
        "of several numbers each belongs to what stands with it",
        arguments: [
            "The load is 214.7 ms for aurora and 163.2 ms for borealis.",
            "aurora loads in 214.7 ms and borealis in 163.2 ms.",
            "aurora and borealis load in 214.7 ms and 163.2 ms.",
        ])
    func sentences(text: String) {
        #expect(found(text) == [])
        let swapped = text.replacing("214.7", with: "#").replacing("163.2", with: "214.7").replacing("#", with: "163.2")
        #expect(found(swapped) == ["error G04 163.2 ms", "error G04 214.7 ms"])
    }

    @Test("a key selects the row, and the file's name its owner")
    func keys() {
        func found(_ text: String) -> [String] { Sample.findings(text, Sample.training) }
        #expect(found("The alder run has a loss of 3.9174 at step 200.") == [])
        #expect(found("The alder run has a loss of 4.8312 at step 200.") == ["error G04 4.8312"])
        #expect(found("The birch run has a loss of 3.9174 at step 200.") == ["error G04 3.9174"])
    }

    @Test("of several numbers of one thing a key has the one beside it")
    func keyOfOne() {
        func found(_ text: String) -> [String] { Sample.findings(text, Sample.training) }
        #expect(found("The alder run starts with a loss of 4.8312 and later sinks to 3.9174 at step 200.") == [])
        #expect(found("At step 100 the alder run has a loss of 4.8312, then 3.9174.") == [])
        #expect(
            found("The alder run is first higher and falls to a loss of 4.8312 at step 200.") == ["error G04 4.8312"])
    }

    @Test("what is nowhere in the data is a warning, what is not bound and there is none")
    func threeAnswers() {
        #expect(found("Somewhere 93.17 ms were seen.") == ["warning G01 93.17 ms"])
        #expect(found("Somewhere 163.2 ms were seen.") == [])
    }

    @Test("what a sentence of the data says is not made up, and binds nothing")
    func quoted() {
        let ferries = [
            Sample.table(
                "ferries.csv", key: "ferry", [("aurora", ["load_ms": 214.7]), ("borealis", ["load_ms": 163.2])])
        ]
        func found(_ text: String) -> [String] {
            Sample.findings(
                text, Sample.facts(ferries, mentions: [Sample.mention(93.17, unit: "ms", line: 4)]))
        }
        #expect(found("Somewhere 93.17 ms were seen.") == [])
        #expect(found("Somewhere 93.71 ms were seen.") == ["warning G01 93.71 ms"])
        #expect(found("aurora loads in 93.71 ms.") == ["error G04 93.71 ms"])
    }

    @Test("what was bound to what can be told")
    func explained() throws {
        let bindings = ReportAudit.explained(
            Array("aurora loads in 214.7 ms.".utf8), known: Sample.ferries, settings: .init(requiredSections: []),
            day: "2026-02-04"
        ).bindings
        let claim = try #require(bindings.first)
        #expect(claim.claim == "214.7 ms")
        #expect(claim.verdict == "grounded")
        #expect(claim.binding.contains("aurora") && claim.binding.contains("load_ms"))
        #expect(claim.evidence.contains("ferries.csv:2"))
    }

    @Test("what several come to is said of the numbers of its clause")
    func gathered() {
        let text = "All ferries together load in 699.3 ms; borealis has a load of 214.7 ms."
        #expect(Sample.findings(text, Sample.ferries) == ["error G04 214.7 ms"])
        #expect(Sample.findings(text.replacing("214.7", with: "163.2"), Sample.ferries) == [])
        #expect(Sample.findings("The gap between 214.7 ms and 163.2 ms is 51.5 ms.", Sample.ferries) == [])
    }
}
