import GateCore
import Testing

@testable import GateLint

/// A wrong accusation costs more than a missed one.
@Suite("What has another meaning than the metric beside it is no error")
struct NoErrorTests {
    private static let index = Sample.facts([
        [
            ("flat", ["build_ms": 1240.5, "overlap_tokens": 64, "mrr": 0.5228, "speedup": 1.75, "store_kwh": 31154]),
            ("tree", ["build_ms": 2210.8, "overlap_tokens": 64, "mrr": 0.6901, "speedup": 1.12, "store_kwh": 4709]),
        ].enumerated().flatMap { row, entry in
            entry.1.sorted { $0.key < $1.key }.map { metric, value in
                Sample.fact(
                    [FactLabel(.file, text: "index"), FactLabel(.text, name: "kind", text: entry.0)], metric, value,
                    "index.csv", row + 2)
            }
        }
    ])

    private func errors(_ text: String) -> [String] {
        Sample.findings(text, Self.index).filter { $0.hasPrefix("error") }
    }

    @Test(
        "neither a factor, nor a count of something else, nor a bare number of another size",
        arguments: [
            "Against tree, the MRR of flat is 1.32x.", "flat holds 84,210 documents.",
            "The build of flat brings 0.133 over tree.", "The files hold 84,210 documents.",
        ])
    func others(text: String) { #expect(errors(text) == []) }

    @Test(
        "but a value of the metric's own kind is",
        arguments: ["The MRR of flat is 0.6128.", "flat has a build_ms of 1340.5."])
    func own(text: String) { #expect(errors(text).count == 1) }

    @Test("energy in larger units is the same energy")
    func energy() {
        #expect(errors("The store of flat was 31.2 MWh, that of tree 4.7 MWh.") == [])
        #expect(errors("The store of flat was 35.2 MWh.") != [])
    }
}
