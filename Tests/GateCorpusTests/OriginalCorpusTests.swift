import Foundation
import GateCore
import GateCorpus
import GateJSON
import GateVocabulary
import TestSupport
import Testing

@Suite(
    "the original project's files", .enabled(if: SharedData.isPresent, "needs ../shared beside the checkout"))
struct OriginalCorpusTests {
    let corpus: Corpus
    let expected: JSONValue

    init() throws {
        corpus = try Ingest.read(SharedData.url("data/corpus").path)
        expected = try JSONValue.parse(Array(Data(contentsOf: SharedData.url("data/expected-ingest.json"))))
    }

    @Test("all 101 are read") func counts() {
        #expect(corpus.unreadable.isEmpty)
        #expect(ArtifactKind.allCases.map { corpus.files(of: $0).count } == [28, 44, 29, 0])
        #expect(corpus.totalBytes == 436_259)
        #expect(corpus.markdownHeadings == 425)
    }

    @Test("the data summary is the original's, but for the times of this checkout") func summary() {
        func lines(_ text: String) -> [String] {
            text.components(separatedBy: "\n").map { $0.hasPrefix("  Latest modified: ") ? "time" : $0 }
        }
        #expect(lines(DataSummary.text(corpus)) == lines(expected["data_summary"]?.string ?? ""))
    }

    @Test("the harvested metrics are the original's, key by key") func harvest() throws {
        let totals = [
            "data_types", "json_documents", "markdown_heading_count", "total_file_size_bytes", "total_files_analyzed",
        ]
        let members = try #require(expected["performance_metrics"]?.object)
        let metrics = members.filter { !totals.contains($0.key) }
        #expect(
            corpus.harvested.map(\.key)
                == metrics.map(\.key).sorted { Array($0.utf8).lexicographicallyPrecedes($1.utf8) })
        for metric in corpus.harvested {
            let value = try #require(metrics.first { $0.key == metric.key }?.value.double)
            #expect(abs(metric.value - value) <= abs(value) * 1e-14, "\(metric.key)")
        }
        let all = corpus.performanceMetrics
        #expect(Set(all.keys) == Set(members.map(\.key)))
        #expect(all["data_types"] == .names(["csv", "json", "markdown"]))
        #expect(all["json_documents"] == .number(44))
        #expect(all["total_files_analyzed"] == .number(101))
    }

    @Test("a harvested metric says where it comes from") func harvestSource() throws {
        let csv = try #require(corpus.harvested.first { $0.key == "csv_tokens_s" })
        #expect(
            csv.source
                == FactSource(file: "reports/gemma3/gemma3_1b-it-qat_baseline.csv", line: 2, column: "tokens_s"))
        let json = try #require(corpus.harvested.first { $0.key == "json_results[0].tokens" })
        #expect(
            json.source
                == FactSource(file: "csv_data/baseline_test_results_1759099000.json", pointer: "/results/0/tokens"))
    }

    @Test("facts of a CSV file know their configuration") func csvFact() {
        let file = "reports/gemma3/gemma3_1b-it-qat_param_tuning_summary.csv"
        let fact = corpus.facts.first { $0.source.file == file && $0.metric == "mean_tokens_s" }
        #expect(
            fact
                == Fact(
                    labels: [
                        FactLabel(.file, text: "gemma3_1b-it-qat_param_tuning_summary"),
                        FactLabel(.text, name: "config_name", text: "g60_c1024_t0.4"),
                        FactLabel(.key, name: "num_gpu", text: "60"),
                        FactLabel(.key, name: "num_ctx", text: "1024"),
                        FactLabel(.key, name: "temperature", text: "0.4"),
                    ],
                    metric: "mean_tokens_s", statistic: .mean, dimension: .rate, unit: "tok/s",
                    value: .number(187.1752905464622), written: "187.1752905464622",
                    source: FactSource(file: file, line: 2, column: "mean_tokens_s")))
    }

    @Test("facts of a JSON document know their model and prompt") func jsonFact() {
        let file = "reports/gemma3/gemma3_270m_baseline.json"
        let fact = corpus.facts.first { $0.source.pointer == "/results/0/ttft_s" && $0.source.file == file }
        #expect(fact?.owner == ["gemma3:270m", "banter prompt: Player failed a mission but needs encouragement."])
        #expect(fact?.number == 7.8366299)
        #expect(fact?.dimension == .time)
        #expect(fact?.unit == "s")
    }

    @Test("a percentile belongs to what it is a percentile of") func percentile() {
        let fact = corpus.facts.first {
            $0.source.pointer == "/timing_stats/latency_percentiles/p95"
                && $0.source.file == "csv_data/baselines/demo_baseline_1759181419.json"
        }
        #expect(fact?.metric == "latency_percentiles.p95")
        #expect(fact?.owner == ["demo_baseline", "timing_stats"])
        #expect(fact?.statistic == .p95)
        #expect(fact?.dimension == .time)
    }

    @Test("a profiler's row of units gives the units") func unitsRow() {
        let fact = corpus.facts.first { $0.metric == "gpu__time_duration.sum" }
        #expect(fact?.unit == "µs")
        #expect(fact?.statistic == .total)
        #expect(fact?.source.line == 3)
    }

    @Test("facts of a Markdown table know their row and heading") func markdownFact() {
        let fact = corpus.facts.first {
            $0.source.file == "reports/Technical_Report_108.md" && $0.metric == "P95 TTFT (s)"
        }
        #expect(
            fact?.owner == [
                "Technical Report 108: Comprehensive LLM Performance Analysis", "3. Llama3.1 Benchmark Results",
                "3.2 Baseline Performance (Default Configuration)", "q4_0",
            ])
        #expect(fact?.statistic == .p95)
        #expect(fact?.unit == "s")
        #expect(fact?.number == 0.130)
        #expect(fact?.written == "0.130")
        #expect(fact?.source.line == 192)
    }

    @Test("numbers of a failed call say so") func failedCall() {
        let zeros = corpus.facts.filter {
            $0.source.file == "reports/ollama/20251002-151204/prompt_suite_runs.csv" && $0.metric == "tokens_s"
        }
        #expect(zeros.count == 15)
        #expect(zeros.allSatisfy { $0.owner.last?.hasPrefix("error=Failed to connect") == true })
    }

    @Test("every fact has a place and a finite value") func places() {
        #expect(corpus.facts.count > 4000)
        #expect(
            corpus.facts.allSatisfy {
                ($0.value.kind != .number || $0.number?.isFinite == true) && !$0.metric.isEmpty && !$0.written.isEmpty
            })
        #expect(corpus.facts.allSatisfy { $0.source.line != nil || $0.source.pointer != nil })
    }

    @Test("a file converted wrongly from UTF-16 is read, and that is said") func doubt() {
        #expect(corpus.warnings.map(\.message).contains { $0.hasPrefix("reports/ncu_summary.csv has NUL") })
    }
}
