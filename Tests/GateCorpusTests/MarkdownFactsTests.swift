import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

@Suite("facts of Markdown") struct MarkdownFactsTests {
    func findings(_ text: String) -> CollectedFindings {
        collected(from: text, "a.md") { bytes, file, collector in
            MarkdownFacts.read(bytes, file: file, into: &collector)
        }
    }

    @Test("in a table of things the first cell is the owner and the header the metric") func things() {
        let facts = findings(
            """
            ## `Speed` of **models**

            | Model | num_gpu | TTFT (s) | Throughput | Note |
            |:------|--------:|---------:|------------|------|
            | **gemma3:270m** | 999 | 0.06 | **303.9 tok/s** | best |
            | gemma3 | 60 | 1.62s (first: 7.84s) | 1,003 ± 2.5 tokens/s | - |
            """
        ).measured
        #expect(facts.map(\.metric) == ["TTFT (s)", "Throughput", "TTFT (s)", "Throughput", "Throughput"])
        #expect(facts.map(\.number) == [0.06, 303.9, 1.62, 1003, 2.5])
        #expect(facts.map(\.unit) == ["s", "tok/s", "s", "tok/s", "tok/s"])
        #expect(facts.last?.statistic == .spread)
        #expect(facts[0].owner == ["Speed of models", "gemma3:270m", "num_gpu=999", "best"])
        #expect(facts.map(\.source.line) == [5, 5, 6, 6, 6])
    }

    @Test("of a table of texts alone the days and versions are what it has") func texts() {
        let facts = findings(
            """
            | Date | Tool | Scenario |
            |---|---|---|
            | 2026-02-17 | k6 | smoke, browse |
            | 2026-02-18 | k6 | spike |
            | 2026-02-18 | locust | catalog |
            """
        ).facts
        #expect(facts.map(\.value.kind) == [.date, .date, .date])
        #expect(facts.map(\.written) == ["2026-02-17", "2026-02-18", "2026-02-18"])
    }

    @Test("a file that a sentence speaks of is a name, and no sentence's end is one") func files() {
        let found = findings(
            "The input is `users.json` (12 KB), then rows.csv. Nothing of 3 items.jsons or .csv files.\nRead run7.json."
        )
        #expect(found.mentions.filter { $0.value.kind == .identifier }.map(\.written) == ["users.json", "rows.csv"])
    }

    @Test("in a table of metrics the first cell is the metric and the header the owner") func metrics() {
        let facts = findings("| Metric | Value | Δ |\n|-|-|-|\n| Mean TTFT | 97 ms | -3 % |\n").facts
        #expect(facts.map(\.metric) == ["Mean TTFT", "Mean TTFT"])
        #expect(facts.map(\.owner) == [[], ["Δ"]])
        #expect(facts.map(\.statistic) == [.mean, .mean])
        #expect(facts.map(\.dimension) == [.time, .ratio])
    }

    @Test(
        "cells that are no plain number are none",
        arguments: ["~15", "4.3B", "100% GPU", "Minimal (~10 %)", "-", "", "x"])
    func noNumbers(_ cell: String) {
        #expect(findings("| a | b |\n|-|-|\n| x | \(cell) |\n").facts.isEmpty)
    }

    @Test(
        "versions and dates in cells are facts of their kind",
        arguments: [("v1.2", "version"), ("1.2.3", "version"), ("2025-10-02", "date")])
    func kinds(_ cell: String, _ kind: String) {
        let facts = findings("| a | b |\n|-|-|\n| x | \(cell) |\n").facts
        #expect(facts.map(\.value.kind.rawValue) == [kind])
        #expect(facts.map(\.written) == [cell])
    }

