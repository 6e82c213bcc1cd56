import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

@Suite("facts of what tools write as text") struct NoteFactsTests {
    func findings(_ lines: String..., isOfSettings: Bool = false) -> CollectedFindings {
        collected(from: lines.joined(separator: "\n"), "a.log") { bytes, file, collector in
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            NoteFacts.read(lines, file: file, isOfSettings: isOfSettings, into: &collector)
        }
    }

    /// `name statistic unit`
    func told(_ fact: Fact) -> String { "\(fact.metric) \(fact.statistic.name) \(fact.unit ?? "-")" }

    @Test("numbers between commas that nothing names are known, and called nothing") func unnamedColumns() {
        let found = findings(
            "perf,2026-02-03,,--dt=bf16 1024x4096:4096x11008,92.3418,13.5281,14.619", "tests:8 passed:8")
        #expect(found.mentions.contains { $0.written == "2026-02-03" })
        #expect(
            found.mentions.compactMap(\.number).filter { $0 > 10 } == [
                1024, 4096, 4096, 11008, 92.3418, 13.5281, 14.619,
            ])
        #expect(found.measured.allSatisfy { $0.source.line == 2 })
    }

    @Test("names before colons and equals signs, and the settings beside them") func pairs() {
        let found = findings(
            "number of clients: 32", "duration: 60 s", "latency average = 9.915 ms", "latency stddev = 4.844 ms",
            "tps = 3226.31 (without connecting)")
        #expect(
            found.measured.map(told) == [
                "duration raw s", "latency average mean ms", "latency stddev std ms", "tps raw tps",
            ])
        #expect(found.measured.map(\.number) == [60, 9.915, 4.844, 3226.31])
        #expect(found.measured.allSatisfy { $0.owner == ["number of clients=32"] })
        #expect(found.measured.map(\.source.line) == [2, 3, 4, 5])
        #expect(found.mentions.isEmpty)
    }

    @Test("a name that comes again begins another record") func records() {
        let found = findings(
            "threads: 8", "latency average = 0.9 ms", "", "threads: 16", "latency average = 1.1 ms")
        #expect(found.measured.map(\.number) == [0.9, 1.1])
        #expect(found.measured.map(\.owner) == [["threads=8"], ["threads=16"]])
    }

    @Test("names in brackets and as many values behind them") func lists() {
        let found = findings(
            "Latencies     [min, mean, 50, 99, max]  5.872ms, 38.406ms, 31.97ms, 171.205ms, 604.913ms",
            "Requests      [total, rate]  12000, 200.02", "Success       [ratio]  99.76%",
            "Status Codes  [code:count]  200:12000")
        #expect(
            found.measured.map(told) == [
                "Latencies min min ms", "Latencies mean mean ms", "Latencies p50 median ms", "Latencies p99 p99 ms",
                "Latencies max max ms", "Requests total total -", "Requests rate raw -", "Success ratio raw %",
            ])
        #expect(found.measured.map(\.number) == [5.872, 38.406, 31.97, 171.205, 604.913, 12000, 200.02, 99.76])
    }

    @Test(
        "brackets that are no such list, closed before they open or without a number, are read as any line",
        arguments: [
            "queue] drained [late: 7 ms", "Wait [a, b]  none, nil", "Codes [code:count]  200:120", "x [", "] y [",
        ])
    func noLists(line: String) {
        #expect(!findings(line).measured.contains { $0.metric.hasPrefix("Wait") || $0.metric.hasPrefix("Codes") })
    }

    @Test("headings own what is indented below them, or are what it is statistics of") func headings() {
        let found = findings(
            "Statements:", "    performed:", "        read:                 1400",
            "    transactions:             700 (35.5 per sec.)", "", "Latency (ms):", "         avg:     15.82",
            "         95th percentile:    23.95")
        #expect(
            found.measured.map(told).sorted() == [
                "Latency (ms) 95th percentile p95 ms", "Latency (ms) avg mean ms", "read raw -",
                "transactions per sec. raw transactions/s", "transactions raw -",
            ])
        #expect(found.measured.first { $0.metric == "read" }?.owner == ["Statements", "performed"])
        #expect(found.measured.first { $0.metric == "transactions" }?.owner == ["Statements"])
        #expect(found.measured.first { $0.number == 35.5 }?.source.line == 4)
    }

    @Test("a first cell in brackets names the row, the second the metric") func bracketed() {
        let found = findings(
            "[READ], Operations, 999214", "[READ], AverageLatency(us), 214.3", "[UPDATE], AverageLatency(us), 388.9")
        #expect(found.measured.map(\.owner) == [["READ"], ["READ"], ["UPDATE"]])
        #expect(found.measured.map(\.number) == [999_214, 214.3, 388.9])
        #expect(found.measured.last.map(told) == "AverageLatency(us) mean µs")
    }

    @Test("rows in columns below a header, and percentiles below what they are of") func columns() {
        let found = findings(
            "  8 threads and 64 connections", "  Thread Stats   Avg      Stdev     Max   +/- Stdev",
            "    Latency    8.34ms    4.71ms 121.60ms   79.55%", "    Req/Sec     3.90k    402.17    5.71k   68.21%",
            "  Latency Distribution", "     50%   7.62ms", "     99% 104.71ms", "Transfer/sec:     254.74MB")
        #expect(
            found.measured.map(told).filter { !$0.contains("%") }.sorted() == [
                "Latency max ms", "Latency mean ms", "Latency std ms", "Req/Sec max req/s", "Req/Sec mean req/s",
                "Req/Sec std req/s", "Transfer/sec raw MB/s",
            ])
        #expect(found.measured.first { $0.statistic == .p99 }?.number == 104.71)
        #expect(found.measured.first { $0.statistic == .median }?.dimension == .time)
        #expect(found.measured.allSatisfy { $0.owner.prefix(2) == ["threads=8", "connections=64"] })
    }

    @Test(
        "lines of the same names are rows, and what counts up is their key",
        arguments: [
            ["iter 10: loss 2.34, time 51.2ms, mfu 32.1%", "iter 20: loss 2.21, time 50.9ms, mfu 32.4%"],
            [
                " iter   10/  90 | loss: 2.34E+00 | time (ms): 51.2 | mfu (%): 32.1 |",
                " iter   20/  90 | loss: 2.21E+00 | time (ms): 50.9 | mfu (%): 32.4 |",
            ],
            [
                "{'iter': 10, 'loss': 2.34, 'time_ms': 51.2, 'mfu_percent': 32.1}",
                "{'iter': 20, 'loss': 2.21, 'time_ms': 50.9, 'mfu_percent': 32.4}",
            ],
            [
                "1999-03-02 10:11:12 - INFO - iter [10/90], loss=2.34 time=51.2ms mfu=32.1%",
                "1999-03-02 10:11:13 - INFO - iter [20/90], loss=2.21 time=50.9ms mfu=32.4%",
            ],
        ])
    func steps(_ lines: [String]) {
        let found = findings(
            lines[0], lines[1],
            lines[1].replacing("20", with: "30").replacing("2.21", with: "2.15").replacing(":13 ", with: ":14 "))
        #expect(found.measured.map(\.number) == [2.34, 51.2, 32.1, 2.21, 50.9, 32.4, 2.15, 50.9, 32.4])
        #expect(found.measured.map { $0.unit ?? "-" }.prefix(3) == ["-", "ms", "%"])
        #expect(
            found.measured.map { $0.owner.last }
                == ["10", "20", "30"].flatMap { Array(repeating: "iter=\($0)", count: 3) })
    }

    @Test("numbers before their units are called by them") func benchmarks() {
        let found = findings(
            "BenchmarkPack/small-8   \t 5127004\t     233.9 ns/op\t     112 B/op",
            "BenchmarkPack/large-8   \t   15834\t     75912 ns/op\t   73728 B/op",
            "test pack_small ... bench:       1,234 ns/iter (+/- 56)")
        #expect(found.measured.map(\.number) == [233.9, 112, 75912, 73728, 1234])
        #expect(found.measured.map(\.unit) == ["ns/op", "B/op", "ns/op", "B/op", "ns/iter"])
        #expect(found.measured.map { $0.owner.last }.first == "BenchmarkPack/small-8")
        #expect(found.measured.last?.owner == ["test pack_small"])
        #expect(found.mentions.map(\.written).contains("5127004"))
    }

    @Test("what is fastest took the least time, and had the highest rate") func fastest() {
        let found = findings("Throughput:", " * Fastest: 84.11 obj/s", "Reqs: Avg: 12.4ms, Fastest: 1.9ms")
        #expect(found.measured.map(\.statistic) == [.max, .mean, .min])
    }

    @Test(
        "sentences give no facts",
        arguments: [
            "These files were written in March 2026 on one host with 64 GB of memory.",
            "We ran every tool 3 times, which took about 12 s; 2 of 40 failed.",
            "Note: node 2 was rebooted at 09:40, and its first run (14 minutes) is missing.",
            "The threshold is 5 ms: slower requests count as errors, and 3 of 40 did.",
            "See runs/a for details - the 4 files there are older.", "Found 4 outliers among 100 (4.00%)",
            "2026-03-03  one disk in the morning, the other at noon", "Running 1m test @ http://10.0.3.17:8080/x.jpg",
            "+ bench -c 8 -j 8 -T 60", "sh: 5: not found", "",
        ])
    func prose(_ line: String) { #expect(findings(line, line, line).facts.isEmpty) }

    @Test("of settings only what several have is a fact") func settings() {
        let plain = findings("rate: 0.0002", "steps: 50", isOfSettings: true)
        #expect(plain.facts.isEmpty)
        #expect(
            plain.mentions.filter { !$0.metric.isEmpty }.map { "\($0.metric) \($0.written)" } == [
                "rate 0.0002", "steps 50",
            ])
        let found = findings(
            "- id: one", "  price_eur: 94", "- id: two", "  price_eur: 279", isOfSettings: true)
        #expect(found.measured.map(\.number) == [94, 279])
        #expect(found.measured.map(\.owner) == [["one"], ["two"]])
    }

    @Test("a hostile text takes neither time nor memory") func hostile() {
        let names = (0..<6000).map { "n\($0)a: \($0)" }
        #expect(findings(names.joined(separator: "\n")).measured.count <= 6000)
        let heads = (0..<3000).map { "h\($0)a m\($0)b: x\($0)=\($0)" }
        #expect(findings(heads.joined(separator: "\n")).facts.count <= 6000)
        let deep = (0..<300).map { String(repeating: " ", count: 2 * $0) + "a:" }
        #expect(findings(deep.joined(separator: "\n")).facts.isEmpty)
    }
}
