import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("A value tells of which row and column a change is")
struct ChangeTests {
    /// Two releases under two loads.
    private static let speed = Sample.facts([
        [
            ("v1.4", 60, ["requests_per_s": 301.4, "p95_ms": 81.2, "label_ms": 44.7]),
            ("v1.4", 240, ["requests_per_s": 525.1, "p95_ms": 265.3, "label_ms": 94.6]),
            ("v1.5", 60, ["requests_per_s": 322.9, "p95_ms": 77.4, "label_ms": 41.3]),
            ("v1.5", 240, ["requests_per_s": 551.8, "p95_ms": 188.6, "label_ms": 88.4]),
        ].enumerated().flatMap { row, entry -> [Fact] in
            let labels = [
                FactLabel(.file, text: "speed"), FactLabel(.text, name: "release", text: entry.0),
                FactLabel(.key, name: "users", text: "\(entry.1)"),
            ]
            return entry.2.sorted { $0.key < $1.key }.map {
                Sample.fact(labels, $0.key, $0.value, "speed.csv", row + 2)
            }
        }
    ])

    private func findings(_ text: String) -> [String] { Sample.findings(text, Self.speed) }

    @Test("to which it went, with the other name before")
    func goals() {
        func text(_ way: String) -> String { "Compared with v1.4, throughput at 240 users \(way) to 551.8 requests/s." }
        #expect(findings(text("rose by 5.1 %")) == [])
        #expect(findings(text("rose by 8.1 %")) == ["error I02 8.1 %"])
        #expect(findings(text("fell by 5.1 %")) == ["error I03 fell by 5.1"])
        // What it went to is none of the release that is named.
        #expect(findings("Compared with v1.4, v1.5 rose by 5.1 % to 525.1 requests/s.") != [])
    }

    @Test("that stands before the amount, whatever metric the words are taken for")
    func before() {
        #expect(findings("With 240 users v1.5 has a p95 of 188.6 ms, 29 % less than v1.4.") == [])
        #expect(findings("With 240 users v1.5 has a p95 of 188.6 ms, 36 % less than v1.4.") == ["error I02 36 %"])
        #expect(findings("v1.5 takes 88.4 ms, 6.6 % less than v1.4.") == [])
        #expect(findings("v1.5 takes 88.4 ms, 9.6 % less than v1.4.") == ["error I02 9.6 %"])
        #expect(
            findings("The p95 of v1.5 is 88.4 ms, 6.6 % less than that of v1.4.").allSatisfy { !$0.contains("6.6") })
    }

    @Test("a direction that is wrong is that beside a right amount")
    func directions() {
        let wrong = findings("With 240 users v1.5 has a p95 of 188.6 ms, 29 % more than v1.4.")
        #expect(wrong.count == 1 && wrong[0].hasPrefix("error I03"), "\(wrong)")
    }

    @Test("how far a value is from a limit is no value with its point misplaced")
    func gaps() {
        #expect(findings("With 240 users v1.5 has a p95 of 188.6 ms, 7.74 ms above the limit.") == [])
    }

    @Test("a word before a colon is no direction, and `all four` is no largest value")
    func words() {
        #expect(findings("Speed is the main gain: the p95 went from 265.3 to 188.6 ms.") == [])
        #expect(findings("The p95 rose from 265.3 to 188.6 ms.") == ["error I03 rose from 265.3 to 188.6"])
        #expect(findings("The p95 reached 265.3 ms, the largest value in all four rows.") == [])
    }

    /// Two hosts that one command was measured on with several settings.
    private static let hosts = Sample.facts([
        [
            ("nv8", "off", 40.2, 61.3), ("nv8", "max", 97.1, 117.6), ("gp8", "off", 147.6, 61.0),
            ("gp8", "max", 130.4, 118.7),
        ].enumerated().flatMap { row, entry -> [Fact] in
            let labels = [
                FactLabel(.file, text: "backup"), FactLabel(.text, name: "host", text: entry.0),
                FactLabel(.text, name: "compression", text: entry.1),
            ]
            return [
                Sample.fact(labels, "elapsed_s", entry.2, "backup.csv", row + 2),
                Sample.fact(labels, "user_s", entry.3, "backup.csv", row + 2),
            ]
        }
    ])

    @Test("an amount that other values of the two in the same unit give may be of those")
    func otherValues() {
        func errors(_ text: String) -> [String] { Sample.findings(text, Self.hosts).filter { $0.hasPrefix("error") } }
        #expect(errors("With max the user time of gp8 is 118.7 s, and gp8 is only 1.34 times slower than nv8.") == [])
        #expect(errors("With max gp8 is 1.34 times slower than nv8.") == [])
        #expect(errors("With max gp8 is 1.74 times slower than nv8.").count <= 1)
    }

    @Test("of a part of nothing no ratio is asked")
    func zeros() {
        let facts = Sample.facts([
            Sample.table(
                "jobs.csv", key: "job",
                [("reads", ["iops": 415_204, "write_iops": 0]), ("writes", ["iops": 0, "write_iops": 187_344])])
        ])
        #expect(
            Sample.findings("writes makes 187,344 write IOPS, 55 % fewer than reads.", facts).filter {
                $0.hasPrefix("error")
            } == [])
    }
}
