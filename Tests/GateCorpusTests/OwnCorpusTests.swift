import Foundation
import GateCore
import GateCorpus
import GateVocabulary
import TestSupport
import Testing

/// A small corpus with a file of every kind that the original project's have.
@Suite("our own files") struct OwnCorpusTests {
    let corpus: Corpus

    init() throws { corpus = try Ingest.read(SharedData.own.appending(path: "corpus").path) }

    private func fact(_ file: String, _ metric: String, line: Int? = nil, pointer: String? = nil) -> Fact? {
        corpus.facts.first {
            $0.source.file == file && $0.metric == metric && (line == nil || $0.source.line == line)
                && (pointer == nil || $0.source.pointer == pointer)
        }
    }

    @Test("all are read") func counts() {
        #expect(corpus.unreadable.isEmpty)
        #expect(ArtifactKind.allCases.map { corpus.files(of: $0).count } == [4, 2, 1, 0])
        #expect(corpus.totalBytes == 1022)
        #expect(corpus.markdownHeadings == 5)
    }

    @Test("the data summary lists them by kind") func summary() {
        let lines = DataSummary.text(corpus).components(separatedBy: "\n").map {
            $0.hasPrefix("  Latest modified: ") ? "time" : $0
        }
        #expect(
            lines == [
                "Total files analyzed: 7", "", "CSV Files (4)", "  - reports/odd.csv", "  - csv_data/profile.csv",
                "  - csv_data/runs.csv", "  - csv_data/tuning.csv", "time", "", "JSON Files (2)",
                "  - reports/baseline.json", "  - reports/nested/demo_baseline.json", "time", "",
                "MARKDOWN Files (1)", "  - reports/summary.md", "time", "", "",
            ])
    }

    @Test("the harvested metrics have the original's keys, and the first file wins") func harvest() {
        let expected: [(String, Double)] = [
            ("csv_mean_tokens_s", 61.25), ("csv_mean_ttft_s", 0.125), ("csv_tokens_s", 40.5), ("csv_ttft_s", 0.25),
            ("json_results[0].tokens", 12), ("json_results[0].tokens_per_second", 41.5),
            ("json_results[0].ttft_s", 0.2375), ("json_results[1].tokens", 30),
            ("json_results[1].tokens_per_second", 39), ("json_results[1].ttft_s", 0.3125),
            ("json_timing_stats.latency_percentiles.p50", 15.5),
            ("json_timing_stats.latency_percentiles.p95", 21.25), ("json_timing_stats.latency_percentiles.p99", 30),
        ]
        #expect(corpus.harvested.map(\.key) == expected.map(\.0))
        #expect(corpus.harvested.map(\.value) == expected.map(\.1))
        let csv = corpus.harvested.first { $0.key == "csv_tokens_s" }
        #expect(csv?.source == FactSource(file: "csv_data/runs.csv", line: 2, column: "tokens_s"))
        let json = corpus.harvested.first { $0.key == "json_results[0].tokens" }
        #expect(json?.source == FactSource(file: "reports/baseline.json", pointer: "/results/0/tokens"))
        let all = corpus.performanceMetrics
        #expect(all["data_types"] == .names(["csv", "json", "markdown"]))
        #expect(all["json_documents"] == .number(2))
        #expect(all["total_files_analyzed"] == .number(7))
    }

    @Test("facts of a CSV file know their configuration") func csvFact() {
        #expect(
            fact("csv_data/tuning.csv", "mean_ttft_s", line: 3)
                == Fact(
                    labels: [
                        FactLabel(.file, text: "tuning"),
                        FactLabel(.text, name: "label", text: "g40_c512_t0.2"),
                        FactLabel(.key, name: "num_gpu", text: "40"),
                        FactLabel(.key, name: "num_ctx", text: "512"),
                        FactLabel(.key, name: "temperature", text: "0.2"),
                    ],
                    metric: "mean_ttft_s", statistic: .mean, dimension: .time, unit: "s", value: .number(0.0941),
                    written: "0.0941", source: FactSource(file: "csv_data/tuning.csv", line: 3, column: "mean_ttft_s")))
    }

    @Test("facts of a JSON document know their model and prompt, and a percentile what it is one of") func jsonFacts() {
        let ttft = fact("reports/baseline.json", "ttft_s", pointer: "/results/1/ttft_s")
        #expect(ttft?.owner == ["toy:1b", "Count to ten."])
        #expect(ttft?.number == 0.3125 && ttft?.dimension == .time && ttft?.unit == "s")
        let p95 = fact("reports/nested/demo_baseline.json", "latency_percentiles.p95")
        #expect(p95?.owner == ["demo_baseline", "timing_stats"])
        #expect(p95?.statistic == .p95 && p95?.dimension == .time)
    }

    @Test("a profiler's row of units gives the units") func unitsRow() {
        let time = fact("csv_data/profile.csv", "gpu__time_duration.sum")
        #expect(time?.unit == "µs" && time?.statistic == .total && time?.source.line == 3)
    }

    @Test("facts of a Markdown table know their row and heading") func markdownFact() {
        let ttft = fact("reports/summary.md", "P95 TTFT (s)", line: 12)
        #expect(ttft?.owner == ["Report of the toys", "3.2 Baseline (default configuration)", "toy:3b"])
        #expect(ttft?.statistic == .p95 && ttft?.unit == "s" && ttft?.number == 0.64 && ttft?.written == "0.640")
    }

    @Test("numbers of a failed call say so") func failedCall() {
        let zero = fact("csv_data/runs.csv", "tokens_s", line: 3)
        #expect(zero?.owner.last?.hasPrefix("error=Failed to connect") == true)
    }

    @Test("every fact has a place and a finite value") func places() {
        #expect(corpus.facts.count == 32)
        #expect(
            corpus.facts.allSatisfy {
                ($0.value.kind != .number || $0.number?.isFinite == true) && !$0.metric.isEmpty && !$0.written.isEmpty
            })
        #expect(corpus.facts.allSatisfy { $0.source.line != nil || $0.source.pointer != nil })
    }

    @Test("a file converted wrongly from UTF-16 is read, and that is said") func doubt() {
        #expect(corpus.warnings.map(\.message).contains { $0.hasPrefix("reports/odd.csv has NUL") })
    }
}
