import GateCore
import GateVocabulary
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

    @Test(
        "neither a goal, nor what a number is a statistic of, nor what stands with another number's words",
        arguments: [
            "The build of flat stays far below the 2,000 ms that were agreed.",
            "The gate of 0.40 on the MRR is passed by flat (0.5228).",
            "The standard deviation of the 1,240.5 ms that flat needs is small.",
            "flat has a build_ms of 1240.5 before each measurement of 100.0 units.",
            "One store_kwh buys about 1,421 kWh with flat.",
        ])
    func aside(text: String) { #expect(errors(text) == []) }

    @Test("a rate of what the data counts otherwise is one of the data's")
    func openRates() {
        let facts = Sample.facts([
            Sample.table(
                "bench.csv", key: "engine",
                [("valkey", ["requests_per_s": 225_479.3]), ("kvrocks", ["requests_per_s": 159_668.1])])
        ])
        #expect(Sample.findings("valkey serves 225,479 GETs per second, kvrocks 159,668 GETs per second.", facts) == [])
        #expect(Sample.findings("valkey serves 252,479 GETs per second.", facts) != [])
    }

    @Test("so many of a whole are the share that the data has")
    func parts() {
        #expect(Sample.findings("By its mrr flat finds 16,287 of 31,154 answers first.", Self.index) == [])
        #expect(Sample.findings("By its mrr flat finds 25,012 of 31,154 answers first.", Self.index) != [])
    }

    @Test("energy in larger units is the same energy")
    func energy() {
        #expect(errors("The store of flat was 31.2 MWh, that of tree 4.7 MWh.") == [])
        #expect(errors("The store of flat was 35.2 MWh.") != [])
    }

    @Test(
        "a denied superlative says nothing of who is first",
        arguments: [
            "flat is neither the fastest nor the slowest to build.", "tree is not among the kinds with the lowest mrr.",
        ])
    func denied(text: String) { #expect(errors(text) == []) }
}

/// What everybody who reads it knows to be no claim about the data.
@Suite("Names, plans and goals have numbers of their own")
struct NoClaimTests {
    private func findings(_ text: String) -> [String] { Sample.findings(text, Sample.ferries) }

    @Test(
        "versions behind names, goals, plans and sizes are not looked for in the data",
        arguments: [
            "The load_ms was taken with Kubernetes 1.31 on both days.", "Section 4.2 of the paper explains it.",
            "The load_ms stays below the 250 ms objective.", "We set a limit of 250 ms for the load.",
            "In April I'll rerun aurora at 6,000 requests.",
            "`aurora` was built with `128x256x64` tiles; its load_ms is 214.7.",
        ])
    func numbers(text: String) { #expect(findings(text) == []) }

    @Test(
        "superlatives of some, differences and numbers of times are judged by no column",
        arguments: [
            "Among the ferries that carry cars, aurora has the lowest load_ms.",
            "The largest p95_latency_ms difference is 388.1 ms.",
            "Of all requests aurora was late 17 times, borealis six times.",
        ])
    func others(text: String) { #expect(findings(text).filter { $0.hasPrefix("error") } == []) }

    @Test("a superlative of all is judged")
    func ofAll() {
        #expect(findings("Among the ferries, aurora has the lowest load_ms.").map { $0.prefix(9) } == ["error I03"])
    }

    @Test("a number of the data that is behind a name is a claim")
    func named() {
        #expect(findings("The load_ms of Aurora is 214.7.") == [])
        #expect(findings("The load_ms of Aurora is 241.7.") != [])
    }

    @Test(
        "a day that is not said of the data is not looked for in it",
        arguments: [
            "The decision meeting is on 17 March 2027.", "Status: final. Owner: harbour. 5 March 2026.",
            "This note condenses them for the steering group of 16 April 2026.",
        ])
    func days(text: String) { #expect(findings(text) == []) }

    @Test("a day that is said of the data is")
    func measured() {
        #expect(findings("The runs were measured on 14 August 2021.") == ["warning G07 14 August 2021"])
    }

    @Test("how long a list of a document is may be counted, where another file has names for its own")
    func listsOfDocuments() {
        func element(_ file: String, _ index: Int, _ labels: [FactLabel], _ value: Double) -> Fact {
            let fact = Sample.fact([FactLabel(.file, text: file)] + labels, "score", value, "\(file).json", 1)
            return Fact(
                labels: fact.labels, metric: "score", statistic: .raw, dimension: .unknown, unit: nil,
                value: .number(value), written: "\(value)",
                source: FactSource(file: "\(file).json", pointer: "/\(index)/score"))
        }
        let named = (0..<4).map {
            element("jvm", $0, [FactLabel(.text, name: "benchmark", text: "parse\($0)")], 10.5 + Double($0))
        }
        let bare = (0..<9).map { element("native", $0, [], 20.5 + Double($0)) }
        let facts = Sample.facts([named, bare])
        #expect(Sample.findings("There are nine native benchmarks beside those of jvm.", facts) == [])
        #expect(Sample.findings("The jvm has the seven benchmarks.", facts) == ["error G04 seven"])
    }
}
