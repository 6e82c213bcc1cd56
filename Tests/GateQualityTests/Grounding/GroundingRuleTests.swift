import GateCore
import GateJSON
import GateVocabulary
import Testing

@testable import GateQuality

@Suite("Claims against facts")
struct GroundingRuleTests {
    @Test(
        "What the facts say is not a finding",
        arguments: [
            "We analysed 101 files: 28 CSV, 44 JSON and 29 Markdown.", "JSON makes up 43.6% of the files.",
            "All files together have 441,517 bytes, about 431 KB.", "The average file has 4.4 KB.",
            "Throughput reached 182.64 tok/s.", "Throughput reached 182.6 tokens per second.",
            "The TTFT was 2.319 s, that is 2,319 ms.", "Mean throughput: 14.1 tok/s",
            "Latency was 26.76 ms before the action and 1024 ms after it.", "The 99th percentile latency is 15.584 ms.",
            "The newest JSON file is of October 8, 2025.", "The Markdown files have 425 headings.",
            "In conv_bench, `onnx` took 0.693 ms and is 5.5x faster than `eager` (3.812 ms).",
            "The context size was 512 tokens.", "See `gemma3_270m_baseline.csv`.",
            "| Backend | Mean (ms) |\n|---|---|\n| conv_bench eager | 3.81 |",
            "A dataset of 101 files comprising CSV, JSON and Markdown formats.",
            "All 101 files across CSV, JSON and Markdown.",
            "The JSON documents contain 425 headings, the CSV files 425.",
            "JSON files outnumber CSV files by 16.", "Files listed: 1, files not listed: 100.",
            "The lowest rate, 14.1 tok/s (`json_summary.avg_tokens_per_second`), is below 182.64 tok/s"
                + " (`json_results[0].tokens_s`).",
            "Latency is 26.76 ms for actions 0, 1 and 2.", "The latency rises by 997.24 ms (3,727%).",
            "184.24 tok/s are 0.9% above the 182.64 tok/s before.", "182.64 tok/s is the lowest of results.",
            "Throughput: 182.64 tok/s (results[0]), 184.24 tok/s (results[1])",
            "| Result | Tokens per second |\n|---|---|\n| results[0] | 182.64 |\n| results[1] | 184.24 |\n| Mean | 183.44 |",
            "`results[1]` has the highest throughput.", "The slowest is `results[0]` in throughput.",
            "The rate of the first (182.64 tok/s) is below the second (184.24 tok/s).",
            "The p99 and the TTFT of results[0] are 15.58 ms and 2.32 s.",
            "Latency was 26.76 ms and afterwards 1024 ms.",
            "Latency worsened after the action (from 26.76 ms to 1024 ms).", "Total headings (Markdown): 425",
            "`results[0]` reaches 182.64 and `results[1]` 184.24 tok/s.",
            "`results[1]` is 0.9% faster than `results[0]` in tokens per second.",
            "Throughput grows by 0.88% from the first to the second result.",
            "onnx takes 0.693 ms with 3.812 ms for eager. The first is 5.5 times as fast.",
            "182.64 and 184.24 tok/s are a spread of just 1.60 tok/s (0.9%).",
            "A total of 101 files split across CSV (n=28), JSON (n=44), and Markdown (n=29).",
            "Only 28 of the 101 files are CSV, yet they are fast.",
            "Latency jumps from 26.76 ms to 1024 ms, by a factor of 38.",
            "The rate falls to 99.1% of it (182.64 tok/s vs. 184.24 tok/s).",
            "The gap between the first (182.64) and the second rate (184.24) is 1.60 tok/s.",
            "In all results the rates exceed 180 tok/s.", "There are 28 CSVs, 44 JSONs and 29 Markdown files.",
            "The rate rises from 182.64 tok/s in the first result to 184.24 tok/s in the last result.",
            "CSV and Markdown contribute 27.7% and 28.7%, respectively.",
            "Rates of 182.6 to 184.2 tok/s were measured.",
            "In 1 of 2 results the TTFT is 2.319 s.", "JSON files contribute 44 entries.",
            "Throughput: 182.64 (min), 184.24 (max) tok/s", "The first result reaches 182.64 tok/s.",
            "Latency increased after the action.", "The files were modified in 2025.",
            "The gap between the fastest and the slowest result is 1.60 tok/s.",
            "The JSON and Markdown files (73 files) outnumber the CSV files.", "The JSON files have 182.64 tok/s.",
            "共有28个CSV文件、44个JSON文件和29个Markdown文件。", "吞吐量为182.64 tok/s，最新的文件是2025年11月14日。",
            "A hypothetical load is not what this report is based on.",
        ])
    func sound(_ text: String) {
        #expect(Examples.findings("## Performance Analysis\n\n" + text + "\n") == [])
    }