    @Test("tables in code blocks, and rows of bars without a delimiter, are none") func noTables() {
        let table = "| a | b |\n|---|---|\n| x | 1 |\n"
        #expect(findings("```\n\(table)```\n").facts.isEmpty)
        #expect(findings("~~~~text\n```\n\(table)~~~~\n\(table)").facts.count == 1)
        #expect(findings("| a | b |\n| x | 1 |\n").facts.isEmpty)
        #expect(findings("text | a | b |\n|---|---|\n| x | 1 |\n").facts.isEmpty)
        #expect(findings("|---|---|\n| x | 1 |\n").facts.isEmpty)
    }

    @Test("bars may be left out at the ends and escaped inside") func bars() {
        let facts = findings("a \\| b | tok/s\n--- | ---\nx \\| y | 5\n\nz | 6\n").facts
        #expect(facts.map(\.owner) == [["x | y"]])
        #expect(facts.map(\.metric) == ["tok/s"])
    }

    @Test("a number without a name is a value") func unnamed() {
        #expect(findings("| Metric | |\n|-|-|\n| | 5 ms |\n").facts.map(\.metric) == ["value"])
        #expect(findings("| a | |\n|-|-|\n| x | 5 ms |\n").facts.map(\.metric) == ["value"])
    }

    @Test(
        "numbers, dates and versions of sentences are mentioned, with their units and without a name",
        arguments: [
            ("Each run had 32 users and took 12.5 ms, a third of 1,234.", ["32 users", "12.5 ms", "1,234"]),
            ("- It kept 45% of v1.2.3 (3x).", ["45% %", "version v1.2.3", "3x x"]),
            ("## Week 7, 2026-03-05", ["7", "date 2026-03-05"]),
            ("Measured on 4 October 2025.", ["4", "2025", "date on 4 October 2025"]),
            (
                "From October 4, 2025 on: 10-20 MB, `p99` and run_7.",
                ["4", "2025", "date From October 4, 2025", "10 MB", "20 MB"]
            ),
            ("```\ntool --users 100\n```", ["100"]), ("Nothing to see.", []),
        ])
    func mentions(_ text: String, _ expected: [String]) {
        let found = findings(text)
        #expect(found.facts.isEmpty)
        #expect(
            found.mentions.map { fact in
                (fact.value.kind == .number ? "" : "\(fact.value.kind) ") + fact.written
                    + (fact.unit.map { " \($0)" } ?? "")
            } == expected)
        #expect(found.mentions.allSatisfy { $0.labels.isEmpty && $0.metric.isEmpty && $0.source.line != nil })
    }

    @Test("what a version is one of is told, also where it looks like a number") func versions() {
        let found = findings("With fio 3.36, on kernel version 6.8.12-4, and (CUDA 12.8) it took 2.5 s, at 0.7 of 1.5.")
        #expect(found.mentions.map(\.written) == ["3.36", "6.8.12-4", "12.8", "2.5", "0.7", "1.5"])
        #expect(found.mentions.map(\.metric) == ["fio", "kernel", "cuda", "", "", ""])
    }

    @Test("what a number without a unit counts is told") func counted() {
        let found = findings("We asked 57 subjects, 3 of them twice, in 12 s.")
        #expect(found.mentions.map(\.metric) == ["subjects", "", ""])
    }

    @Test("the words of a table's cell are read as a sentence") func cells() {
        let found = findings("| host | RAM | driver |\n|-|-|-|\n| fern | 64 GB | NVIDIA 570.172.08, CUDA 12.8 |\n")
        #expect(found.mentions.map { "\($0.metric) \($0.written)" } == ["nvidia 570.172.08", "cuda 12.8"])
    }

    @Test("what a table or a figure says is no mention") func noMentions() {
        #expect(findings("| a | b |\n|-|-|\n| x | 5 ms |\n\n- TTFT: 12 ms\n").mentions.isEmpty)
    }

    @Test("headings are lines that begin with a hash, wherever they stand") func headings() {
        #expect(findings("# a\n  ## b\r\n\t#c\n```\n# comment\n```\ntext # d\n#").markdownHeadings == 5)
    }
}
