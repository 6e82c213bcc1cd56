import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("What a number is said of, by the words around it")
struct SaidOfTests {
    private func findings(_ text: String) -> [String] { Sample.findings(text, Sample.servers) }

    private func quantity(_ text: String) -> Quantity? {
        let bytes = Array(text.utf8)
        return Tokenizer.tokens(in: bytes, bytes.indices).lazy.compactMap(\.number).first
    }

    @Test("a bound of all but one is held against the others")
    func exceptions() {
        #expect(findings("With 64 clients all servers except elm have a TTFT below 231 ms.") == [])
        #expect(findings("With 64 clients, with the exception of elm, all servers have a TTFT below 231 ms.") == [])
        #expect(
            findings("With 64 clients all servers except pine have a TTFT below 231 ms.").first?.hasPrefix("error I03")
                == true)
    }

    @Test("two values that differ are no difference")
    func pairs() {
        #expect(findings("With 64 clients pine and oak differ in TTFT (226.3 ms vs 190.3 ms).") == [])
    }

    @Test("a number of jobs of a sweep is a setting, of runs counted through it is how many")
    func sweeps() {
        func builds(_ key: String, _ values: [Int]) -> ReportFacts {
            Sample.facts([
                values.enumerated().flatMap { row, value in
                    ["alder", "birch"].enumerated().map { place, name in
                        Sample.fact(
                            [
                                FactLabel(.text, name: "system", text: name),
                                FactLabel(.key, name: key, text: "\(value)"),
                            ],
                            "build_s", 811.7 - Double(97 * row + 31 * place), "builds.csv", 2 * row + place + 2)
                    }
                }
            ])
        }
        let jobs = builds("jobs", [2, 4, 8, 16])
        #expect(Sample.findings("With 16 jobs alder needs a build time of 520.7 s.", jobs) == [])
        #expect(
            Sample.findings("With 16 jobs alder needs a build time of 617.7 s.", jobs).first?.hasPrefix("error G04")
                == true)
        let runs = builds("run", [1, 2, 3, 4])
        #expect(Sample.findings("Over its 3 runs alder needs a build time of 520.7 s.", runs) == [])
    }

    @Test("the tail that is slowest, and the step that is largest, are no superlatives of what is measured")
    func noSuperlatives() {
        #expect(findings("The largest jump in the TTFT of pine lies between 8 and 64 clients.") == [])
        #expect(findings("With 64 clients the slowest 5 % of requests of oak take more than 190 ms.") == [])
    }

    @Test("what is true or false of every record is a number of it, too")
    func flags() {
        let facts = ["true", "false", "true", "true"].enumerated().map { row, text in
            Sample.fact(
                [FactLabel(.text, name: "model", text: "alder"), FactLabel(.key, name: "solved", text: text)],
                "cost_usd", 0.25 + Double(row), "runs.csv", row + 2)
        }
        let added = Flags.added(facts).dropFirst(facts.count)
        #expect(added.map(\.metric) == ["solved", "solved", "solved", "solved"])
        #expect(added.map(\.value) == [.number(1), .number(0), .number(1), .number(1)])
        #expect(Flags.added(Array(facts.prefix(1))).count == 1)
    }

    @Test(
        "limits end in zeros or a five", arguments: [("200", true), ("15.5", true), ("1,150", true), ("1,153", false)])
    func limits(text: String, isRound: Bool) throws {
        #expect(try #require(quantity(text)).isRoundLimit == isRound)
    }

    @Test("a dollar sign before a number is its unit, two around it are those of a formula")
    func dollars() throws {
        #expect(try #require(quantity("$0.62")).unit?.name == "$")
        #expect(try #require(quantity("$3$")).unit == nil)
    }
}
