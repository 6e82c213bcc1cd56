import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("What words name beside others that they share")
struct MentionTests {
    /// Releases under loads, a file for each run, which are called by both.
    private static let runs = Sample.facts(
        [("2.1.0", 25, 77.7, 9.1), ("2.1.0", 100, 129.4, 17.9), ("2.3.1", 25, 58.6, 8.8), ("2.3.1", 100, 65.5, 30.4)]
            .map {
                release, users, duration, first in
                let file = "web_\(release)_\(users).csv"
                let labels = [
                    FactLabel(.file, text: "web_\(release)_\(users)"), FactLabel(.text, name: "release", text: release),
                    FactLabel(.key, name: "users", text: "\(users)"),
                ]
                return [
                    Sample.fact(labels, "duration_p50_ms", duration, file, 2),
                    Sample.fact(labels, "duration_p99_ms", 4 * duration, file, 2),
                    Sample.fact(labels, "first_byte_p50_ms", first, file, 2),
                    Sample.fact(labels, "time_per_op_us", duration / 10, file, 2),
                    Sample.fact(labels, "ops", 1000 + duration.rounded(), file, 2),
                ]
            })

    private func findings(_ text: String) -> [String] { Sample.findings(text, Self.runs) }

    @Test("a release with a load are not the file that is called by both")
    func files() {
        #expect(findings("The p50 duration of 2.1.0 with 100 users is 129.4 ms.") == [])
        #expect(findings("The p50 duration of 2.1.0 with 100 users is 65.5 ms.") == ["error G04 65.5 ms"])
        // The value of the same release under the other load.
        #expect(findings("The p50 duration of 2.1.0 with 100 users is 77.7 ms.") == ["error G04 77.7 ms"])
    }

    @Test("a time per operation is no number of operations")
    func rates() {
        #expect(findings("The time per operation of 2.1.0 with 100 users is 12.9 µs.") == [])
        #expect(
            findings("The time per operation of 2.1.0 with 100 users is 15.9 µs.").first?.hasPrefix("error") == true)
    }

    @Test("quantiles between slashes are one each")
    func slashes() {
        #expect(findings("p50/p99 duration of 2.1.0 with 100 users: 129.4/517.6 ms.") == [])
        #expect(findings("p50/p99 duration of 2.1.0 with 100 users: 517.6/129.4 ms.") != [])
    }

    @Test("a verb, a thing and a place of a name are understood")
    func words() {
        for text in [
            "It is 2.3.1 that takes %@ for a p50 duration with 100 users.",
            "With 100 users, the p50 duration of release 2.3.1 stands at %@.",
            "In the tail, the p50 duration of release 2.3.1 amounts to %@ with 100 users.",
        ] {
            let (right, wrong) = (
                text.split(separator: "%@").joined(separator: "65.5 ms"),
                text.split(separator: "%@").joined(separator: "129.4 ms")
            )
            #expect(findings(right) == [], "\(right)")
            #expect(findings(wrong) == ["error G04 129.4 ms"], "\(wrong)")
        }
    }

    @Test("runs with a file each are compared with each other")
    func superlatives() {
        #expect(findings("With 100 users, 2.3.1 has the lowest p50 duration.") == [])
        #expect(findings("With 100 users, 2.1.0 has the lowest p50 duration.").first?.hasPrefix("error I03") == true)
    }

    @Test("the beginning of a word names what stands beside another word of the name")
    func shortened() {
        let disks = Sample.facts([
            Sample.table(
                "disks.csv", key: "pattern",
                [
                    ("seq_read", ["fill_s": 137.3]), ("rand_read", ["fill_s": 206.2]),
                    ("rand_write", ["fill_s": 155.9]),
                ])
        ])
        #expect(Sample.findings("For sequential reads the fill takes 137.3 s.", disks) == [])
        #expect(
            Sample.findings("For sequential reads the fill takes 206.2 s.", disks).first?.hasPrefix("error G04") == true
        )
        #expect(Sample.findings("For random reads the fill takes 206.2 s, for random writes 155.9 s.", disks) == [])
    }
}
