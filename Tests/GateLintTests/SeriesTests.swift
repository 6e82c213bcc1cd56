import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Numbers of a sentence that go on with each other")
struct SeriesTests {
    private static let ports = Sample.facts([
        Sample.table(
            "ports.csv", key: "port",
            [
                ("kiel", ["idle": 41.27, "wake": 63.18]), ("lund", ["idle": 38.94, "wake": 71.52]),
                ("mora", ["idle": 52.61, "wake": 66.03]), ("nida", ["idle": 47.75, "wake": 69.36]),
            ])
    ])

    private static let sweep = Sample.facts([
        rows("sweep.csv", [(1, 1_140, 0.88), (8, 6_965, 1.15), (32, 17_291, 1.85), (128, 20_417, 6.27)])
    ])

    private static func rows(_ file: String, _ rows: [(Int, Double, Double)]) -> [Fact] {
        rows.enumerated().flatMap { index, row in
            let labels = [FactLabel(.file, text: "sweep"), FactLabel(.key, name: "clients", text: "\(row.0)")]
            return [
                Sample.fact(labels, "tps", row.1, file, index + 2),
                Sample.fact(labels, "latency_ms", row.2, file, index + 2),
            ]
        }
    }

    @Test("most of a list tell of which column all are")
    func list() {
        let text = "In the yard it is 41.27 for kiel, 38.94 for lund, 52.61 for mora and 47.75 for nida."
        #expect(Sample.findings(text, Self.ports) == [])
        #expect(Sample.findings(text.replacing("52.61", with: "66.03"), Self.ports) == ["error G04 66.03"])
    }

    @Test("a list whose words change is of more than one column")
    func noList() {
        let text = "In the yard it is 41.27 for kiel, 38.94 for lund, and the other value of mora is 66.03."
        #expect(Sample.findings(text, Self.ports) == [])
    }

    @Test("a bare number behind a word of place is one of the key before it")
    func keys() {
        let text = "Latency is 0.88 ms with one client, 1.85 ms with thirty-two and 6.27 ms with 128."
        #expect(Sample.findings(text, Self.sweep) == [])
        #expect(Sample.findings(text.replacing("1.85", with: "1.15"), Self.sweep) == ["error G04 1.15 ms"])
    }

    @Test("a bare number goes on in the unit of the one before it")
    func units() {
        let text = "Eight clients reach 6,965 transactions per second, thirty-two 17,291 and 128 clients 20,417."
        #expect(Sample.findings(text, Self.sweep) == [])
    }

    @Test("the last and the largest of a key are rows")
    func positions() {
        let text = "At the largest number of clients the latency is 6.27 ms, at the smallest number of clients 0.88 ms."
        #expect(Sample.findings(text, Self.sweep) == [])
        #expect(Sample.findings("In the last step the loss of fit_alder is 3.9174.", Sample.training) == [])
        #expect(
            Sample.findings("In the last step the loss of fit_alder is 4.8312.", Sample.training)
                == ["error G04 4.8312"])
    }

    @Test("a statistic in brackets is that of the number in them")
    func brackets() {
        let text = "kiel has an idle of 41.27 (σ = 63.18) and lund 38.94."
        #expect(!Sample.findings(text, Self.ports).contains { $0.contains("38.94") })
    }

    @Test("two digits exchanged of what is named are a slip, although the number stands elsewhere")
    func exchanged() {
        #expect(Sample.findings("The wake of lund is 75.12.", Self.ports) == ["error G04 75.12"])
    }
}
