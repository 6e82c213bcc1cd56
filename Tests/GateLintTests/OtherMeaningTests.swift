import GateCore
import GateVocabulary
import Testing

@testable import GateLint

/// True sentences whose numbers are something else than the value that stands nearest, each beside one that is wrong.
@Suite("What a number may be of besides")
struct OtherMeaningTests {
    private func found(_ text: String, _ facts: ReportFacts = Sample.ferries) -> [String] {
        Sample.findings(text, facts)
    }

    @Test("a value that the sentence has said is not said again by another number")
    func taken() {
        let hulls = Sample.facts([
            Sample.table("hulls.csv", key: "hull", [("steel", ["mass_gib": 14.6]), ("cedar", ["mass_gib": 5.1])])
        ])
        #expect(found("At 5.1 GiB the mass of cedar is a third of the former 14.6 GiB.", hulls) == [])
        #expect(found("The mass of cedar is 14.6 GiB.", hulls).first?.hasPrefix("error G04") == true)
    }

    @Test("a name that the data does not have is none of those that it has beside it")
    func unreadNames() {
        let servers = Sample.facts([
            Sample.table(
                "sweep.csv", key: "quantization",
                [("fp8", ["ttft_ms": 458.1]), ("bf16", ["ttft_ms": 702.8]), ("awq", ["ttft_ms": 611.3])])
        ])
        let head = "| server | TTFT (ms) |\n|--|--|\n| bf16 | 702.8 |\n| awq | 611.3 |\n"
        #expect(found(head + "| QuickServe (fp8) | 143.4 |\n", servers).filter { $0.hasPrefix("error") } == [])
        #expect(found(head + "| fp8 | 143.4 |\n", servers).first?.hasPrefix("error G04") == true)
    }

    @Test("how much something is above a limit is not what it is")
    func amounts() {
        #expect(found("It is now 37 ms above the limit of 200 ms.").filter { $0.hasPrefix("error") } == [])
    }

    @Test("a number with an article that counts nothing is what something is called")
    func models() {
        #expect(found("borealis loads in 163.2 ms, 32 % more than the 4090, and the gap is a factor of 2.") == [])
    }

    @Test("a share may be said in percent without the sign")
    func shares() {
        let tasks = Sample.facts([
            Sample.table(
                "tasks.csv", key: "task", [("gsm", ["score": 0.4473, "shots": 5]), ("arc", ["score": 0.5887])])
        ])
        #expect(found("The score of gsm is 44.7.", tasks) == [])
    }

    @Test("parts of one whole are parts of it one after the other, and what is left of it")
    func parts() {
        let tasks = Sample.facts([
            Sample.table(
                "tasks.csv", key: "model",
                [("gem", ["solved": 0.7923, "n": 1319]), ("mist", ["solved": 0.4882, "n": 1319])])
        ])
        #expect(found("gem solved 1,045 of the 1,319 problems, mist 644.", tasks) == [])
        #expect(found("mist failed in 675 of the 1,319 problems.", tasks) == [])
        #expect(found("gem solved 1,045 of the 1,319 problems, mist 698.", tasks).count == 1)
    }

    @Test("a header says which, not how much")
    func headers() {
        #expect(found("| | MariaDB 11.4 |\n|--|--|\n| load of aurora | 214.7 ms |\n") == [])
    }

    @Test("most of a quality may be least of what is measured")
    func qualities() {
        let hulls = Sample.facts([
            Sample.table(
                "hulls.csv", key: "hull",
                [("steel", ["mass_gib": 14.62]), ("cedar", ["mass_gib": 5.17]), ("oak", ["mass_gib": 9.31])])
        ])
        #expect(found("The mass differs: cedar is the most compact with 5.17 GiB.", hulls) == [])
    }

    @Test("a share is one, whatever the end of its name says")
    func sharesInPercent() {
        let caches = Sample.facts([
            Sample.table(
                "caches.csv", key: "cache",
                [
                    ("north", ["usage_perc": 0.9733]), ("south", ["usage_perc": 0.4387]),
                    ("west", ["usage_perc": 0.6158]),
                ])
        ])
        #expect(found("The usage of north peaked at 97.3 %.", caches) == [])
        #expect(found("The usage of north peaked at 61.6 %.", caches).count == 1)
    }

