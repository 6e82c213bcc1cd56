import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Versions and machines that the data says otherwise")
struct ReleaseTests {
    private static func note(_ name: String, _ version: String, _ value: FactValue = .version) -> Fact {
        Fact(
            labels: [], metric: name, statistic: .unknown, dimension: .unknown, unit: nil, value: value,
            written: version, source: FactSource(file: "notes.md", line: 3))
    }

    private static let facts = Sample.facts(
        [
            [
                Sample.fact(
                    [FactLabel(.file, text: "runs"), FactLabel(.text, name: "tool", text: "fio-3.36")], "iops", 4120.5,
                    "runs.csv", 2),
                Sample.fact(
                    [FactLabel(.file, text: "runs"), FactLabel(.text, name: "tool", text: "ioping")], "iops",
                    3818.2,
                    "runs.csv", 3),
            ]
        ],
        mentions: [
            note("kernel", "6.8.12-4-amd64"), note("lm-evaluation-harness", "0.4.9.1"), note("harness", "0.4.8"),
            note("cuda_version", "12.8", .number(12.8)), note("", "L40S", .identifier),
        ])

    @Test(
        "a version is none of those that the data says of its name",
        arguments: [
            ("fio 3.28 ran on all of them.", "3.28"), ("It ran with CUDA 12.4.", "12.4"),
            ("The kernel 6.9.12 was used.", "6.9.12"), ("They stem from harness 0.4.6.", "0.4.6"),
            ("The harness version v0.4.6 was used.", "v0.4.6"),
        ])
    func wrong(text: String, version: String) {
        #expect(Sample.findings(text, Self.facts) == ["error G04 \(version)"])
    }

    @Test(
        "a version that the data has, one said shorter, and what is no version are none",
        arguments: [
            "fio 3.36 ran on all of them.", "It ran with CUDA 12.8.", "The kernel 6.8.12 was used.",
            "They stem from harness 0.4.8.", "The harness 0.4.9.1 was used.", "They stem from harness v0.4.9.",
            "Update to CUDA 13.1 next.",
        ])
    func right(text: String) {
        #expect(Sample.findings(text, Self.facts).filter { $0.hasPrefix("error") } == [])
    }

    @Test("words that have values have no versions")
    func measured() {
        let speeds = Sample.facts(
            [[Sample.fact([FactLabel(.file, text: "runs")], "speedup", 1.45, "runs.csv", 2)]],
            mentions: [Self.note("speedup", "1.36", .number(1.36))])
        #expect(Sample.findings("The speedup 1.45 was reached.", speeds) == [])
    }

    @Test("a version of three numbers that begins none of the data's is not the data's")
    func unknown() {
        #expect(Sample.findings("It ran with driver 575.64.03.", Self.facts) == ["warning E02 575.64.03"])
        #expect(Sample.findings("It ran with driver 6.8.12.", Self.facts) == [])
        let ferries = Sample.findings("It ran with driver 575.64.03.", Sample.ferries)
        #expect(ferries.filter { $0.contains("575") } == [])
    }

    @Test("a machine's name that stands nowhere, where the data has others of its kind")
    func machines() {
        #expect(Sample.findings("ioping ran on an A10G.", Self.facts) == ["warning E02 A10G"])
        #expect(Sample.findings("ioping ran on an L40S.", Self.facts) == [])
        #expect(Sample.findings("ioping ran on S3.", Self.facts) == [])
        #expect(Sample.findings("An A10G has 24 GB.", Self.facts).filter { $0.contains("E02") } == [])
    }
}
