import GateCore
import Testing

@testable import GateLint

/// Two mills that were built with two releases, one file a run; the files' names alone say which.
@Suite("What stands nowhere, and what is of another meaning")
struct NowhereTests {
    private static let mills = Sample.facts([
        run("mill_16.6_k16.csv", mean: 20.41, spin: 8911.2), run("mill_16.6_k64.csv", mean: 69.14, spin: 17240.9),
        run("mill_17.2_k16.csv", mean: 18.37, spin: 9951.3), run("mill_17.2_k64.csv", mean: 55.62, spin: 20197.2),
    ])

    private static func run(_ file: String, mean: Double, spin: Double) -> [Fact] {
        [("grind_ms", mean), ("spin_per_s", spin)].enumerated().map { index, value in
            Sample.fact([FactLabel(.file, text: String(file.dropLast(4)))], value.0, value.1, file, index + 2)
        }
    }

    @Test(
        "a measured value that is none of what is named is an error, although the rest of the sentence was not read",
        arguments: [
            ("Whatever the weather did, the grind_ms was 20.41 ms there.", []),
            ("Whatever the weather did, the grind_ms was 27.93 ms there.", ["error G04 27.93 ms"]),
            // Of a sum, a change or a bound that is not told.
            ("Whatever the weather did, the grind_ms grew by 27.93 ms there.", []),
            (
                "Whatever the weather did, the grind_ms of the other stone costs 27.93 ms there.",
                ["warning G01 27.93 ms"]
            ),
            ("Whatever the weather did, the grind_ms stayed below 30 ms there.", []),
        ])
    func nowhere(text: String, findings: [String]) { #expect(Sample.findings(text, Self.mills) == findings) }

    @Test("versions in the names of files select their rows")
    func versions() {
        #expect(Sample.findings("On 16.6 the grind_ms was 69.14, on 17.2 it was 55.62.", Self.mills) == [])
        #expect(Sample.findings("The grind_ms was 55.62 ms on 16.6.", Self.mills) != [])
    }

    @Test(
        "a number that goes from or to somewhere is no change",
        arguments: [
            "The pause fell from 12 ms to 9 ms and the share of full sacks rose to 93 %.",
            "The score rises from 2.11 to 2.76 and the miss rate falls from 1.00 % to 0.60 %.",
        ])
    func ways(text: String) { #expect(Sample.findings(text, Self.mills).allSatisfy { !$0.hasPrefix("error I02") }) }

    @Test(
        "the width of a number is what kind it is",
        arguments: ["The eight-bit file is smaller.", "The 16 bit files lose, the 8-bit file wins."])
    func widths(text: String) { #expect(Sample.findings(text, Self.mills) == []) }

    @Test("a name in brackets goes on, and is no other name that begins like it")
    func brackets() {
        let routes = Sample.facts([
            Sample.table(
                "routes.csv", key: "route",
                [
                    ("/v1/sacks", ["load_ms": 24.44, "calls": 11902]),
                    ("/v1/sacks/[id]", ["load_ms": 16.82, "calls": 17493]),
                ])
        ])
        #expect(Sample.findings("The load_ms of `/v1/sacks/[id]` is 16.82 ms.", routes) == [])
        #expect(Sample.findings("The load_ms of `/v1/sacks/[id]` is 24.44 ms.", routes) != [])
    }

    @Test("two that the numbers are of are ordered by the sentence that names both")
    func order() {
        let lead = "Grinding is quicker in teal, sifting in rust. In rust it needs 7.5 s."
        let facts = Sample.facts([
            Sample.table(
                "sieves.csv", key: "sieve", [("rust", ["heap_mb": 436.21]), ("teal", ["heap_mb": 754.83])])
        ])
        let findings = Sample.findings("\(lead) The heaps have 754.83 MB and 436.21 MB.", facts)
        #expect(findings.allSatisfy { !$0.hasPrefix("error G04") })
    }
}
