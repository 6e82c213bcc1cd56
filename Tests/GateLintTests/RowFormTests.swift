import GateCore
import Testing

@testable import GateLint

@Suite("Claims about several rows")
struct RowFormTests {
    private func found(_ text: String) -> [String] { Sample.findings(text, Sample.ferries) }
    private func hasOrder(_ text: String) -> Bool { found(text).contains { $0.hasPrefix("error I03") } }

    @Test(
        "what is compared with what follows from where the reference stands",
        arguments: [
            ("The load of aurora is above that of borealis.", "above", "below"),
            ("The load is higher for aurora than for borealis.", "higher", "lower"),
            ("Compared with borealis, the load of aurora is 51.5 ms higher.", "higher", "lower"),
            ("aurora: 51.5 ms higher load than borealis.", "higher", "lower"),
            ("aurora exceeds borealis in load.", "exceeds", "stays below"),
        ])
    func comparisons(text: String, right: String, wrong: String) {
        #expect(found(text) == [])
        #expect(hasOrder(text.replacing(right, with: wrong)))
    }

    @Test("by how much, in any unit, and how many times")
    func amounts() {
        #expect(found("Compared with borealis, the load of aurora is 0.0515 s higher.") == [])
        #expect(found("Compared with borealis, the load of aurora is 61.5 ms higher.") == ["error I02 61.5 ms"])
        #expect(found("The load of calypso is 1.97x that of borealis.") == [])
        #expect(found("The load of borealis is 1.97x that of calypso.") == ["error I02 1.97x"])
    }

    @Test("the first and the second")
    func ranks() {
        #expect(found("aurora has the second highest load.") == [])
        #expect(hasOrder("borealis has the second highest load."))
    }

    @Test("all and none of them")
    func quantifiers() {
        #expect(found("All ferries have a load above 150 ms.") == [])
        #expect(hasOrder("All ferries have a load above 200 ms."))
        #expect(found("None of the ferries has a load above 350 ms.") == [])
        #expect(hasOrder("None of the ferries has a load above 300 ms."))
    }

    @Test("what two numbers of the report come to")
    func printed() {
        #expect(found("The load went from 163.2 ms to 214.7 ms (+32 %).") == [])
        #expect(found("The load went from 163.2 ms to 214.7 ms (+52 %).") == ["error I02 52 %"])
    }

    @Test("a value that is not the highest is no highest value")
    func values() {
        #expect(found("The highest load, 321.4 ms, was seen once.") == [])
        #expect(hasOrder("The highest load, 214.7 ms, was seen once."))
    }

    @Test("columns that tell rows apart are keys of them")
    func keys() {
        let sweep = Sample.facts([
            (1...2).flatMap { scale in
                [1, 8].flatMap { clients in
                    let line = scale * 10 + clients
                    let value = Double(scale) * 100.25 + Double(clients)
                    return [("scale", Double(scale)), ("clients", Double(clients)), ("wait_ms", value)].map {
                        Sample.fact([.init(.file, text: "sweep")], $0.0, $0.1, "sweep.csv", line)
                    }
                }
            }
        ])
        let head = "| Scale | Clients | Wait (ms) |\n|---:|---:|---:|\n"
        #expect(Sample.findings(head + "| 2 | 8 | 208.5 |", sweep) == [])
        let row = "| 1 | 8 | 108.25 |\n"
        #expect(Sample.findings(head + row + "| 2 | 8 | 201.5 |", sweep) == ["error G04 201.5"])
    }
}