    @Test(
        "What somebody wants, and what numbers name, is no claim",
        arguments: [
            "We suggest a 10% share of warm-up runs.", "20 additional runs should be scheduled.",
            "A sample size of 30 or more would allow a test.", "Expected impact: 5-10% lower latency.",
            "Doubling the batch size from 8 to 16 might improve it.", "Retry with a timeout of 60 seconds.",
            "Check that at least 1 file is readable.", "A minimum of 5 runs is advisable.",
            "Quantization may reduce memory by 50-75%.", "3 key insights emerge.", "It has 6 sections.",
            "Weeks 3-6 are for the migration.", "Monitoring every 15 minutes is done.", "The service runs 24/7.",
            "Times are given by ISO 8601.", "JSON is defined in RFC 8259.",
            "The team consists of 4 engineers.", "Risk level: 2 of 5", "[1] See the appendix.",
            "Python (3.10+) is assumed.",
            "The 80/20 rule applies.", "A p-value < 0.05 is wanted.", "Threshold for alerts: 2.5 s",
            "80% of the effort should go into it.", "The next run is planned for December 2025.",
            "By industry standards (200-500 ms) this is fast.", "Phase 2 of 3 has begun.",
            "A TTFT under 1 second is considered acceptable.", "To reach 99.9% availability, a spare is needed.",
            "This leaves room for a 2-3x speedup.", "The names start with a date such as 20251002.",
            "| Risk | Likelihood |\n|---|---|\n| Cold start | 3 |",
        ])
    func proposals(_ text: String) {
        #expect(Examples.findings("## Performance Analysis\n\n" + text + "\n") == [])
    }

    @Test(
        "A claim that stands beside a wish is still one",
        arguments: [
            ("The results suggest an accuracy of 92.5%.", ["G01 92.5%"]),
            ("The TTFT of 3.2 s should be reduced.", ["G04 3.2 s"]),
            ("The TTFT of 3.2 s is acceptable.", ["G04 3.2 s"]), ("The accuracy of 92.5% is typical.", ["G01 92.5%"]),
            ("Of the 101 files, 51 are JSON or Markdown.", ["G02 51"]),
        ])
    func claimsBesideWishes(_ text: String, _ expected: [String]) {
        #expect(Examples.findings("## Performance Analysis\n\n" + text + "\n") == expected)
    }

