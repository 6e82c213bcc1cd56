import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

/// Texts as tools print them, with values of our own.
@Suite("facts of the texts of tools") struct ToolTextTests {
    func findings(_ lines: String...) -> CollectedFindings {
        collected(from: lines.joined(separator: "\n"), "a.txt") { bytes, file, collector in
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            NoteFacts.read(lines, file: file, isOfSettings: false, into: &collector)
        }
    }

    /// `name statistic unit written`
    func told(_ fact: Fact) -> String {
        "\(fact.metric) \(fact.statistic.name) \(fact.unit ?? "-") \(fact.written)"
    }

    // MARK: - Values before their names

    @Test("values before their names, with what a comment says of them, stand below one heading") func perf() {
        let found = findings(
            "Performance counter stats for './mill big.json' (3 runs):", "",
            "         12,204.55 msec  task-clock      #    2.910 CPUs utilized     ( +-  0.41% )",
            "             2,048       page-faults     #  167.807 /sec              ( +-  2.10% )",
            "    36,613,650,000       cycles          #    3.000 GHz",
            "     7,322,730,000       branches        #  600.000 M/sec",
            "        73,227,300       branch-misses   #    1.00% of all branches", "     <not counted>       faults",
            "",
            "            4.1940 +- 0.0121 seconds time elapsed  ( +-  0.31% )")
        #expect(
            found.measured.map(told) == [
                "task-clock raw ms 12,204.55 msec", "CPUs utilized raw - 2.910", "page-faults raw - 2,048",
                "page-faults /sec raw /s 167.807", "cycles raw - 36,613,650,000", "cycles GHz raw GHz 3.000",
                "branches raw - 7,322,730,000", "branches /sec raw /s 600.000 M", "branch-misses raw - 73,227,300",
                "branch-misses of all branches raw % 1.00%", "time elapsed raw s 4.1940 +- 0.0121 seconds",
                "time elapsed spread s 0.0121",
            ])
        #expect(
            found.measured.allSatisfy {
                $0.owner == ["Performance counter stats for './mill big.json' (3 runs)"]
            })
        #expect(found.mentions.contains { $0.written == "0.41%" })
    }

    @Test("what stands behind values is a row where the heading says what they are of") func statements() {
        let one = findings("statement latencies in milliseconds:", "  0.002  \\set id random(1, 90)", "  1.412  END;")
        #expect(one.measured.map(\.number) == [0.002, 1.412])
        #expect(one.measured.map(\.owner) == [["\\set id random(1, 90)"], ["END;"]])
        #expect(one.measured.allSatisfy { $0.metric == "statement latencies in milliseconds" && $0.unit == "ms" })
        let two = findings(
            "statement latencies in milliseconds and failures:", "  0.123   0  BEGIN;", "  1.412   7  END;")
        #expect(two.measured.map(\.metric).suffix(2) == ["statement latencies in milliseconds", "failures"])
        #expect(two.measured.last?.number == 7)
        #expect(two.measured.last?.owner == ["END;"])
    }

    @Test("the kernel's K are KiB, and a program's minutes and seconds a time") func units() {
        let found = findings("  8000 K total memory", "   120 K free swap", "  44 pages swapped in", "", "real\t1m2.5s")
        #expect(
            found.measured.map(told) == [
                "total memory (KiB) total KiB 8000", "free swap (KiB) raw KiB 120", "pages swapped in raw - 44",
                "real raw s 1m2.5s",
            ])
        #expect(found.measured.last?.number == 62.5)
    }

    @Test(
        "one such line, a list that counts, a log of times and the rows of a table are no counters",
        arguments: [
            ["We waited for", "14 seconds on the second node and", "then left."],
            ["1 start the mill", "2 feed it", "3 stop it"],
            ["1726473600 mill started", "1726473605 mill fed"],
            ["14 seconds later the mill broke down, which was expected.", "9 were lost."],
        ])
    func noCounters(lines: [String]) {
        let found = collected(from: lines.joined(separator: "\n"), "a.txt") { bytes, file, collector in
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            NoteFacts.read(lines, file: file, isOfSettings: false, into: &collector)
        }
        #expect(found.measured.isEmpty)
    }

    // MARK: - Tables and lists

    @Test("rows of statistics below a header without a name for their first column") func apacheBench() {
        let found = findings(
            "Connection Times (ms)", "              min  mean[+/-sd] median   max",
            "Connect:        0    1   0.2      1      10", "Total:          1    9   2.9      9      82", "",
            "Percentage of the requests served within a certain time (ms)", "  50%      9", "  99%     29",
            " 100%     82 (longest request)")
        let total = found.measured.filter { $0.owner == ["Total"] }
        #expect(total.map(\.statistic) == [.min, .mean, .standardDeviation, .median, .max])
        #expect(total.map(\.number) == [1, 9, 2.9, 9, 82])
        #expect(found.measured.allSatisfy { $0.unit == "ms" })
        #expect(found.measured.filter { $0.metric.hasPrefix("Percentage") }.map(\.statistic) == [.median, .p99, .max])
    }

    @Test("a share within one deviation is no deviation; values before their names fill a line") func wrk() {
        let found = findings(
            "  Thread Stats   Avg      Stdev     Max   +/- Stdev", "    Latency     4.42ms   1.86ms  47.65ms   83.51%",
            "    Req/Sec    7.35k   448.44    8.75k    71.92%", "  176905 requests in 30.08s, 2.04GB read")
        #expect(found.measured.filter { $0.statistic == .standardDeviation }.map(\.unit) == ["ms", "req/s"])
        #expect(found.measured.first { $0.unit == "%" }?.statistic == .raw)
        #expect(
            found.measured.map(told).filter { !$0.contains("Latency") && !$0.contains("Req") }.sorted() == [
                "read raw GB 2.04GB", "requests raw - 176905", "time raw s 30.08s",
            ])
    }

    @Test("names and values in parallel lists, and a line of values before their names") func ping() {
        let found = findings(
            "10 packets transmitted, 9 received, 10% packet loss, time 9012ms",
            "rtt min/avg/max/mdev = 0.198/0.213/0.251/0.015 ms", "events (avg/stddev):   6620.1250/18.22")
        #expect(
            found.measured.map(told) == [
                "packets transmitted raw - 10", "received raw - 9", "packet loss raw % 10%", "time raw ms 9012ms",
                "rtt min ms min ms 0.198", "rtt avg ms mean ms 0.213", "rtt max ms max ms 0.251",
                "rtt mdev ms raw ms 0.015", "events avg mean - 6620.1250", "events stddev std - 18.22",
            ])
    }

    // MARK: - Formats

    @Test("benchstat's values belong to the files of their columns, in the units of their prefixes") func benchstat() {
        let found = findings(
            "pkg: example.org/mill", "                │   old.txt    │              new.txt               │",
            "                │    sec/op    │   sec/op     vs base               │",
            "Grind/fine-8      813.4n ± 1%   578.0n ± 2%  -28.93% (p=0.002 n=6)",
            "Grind/coarse-8    18.75µ ± 1%", "geomean           3.905µ        578.0n       -12.75%", "",
            "                │   old.txt    │              new.txt               │",
            "                │     B/op     │    B/op      vs base               │",
            "Grind/fine-8      64.00Ki ± 0%  32.00Ki ± 0%  -50.00% (p=0.002 n=6)")
        let fine = found.measured.filter { $0.owner.contains("Grind/fine-8") && $0.owner.contains("new.txt") }
        #expect(
            fine.map(told) == [
                "sec/op raw ns/op 578.0", "sec/op spread % 2%", "sec/op vs base raw % -28.93%", "p raw - 0.002",
                "n raw - 6", "B/op raw KiB/op 32.00", "B/op spread % 0%", "B/op vs base raw % -50.00%", "p raw - 0.002",
                "n raw - 6",
            ])
        #expect(fine.first?.owner == ["example.org/mill", "Grind/fine-8", "new.txt"])
        let coarse = found.measured.filter { $0.owner.contains("Grind/coarse-8") }
        #expect(coarse.map(told).first == "sec/op raw µs/op 18.75")
        #expect(found.measured.contains { $0.owner.contains("geomean") && $0.written == "3.905" })
    }

    @Test("lines of go test are read with their units, whatever they end with") func goTest() {
        let found = findings(
            "goos: linux", "BenchmarkGrind/fine-8   \t 1347716\t   816.2 ns/op\t 981.50 MB/s\t 256 B/op\t  4 allocs/op",
            "BenchmarkGrind/fine-8   \t 1347716\t   804.3 ns/op\t 991.50 MB/s\t 256 B/op\t  4 allocs/op")
        #expect(Set(found.measured.compactMap(\.unit)) == ["ns/op", "MB/s", "B/op", "allocs/op"])
        #expect(found.measured.allSatisfy { $0.owner.contains("BenchmarkGrind/fine-8") })
    }

    @Test("labels in Prometheus' text are owners, and quantiles statistics") func exposition() {
        let found = findings(
            "# HELP grinds_total Sacks.", "# TYPE grinds_total counter",
            #"grinds_total{mill="north",code="200"} 48122"#,
            #"grind_duration_seconds{mill="north",quantile="0.99"} 0.187"#, "resident_memory_bytes 3.86547712e+08",
            #"grind_ratio{mill="a \"b\""} NaN"#)
        #expect(
            found.measured.map(told) == [
                "grinds_total total - 48122", "grind_duration_seconds p99 s 0.187",
                "resident_memory_bytes raw B 3.86547712e+08",
            ])
        #expect(found.measured.map(\.owner) == [["north", "200"], ["north"], []])
    }

    @Test("an MLPerf log's keys are metrics, its metadata what tells the values apart") func mlperf() {
        let head = #":::MLLOG {"namespace": "", "time_ms": 1726473619679, "event_type": "POINT_IN_TIME", "#
        let found = findings(
            head + #""key": "submission_org", "value": "Mill", "metadata": {"file": "t.py", "lineno": 7}}"#,
            "0: " + head + #""key": "eval_accuracy", "value": 0.75, "metadata": {"lineno": 9, "epoch_num": 4}}"#,
            head + #""key": "tracked_stats", "value": {"throughput": 812.5}, "metadata": {"step_num": 30}}"#)
        #expect(found.measured.map(told) == ["eval_accuracy raw - 0.75", "throughput raw - 812.5"])
        #expect(found.measured.map(\.owner) == [["Mill", "epoch_num=4"], ["Mill", "step_num=30"]])
    }
}