    @Test("a value on the other one is none of the one that is named")
    func others() {
        let text = "The load is 163.2 ms on borealis and 214.7 ms on the other ferry."
        #expect(found(text).filter { $0.hasPrefix("error") } == [])
    }

    @Test("a row that a number names is not that of a number above the table")
    func numberedRows() {
        let rates = Sample.facts([
            [("2", 1.96, 46.2), ("4", 3.83, 55.8), ("8", 7.09, 81.9)].enumerated().flatMap { index, row in
                [("done", row.1), ("ttft_ms", row.2)].map { metric, value in
                    Sample.fact(
                        [FactLabel(.file, text: "rates"), FactLabel(.key, name: "rate", text: row.0)], metric, value,
                        "rates.csv", index + 2)
                }
            }
        ])
        let table = "Caching is on (rate 2 is left out):\n\n| Goal | TTFT (ms) |\n|--|--|\n| 4 | 55.8 |\n| 8 | 81.9 |\n"
        #expect(found(table, rates).filter { $0.hasPrefix("error") } == [])
    }

    @Test("two columns of one metric are not each other's")
    func oneMetric() {
        let facts = [("0", 11_986.4, 149.83), ("8192", 8312.8, 133.46), ("16384", 6287.1, 119.72)]
            .flatMap { depth, prompt, answer in
                [("pp512", prompt), ("tg128", answer)].map { test, speed in
                    Sample.fact(
                        [
                            FactLabel(.file, text: "depths"),
                            FactLabel(.text, name: "test", text: depth == "0" ? test : "\(test) @ d\(depth)"),
                        ], "t/s", speed, "depths.csv", 2)
                }
            }
        let table =
            "| Depth | pp512 (t/s) | tg128 (t/s) |\n|--|--|--|\n| 0 | 11,986 | 149.8 |\n"
            + "| 8,192 | 8,313 | 133.5 |\n| 16,384 | 6,287 | 119.7 |\n"
        #expect(found(table, Sample.facts([facts])).filter { $0.hasPrefix("error") } == [])
    }

    @Test("a number without a unit may be in a larger one than the data's")
    func larger() {
        let tiles = Sample.facts([
            Sample.table(
                "tiles.csv", key: "tile", [("narrow", ["speed (GB/s)": 630_492]), ("wide", ["speed (GB/s)": 715_437])])
        ])
        #expect(found("The narrow tile is the slowest (630.5).", tiles) == [])
    }

    @Test("a file that could not be read is a file")
    func unreadFiles() {
        let rows = [Sample.table("a.csv", key: "ferry", [("aurora", ["load_ms": 214.7])])]
        var mention = Sample.mention(12.5, line: 3)
        mention = Fact(
            labels: [], metric: "", statistic: .unknown, dimension: .unknown, unit: nil, value: mention.value,
            written: "12.5", source: FactSource(file: "b.csv", line: 3))
        let facts = Sample.facts(rows, mentions: [mention])
        #expect(found("The analysis covers 2 CSV files, `a.csv` and `b.csv`.", facts) == [])
        #expect(found("The analysis covers 3 CSV files.", facts) == ["error G02 3"])
    }

    @Test("a table of means has them of groups of rows, not single ones by accident")
    func groupMeans() {
        let rows = [
            ("algebra", "stem", 0.41, 0.52), ("physics", "stem", 0.47, 0.58), ("logic", "stem", 0.62, 0.4431),
            ("law", "arts", 0.4433, 0.61), ("history", "arts", 0.81, 0.83), ("ethics", "arts", 0.7067, 0.663),
        ]
        let facts = rows.enumerated().flatMap { index, row in
            [("jet", row.2), ("air", row.3)].map { model, value in
                Sample.fact(
                    [
                        FactLabel(.file, text: "subjects"), FactLabel(.text, name: "subject", text: row.0),
                        FactLabel(.text, name: "category", text: row.1),
                    ], model, value, "subjects.csv", index + 2)
            }
        }
        let table = "| category | jet | air |\n|--|--|--|\n| stem | 50.0% | 51.4% |\n| arts | 65.3% | 70.1% |\n"
        #expect(found(table, Sample.facts([facts])).filter { $0.hasPrefix("error") } == [])
    }
}