    @Test(
        "What the facts refute is found where it stands",
        arguments: [
            ("The data has 30 CSV files.", ["G02 30 CSV"]), ("JSON makes up 61% of the files.", ["G02 61%"]),
            ("The total size of all files is 4.41 MB.", ["G03 4.41 MB"]), ("The accuracy was 92.5%.", ["G01 92.5%"]),
            ("Peak throughput was 182.64 tok/s.", ["G04 182.64 tok/s"]),
            ("The TTFT was 2.319 ms.", ["G05 2.319 ms"]), ("The average TTFT was 1.7 s.", ["G04 1.7 s"]),
            ("**Date:** October 26, 2023", ["G06 October 26, 2023"]),
            ("The newest JSON file is of November 14, 2025.", ["G07 November 14, 2025"]),
            ("Throughput: 182.64 ± 2.10 tok/s", ["G08 2.10 tok/s"]),
            ("In conv_bench, `onnx` took 0.812 ms.", ["G04 0.812 ms"]),
            ("In conv_bench, `eager` is the fastest backend.", ["I03 fastest"]),
            ("The majority of the files are JSON.", ["I03 majority"]),
            ("Results are in `results_final.csv`.", ["E01 results_final.csv"]),
            ("**Model B:** 14.1 tok/s", ["E02 Model B", "G04 14.1 tok/s"]),
            ("The numbers in this report are fictional.", ["E03 fictional"]),
            ("The absence of performance metrics limits us.", ["E04 absence of performance metrics"]),
            ("JSON (61%), Markdown (61%)", ["G02 61%", "I02 61", "G02 61%"]),
            ("The context size was 2048 tokens.", ["G04 2048 tokens"]),
            ("Throughput: 184.24 tok/s (results[0])", ["G04 184.24 tok/s"]),
            ("`results[0]` has the highest throughput.", ["I03 highest"]),
            ("The first rate (182.64 tok/s) is above the second (184.24 tok/s).", ["I03 above"]),
            ("JSON files outnumber CSV files by 17.", ["G02 17"]),
            ("A dataset of 110 files comprising CSV, JSON and Markdown.", ["G02 110 files"]),
            ("`results[0]` reaches 184.24 tok/s.", ["G04 184.24 tok/s"]),
            ("182.64 and 184.24 tok/s are a spread of 2.60 tok/s.", ["I02 2.60 tok/s"]),
            ("In conv_bench, eager (3.812 ms) is twice the 0.693 ms of onnx.", ["I02 twice"]),
            ("* Text (27) - source code", ["G01 27"]),
            (
                "| Metric | Value |\n|---|---|\n| A | 9.1 s |\n| B | 9.1 s |\n| Mean load time | 9.1 s |",
                ["G01 9.1 s", "G01 9.1 s", "G01 9.1 s"]
            ),
            ("A total of 101 files split across CSV (n=28), JSON (n=54), and Markdown (n=29).", ["G02 54"]),
            ("Only 38 of the 101 files are CSV.", ["G02 38"]),
            ("Latency jumps from 26.76 ms to 1024 ms, by a factor of 18.", ["I02 18"]),
            ("The gap between the first (182.64) and the second rate (184.24) is 2.60 tok/s.", ["I02 2.60 tok/s"]),
            ("There are 28 CSVs, 34 JSONs and 29 Markdown files.", ["G02 34"]),
            ("The rate of the last result is 182.64 tok/s.", ["G04 182.64 tok/s"]),
            ("The rate of result 1 (184.24 tok/s) is lower than that of result 0 (182.64 tok/s).", ["I03 lower"]),
            ("The first result reaches 184.24 tok/s.", ["G04 184.24 tok/s"]),
            ("Latency decreased after the action.", ["I03 decreased"]),
            ("The files were modified between 2022 and 2025.", ["G07 2022"]),
            ("The gap between the fastest and the slowest result is 2.60 tok/s.", ["G01 2.60 tok/s"]),
            ("CSV files are more numerous than JSON files.", ["I03 more"]),
            ("The Markdown share (28.7%) is lower than the CSV share (27.7%).", ["I03 lower"]),
            ("Mostly JSON (73 files), Markdown (29 files).", ["G02 73 files"]),
            ("The CSV files have a throughput of 182.64 tok/s.", ["G04 182.64 tok/s"]),
            ("| Metric | Value |\n|---|---|\n| Token generation rate (CSV) | 184.24 |", ["G04 184.24"]),
            ("This analysis is based on a hypothetical repository.", ["E03 hypothetical"]),
            ("推理速度提升了15%。", ["G01 15%"]), ("共有93个文件。", ["G02 93个文件"]),
            ("**日期：** 2023年10月26日", ["G06 2023年10月26日"]), ("时间从2024年11月开始", ["G07 2024年11月"]),
            ("共有38个CSV文件、44个JSON文件。", ["G02 38"]),
        ])
    func unsound(_ text: String, _ expected: [String]) {
        for finding in ReportCheck.assess(text, against: FactStore(Examples.facts)).findings
        where finding.severity != .info {
            let severities = RuleCatalogue.description(of: finding.rule)?.severities ?? []
            #expect(severities.contains(finding.severity), "\(finding.rule) \(finding.severity)")
        }
        let found = Examples.findings("## Performance Analysis\n\n" + text + "\n")
        #expect(found.map { $0.hasPrefix("G02 30") ? "G02 30 CSV" : $0 } == expected)
    }

    @Test("A finding names the fact with its file, and says in a sentence what is wrong")
    func evidence() throws {
        let text = "In conv_bench, `onnx` took 0.812 ms.\n"
        let finding = try #require(ReportCheck.assess(text, against: FactStore(Examples.facts)).findings.first)
        #expect(finding.place == ReportPlace(line: 1, columnStart: 28, columnEnd: 33))
        #expect(finding.severity == .error)
        #expect(finding.evidence == "runs/conv_bench.json, row 2 (onnx), mean_time_ms = 0.693 ms")
        #expect(finding.message == "The data says 0.693 ms for onnx, not 0.812.")
    }

    @Test("Of a report without facts only what it says against itself is checked")
    func withoutFacts() {
        let text = """
            **Date:** 2025-11-14

            **Date:** October 26, 2023

            Throughput was 12.5 tok/s over 40 files of `a.csv`.

            * Total Files: 10
            * Other

            Later:

            * Total Files: 12
            """
        let found = ReportCheck.assess(text, against: .none).findings.map { "\($0.rule) \($0.claim)" }
        #expect(found == ["G06 October 26, 2023", "I01 12"])
    }

    @Test("Facts with owners, as runs write them, are tables of their files")
    func ownedFacts() {
        func fact(_ owner: String, _ metric: String, _ value: Double, line: Int) -> Fact {
            Fact(
                labels: [FactLabel(.text, text: owner)], metric: metric, statistic: .mean, dimension: .rate,
                unit: "tok/s",
                value: .number(value),
                written: "\(value)", source: FactSource(file: "sweep.csv", line: line, column: metric))
        }
        let file = FactsFile(
            generatedDate: "2025-11-14", model: "m", agent: nil, config: [:],
            ingest: FactsFile.Ingest(
                totalFiles: 1, byType: ["csv": 1], latestModified: [:], listedFiles: ["csv": ["sweep.csv"]],
                notListed: [:], totalBytes: 10, dataTypes: ["csv"]),
            performanceMetrics: [:], requiredSections: [], run: [:],
            facts: [
                fact("g60_c512", "mean_tokens_s", 100.5, line: 2), fact("g80_c512", "mean_tokens_s", 110.25, line: 3),
            ])
        let store = FactStore(file)
        func findings(_ text: String) -> [String] {
            ReportCheck.assess(text, against: store).findings.map { "\($0.rule) \($0.claim): \($0.evidence)" }
        }
        #expect(findings("`g80_c512` reached 110.25 tok/s, 9.7% faster than `g60_c512`.") == [])
        #expect(
            findings("`g80_c512` reached 100.5 tok/s.") == [
                "G04 100.5 tok/s: sweep.csv:3, mean_tokens_s = 110.25 tok/s"
            ])
    }

    @Test("Where facts were left out, a number that is nowhere is unverifiable, and what is contradicted stays so")
    func leftOut() {
        let text = "The `markdown_heading_count` is 400.\n\nThe GPU drew 77.77 W during the sweep."
        let whole = ReportCheck.assess(text, against: FactStore(Examples.facts))
        #expect(whole.findings.map { "\($0.rule) \($0.severity)" } == ["G04 error", "G01 warning"])
        #expect(whole.claims.unsupported == 1 && whole.claims.unverifiable == 0)
        let part = ReportCheck.assess(
            text, against: FactStore(.object((Examples.facts.object ?? []) + [("facts_left_out", 12)])))
        #expect(part.findings.map { "\($0.rule) \($0.severity)" } == ["G04 error"])
        #expect(part.claims.unsupported == 0 && part.claims.unverifiable == 1)
    }
}
