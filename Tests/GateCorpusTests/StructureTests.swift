import Foundation
import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

/// Whatever the columns and keys are called: what names a row, in which unit its numbers are, and of what they are a
/// statistic.
@Suite("facts by structure") struct StructureTests {
    @Test("every text of a row names it, and a constant one names the file") func texts() throws {
        let facts = try csv("weave,host,dye,pull_s\nplain,loom1,red,1.5\nplain,loom2,red,2.5\n")
        #expect(facts.map(\.owner) == [["plain", "red", "loom1"], ["plain", "red", "loom2"]])
        #expect(facts[0].labels.map(\.kind) == [.file, .file, .file, .text])
        #expect(facts[0].labels.map(\.name) == ["", "weave", "dye", "host"])
    }

    @Test("sizes of a sweep that are written with a fraction of zeros are keys") func wholesWithZeros() throws {
        let facts = try csv(
            "M,N,loom,frame\n256.000000,256.000000,9.703540,7.444829\n384.000000,384.000000,25.882948,20.648249\n"
                + "512.000000,512.000000,43.834200,36.337840\n")
        #expect(
            facts.filter { $0.metric == "loom" }.map { $0.labels.filter { $0.kind == .key }.map(\.text) }
                == [["256", "256"], ["384", "384"], ["512", "512"]])
        let measured = try csv("N,loom\n1.0,250.0\n2.0,240.5\n3.0,230.0\n")
        #expect(measured.filter { $0.metric == "loom" }.map(\.value) == [.number(250), .number(240.5), .number(230)])
    }

    @Test("a rate that was offered selects the row, whatever its name says; one that was measured does not")
    func offeredRates() throws {
        func table(_ rates: [String]) -> String {
            "loom,attempts,pull_rate,thread_throughput\n"
                + ["oak", "elm"].flatMap { loom in
                    rates.enumerated().map { "\(loom),500,\($1),\(20 + $0).\(loom.utf8.count)\(37 * ($0 + 3))" }
                }.joined(separator: "\n") + "\n"
        }
        let swept = try csv(table(["1.5", "4.0", "8.0", "16.0", "24.0"]))
        let threads = swept.filter { $0.metric == "thread_throughput" }
        #expect(threads.map { $0.labels.filter { $0.kind == .key }.map(\.text) }.prefix(3) == [["1.5"], ["4"], ["8"]])
        let measured = try csv(
            table(["1.5", "4.0", "8.0", "16.0", "24.0"]).replacing("elm,500,4.0", with: "elm,500,4.1"))
        #expect(measured.allSatisfy { $0.labels.allSatisfy { $0.kind != .key } })
    }

    @Test("a version or a month that has several rows names them") func recurringVersions() throws {
        let facts = try csv(
            "release,month,hall,pull_s\n1.4.0,2026-01,north,1.5\n1.4.0,2026-02,south,2.5\n"
                + "1.5.0-rc1,2026-01,north,3.5\n1.5.0-rc1,2026-02,south,4.5\n")
        let pulls = facts.filter { $0.metric == "pull_s" }
        #expect(
            pulls.map(\.owner) == [
                ["1.4.0", "2026-01", "north"], ["1.4.0", "2026-02", "south"], ["1.5.0-rc1", "2026-01", "north"],
                ["1.5.0-rc1", "2026-02", "south"],
            ])
    }

    @Test("where texts tell all rows apart, a number that happens to come again is measured") func noKeys() throws {
        let facts = try csv(
            "week,hall,looms,stops,p50_min\nW1,north,120,10,43.2\nW1,south,17,1,43.1\nW2,north,119,7,41.2\n"
                + "W2,south,21,1,43.3\nW3,north,121,1,40.9\nW3,south,19,0,42.2\n")
        #expect(facts.filter { $0.metric == "stops" }.map(\.value) == [10, 1, 7, 1, 1, 0].map { .number($0) })
        #expect(facts.allSatisfy { $0.owner.count == 2 })
    }

    @Test("a statistic is in the unit of a key further out") func unitFurtherOut() throws {
        let facts = try json(
            #"{"jobs": [{"job": "warp", "duration_s": {"before": {"p50": 96.5}, "after": {"p50": 93.4}}}]}"#)
        #expect(facts.map(\.unit) == ["s", "s"])
        #expect(facts.map(\.statistic) == [.median, .median])
        #expect(facts.map { $0.labels.map(\.text).contains("before") } == [true, false])
    }

    @Test(
        "a whole number that counts up or comes again before the first measurement selects the row",
        arguments: [
            ("tick,drift\n10,0.5\n20,0.25\n30,0.125\n", ["tick=10", "tick=20", "tick=30"]),
            ("yarn,width,pull_s\na,1,0.5\na,8,0.7\nb,1,0.6\nb,8,0.9\n", ["a", "width=1"]),
            ("shuttles,pull_s\n1,0.5\n4,0.75\n16,1.5\n4,0.7\n", ["shuttles=1"]),
            // A version has a fraction and tells rows apart.
            (
                "release,clients,pull_s\n16.9,8,0.5\n16.9,32,0.75\n17.5,8,0.4\n17.5,32,0.7\n",
                ["release=16.9", "clients=8"]
            ),
        ])
    func keys(_ text: String, _ owners: [String]) throws {
        let facts = try csv(text).filter { $0.value.kind == .number }
        #expect(Array(facts.flatMap(\.owner).prefix(owners.count)) == owners)
    }

    @Test("in an array the number that counts up evenly selects the object, wherever it stands in it") func counters()
        throws
    {
        func log(_ key: String, _ values: [Int]) -> String {
            "{\"log\": ["
                + values.enumerated().map { "{\"drift\": \(0.5 + Double($0) / 64), \"\(key)\": \($1)}" }
                .joined(separator: ", ") + "]}"
        }
        // Twice at one step, and a last one that stands off.
        let steps = [30, 60, 90, 120, 150, 150, 180, 210, 240, 270, 300, 303]
        let counted = try json(log("step", steps)).filter { $0.metric == "drift" }
        #expect(counted.map { $0.owner.last } == steps.map { "step=\($0)" })
        let measured = try json(log("breaks", [1, 5, 6, 14, 15, 29, 31, 50, 51, 77, 90, 91]))
        #expect(measured.filter { $0.metric == "breaks" }.map(\.value.kind) == Array(repeating: .number, count: 12))
        let few = try json(log("step", [30, 60, 90, 120])).filter { $0.metric == "drift" }
        #expect(few.allSatisfy { !$0.owner.contains("step=30") })
    }

    @Test("a count that merely differs is measured") func counts() throws {
        let facts = try csv("loom,threads_broken,pull_s\na,17,0.5\nb,3,0.75\nc,9,0.25\n")
        #expect(facts.filter { $0.metric == "threads_broken" }.map(\.value) == [.number(17), .number(3), .number(9)])
    }

    @Test("a column of units is that of the numbers beside it") func unitColumn() throws {
        let facts = try csv("loom,what,value,unit\na,pull,12.5,ms\na,speed,3,items/s\n")
        #expect(facts.map(\.unit) == ["ms", "items/s"])
        #expect(facts.map(\.dimension) == [.time, .rate])
        let timed = try csv("loom,rounds,pull_time,time_unit\na,7,12.5,us\nb,9,1.5,ms\n")
        #expect(timed.filter { $0.metric == "pull_time" }.map(\.unit) == ["µs", "ms"])
        #expect(timed.filter { $0.metric == "rounds" }.allSatisfy { $0.unit == nil })
    }

    @Test("in long form a text names the metric, in rows of metrics the headers name the statistic") func longForm()
        throws
    {
        let long = try csv("loom,metric,value\na,p99_pull_ms,12.5\na,breaks_per_hour,3\n")
        #expect(long.map(\.metric) == ["p99_pull_ms", "breaks_per_hour"])
        #expect(long.map(\.statistic) == [.p99, .raw])
        #expect(long.map(\.owner) == [["a"], ["a"]])
        let stated = try csv(
            "loom,metric,statistic,value,unit\na,pull,average,1.5,ms\na,pull,P99,9.5,ms\na,breaks,,3,\n")
        #expect(stated.map(\.metric) == ["pull", "pull", "breaks"])
        #expect(stated.map(\.statistic) == [.mean, .p99, .raw])
        #expect(stated.map(\.owner) == [["a"], ["a"], ["a"]])
        let turned = try csv("metric,Heron X,Wren,Lark\npull_ms,1.5,2.5,3.5\nbreaks,3,4,5\n")
        #expect(turned.map(\.owner) == [["Heron X"], ["Wren"], ["Lark"], ["Heron X"], ["Wren"], ["Lark"]])
        #expect(turned.map(\.unit) == ["ms", "ms", "ms", nil, nil, nil])
        let rows = try csv("Metric,avg,p99\nPull Time (ms),1.5,9.5\nWeave Time (ms),2.5,8.5\n")
        #expect(rows.map(\.metric) == ["Pull Time (ms)", "Pull Time (ms)", "Weave Time (ms)", "Weave Time (ms)"])
        #expect(rows.map(\.statistic) == [.mean, .p99, .mean, .p99])
        #expect(rows.map(\.unit) == ["ms", "ms", "ms", "ms"])
    }

    @Test("headers of percents beside times are percentiles of what the others tell statistics of") func percents()
        throws
    {
        let facts = try csv("Loom,Median Pull Time,Max Pull Time,Mean Size,50%,99.9%,100%\na,3,9,7.5,3,8,9\n")
        #expect(facts.map(\.statistic) == [.median, .max, .mean, .median, .quantile(0.999), .max])
        #expect(facts.suffix(3).map(\.dimension) == [.time, .time, .time])
        #expect(facts.last?.source.column == "100%")
    }

    @Test("a column shows whether its comma is a decimal one") func decimalCommas() throws {
        let facts = try csv("loom;pull (ms);total\na;12,5;1 863,0\nb;14,75;28,500\n")
        #expect(facts.map(\.number) == [12.5, 1863, 14.75, 28.5])
        #expect(try csv("loom,picks\na,\"1,234\"\nb,\"12,500\"\n").map(\.number) == [1234, 12500])
    }

    @Test("what is measured with a decimal comma is no setting of a sweep") func sweptCommas() throws {
        let drags = [149.6, 83.1, 938.9, 74.4, 23.4, 63.1, 305.7, 1144.1]
        let table =
            "loom;shift;weft;drag [MiB];picks\n"
            + drags.enumerated().map { row, drag in
                let names = "\(row % 2 == 0 ? "oak" : "elm");\(row < 4 ? "day" : "night");\(row % 4 < 2 ? 1 : 4)"
                return "\(names);\("\(drag)".replacing(".", with: ","));\(37 * row * row + 73)"
            }.joined(separator: "\n") + "\n"
        for text in [table, table.replacing(",", with: ".")] {
            let facts = try csv(text).filter { $0.unit == "MiB" }
            #expect(facts.map(\.number) == drags)
            #expect(facts.first?.owner == ["oak", "day", "weft=1"])
        }
    }

    @Test("blank cells of the first columns repeat the one above") func blankCells() throws {
        let facts = markdown(
            "| loom | test | pull (s) |\n|-|-|-|\n| a | x | 1 |\n| | y | 2 |\n| b | x | 3 |\n| | y | 4 |\n")
        #expect(facts.map(\.owner) == [["a", "x"], ["a", "y"], ["b", "x"], ["b", "y"]])
    }

    @Test("blocks have headers of their own, and comments none") func blocks() throws {
        let facts = try csv("# made by loom 1.2\nloom,pull_s\na,1.5\n\nTotals\nyard,picks,cost_eur\nx,7,2.5\n")
        #expect(facts.map(\.metric) == ["pull_s", "picks", "cost_eur"])
        #expect(facts.map(\.owner) == [["a"], ["Totals", "x"], ["Totals", "x"]])
        #expect(try csv("# tick,drift\n1,0.5\n2,0.25\n").map(\.metric).last == "drift")
    }

    @Test("dates, versions and commits are facts of their kinds") func kinds() throws {
        let facts = try csv(
            "day,build,commit,pull_s\n2026-05-11,1.4.2,a1b2c3d4e5,1.5\n2026-05-12,1.4.3,b2c3d4e5f6,2.5\n")
        #expect(facts.prefix(4).map(\.value.kind) == [.date, .version, .identifier, .number])
        #expect(facts[3].owner.isEmpty)
    }

    @Test("days name the rows that nothing else names, and a count beside them is measured") func days() throws {
        let facts = try csv("day,looms,picks\n2026-05-11,310,75\n2026-05-12,290,81\n2026-05-13,305,64\n")
        #expect(facts.map(\.metric) == ["looms", "picks", "looms", "picks", "looms", "picks"])
        #expect(facts.allSatisfy { $0.value.kind == .number })
        #expect(facts[0].owner == ["2026-05-11"])
    }

    @Test("a unit above the names of rows is that of columns that have none") func corner() throws {
        #expect(try csv("yard (EUR),jan,feb\nx,7,8\ny,9,6\n").map(\.unit) == ["€", "€", "€", "€"])
        #expect(try csv("yard (EUR),jan,pull (s)\nx,7,8\ny,9,6\n").map(\.unit) == [nil, "s", nil, "s"])
    }

    @Test("a number behind a unit's letters makes a name of it") func numberedNames() throws {
        #expect(try csv("tick,db-01,db-02\na,1.5,2.5\n").map(\.unit) == [nil, nil])
    }

    @Test("NaN is a missing value, and the file is read") func missing() throws {
        var collector = FactCollector(maximumFacts: 100)
        collector.packer.begin(file: "a.json")
        try Array(#"{"pull_s": NaN, "drift_s": 1.5, "low": -Infinity}"#.utf8).withUnsafeBufferPointer {
            try JSONFacts.read($0, file: "a.json", into: &collector)
        }
        #expect(collector.takeRemarks().missing == 2)
        #expect(try csv("loom,pull_s\na,nan\nb,1.5\n").map(\.number) == [1.5])
    }

    @Test("texts beside a number in JSON name it, up to the root") func jsonTexts() throws {
        let facts = try json(
            #"{"site": "north", "looms": [{"kind": "jet", "pull": {"unit": "ms", "avg": 1.5, "p(95)": 4}}]}"#)
        #expect(facts.map(\.owner) == [["north", "jet", "pull"], ["north", "jet", "pull"]])
        #expect(facts.map(\.metric) == ["pull.avg", "pull.p(95)"])
        #expect(facts.map(\.statistic) == [.mean, .p95])
        #expect(facts.map(\.unit) == ["ms", "ms"])
    }

    @Test("numbers that count up in an array's objects select them") func jsonKeys() throws {
        let facts = try json(
            #"[{"lanes": 1, "pull_s": 1.5}, {"lanes": 2, "pull_s": 2.5}, {"lanes": 4, "pull_s": 3.5}]"#)
        #expect(facts.filter { $0.value.kind == .number }.map(\.owner) == [["lanes=1"], ["lanes=2"], ["lanes=4"]])
        let nested = try json(
            #"[{"lanes": 1, "pull": {"value": 1.5}}, {"lanes": 1, "pull": {"value": 2}}, "#
                + #"{"lanes": 4, "pull": {"value": 3}}, {"lanes": 4, "pull": {"value": 4}}]"#)
        #expect(nested.last?.owner.contains("lanes=4") == true)
        #expect(try json(#"{"lanes": {"8": {"pull_s": 1.5}}}"#).map(\.owner) == [["lanes", "lanes=8"]])
    }

    @Test("a container says nothing of what is measured") func containers() throws {
        let facts = try json(#"{"results": {"pull": {"stats": {"mean": 1.5}, "percentiles": {"99.0": 4}}}}"#)
        #expect(facts.map(\.metric) == ["pull.mean", "pull.99.0"])
        #expect(facts.map(\.statistic) == [.mean, .p99])
    }

    @Test("a metric and its value stand under keys of their own") func jsonLongForm() throws {
        let facts = try json(
            #"[{"metric": "p99_pull_ms", "value": 4.5}, {"name": "Weave Time", "result": 7, "unit": "s"}]"#)
        #expect(facts.map(\.metric) == ["p99_pull_ms", "Weave Time"])
        #expect(facts.map(\.statistic) == [.p99, .raw])
        #expect(facts.map(\.unit) == ["ms", "s"])
    }

    @Test("lines of JSON are an array of documents, under either name") func lines() throws {
        let text = "{\"loom\": \"x\", \"pull_s\": 1.5}\n\n{\"loom\": \"y\", \"pull_s\": 2.5}\n"
        for file in ["a.jsonl", "a.ndjson", "a.json"] {
            let facts = try json(text, file)
            #expect(facts.map(\.owner) == [["x"], ["y"]])
            #expect(facts.map(\.source.pointer) == ["/0/pull_s", "/1/pull_s"])
        }
        #expect(throws: FileRefusal.self) { try json("{\"a\": 1}\n{\"a\": }\n", "a.jsonl") }
    }

    @Test("items of lists and lines of code blocks give their figures a name") func definitions() {
        let facts = markdown(
            "# Loom\n\n- **Pull time**: 12.5 ms\n- picks: 7\n- see also: other\n\n```\nMean drift (us):   4.5\n"
                + "lane   pull (s)   picks\n----   --------   -----\nx      1.5        7\ny      2.5        9\n```\n")
        #expect(
            facts.map(\.metric) == ["Pull time", "picks", "Mean drift (us)", "pull (s)", "picks", "pull (s)", "picks"])
        #expect(facts.map(\.unit) == ["ms", nil, "µs", "s", nil, "s", nil])
        #expect(facts.last?.owner == ["Loom", "y"])
    }
}

@Suite("files as they are") struct FileFormTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("loom,pull_s\na,1.5\n", to: "in/a.csv")
    }

    func gzip(_ text: String, to path: String) throws {
        let url = try folder.write(text, to: path)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-n", url.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    func read(maxFileBytes: Int = 1 << 20, maxFiles: Int = 100) throws -> Corpus {
        try Ingest.read(
            folder.url.path,
            CorpusConfiguration(
                roots: [CorpusRoot(path: "in", extensions: CorpusRoot.supportedExtensions)],
                maxFiles: maxFiles, maxFileBytes: maxFileBytes))
    }

    @Test("a compressed file is read as what is inside") func compressed() throws {
        try gzip("loom,pull_s\nb,2.5\n", to: "in/b.csv")
        try gzip(#"{"loom": "c", "pull_s": 3.5}"#, to: "in/c.json")
        let corpus = try read()
        #expect(corpus.files.map(\.path) == ["in/a.csv", "in/b.csv.gz", "in/c.json.gz"])
        #expect(corpus.facts.map(\.number) == [1.5, 2.5, 3.5])
    }

    @Test("what is compressed is capped, and a torn file refused") func capped() throws {
        try gzip(String(repeating: "loom,pull_s\n", count: 10_000), to: "in/b.csv")
        try Data([0x1F, 0x8B, 0x08, 0x00]).write(to: folder.url.appending(path: "in/c.csv.gz"))
        let corpus = try read(maxFileBytes: 1000)
        #expect(corpus.files.map(\.path) == ["in/a.csv"])
        #expect(corpus.unreadable.map(\.path) == ["in/b.csv.gz", "in/c.csv.gz"])
        #expect(
            corpus.unreadable.map(\.reason) == [
                "more than 1000 bytes when decompressed; the limit is for one file", "it is no whole gzip file",
            ])
    }

    @Test("the regular lines of plain text beside the artefacts are read, of the others the numbers")
    func notes() throws {
        try folder.write("engine,latency_ms\nquill,12\n", to: "in/a.csv")
        try folder.write("progress: 10.0 s, 19491.2 tps\n\nlat 3.412 ms\n", to: "in/soak.log")
        let corpus = try read()
        #expect(corpus.files.map(\.path) == ["in/a.csv"])
        #expect(corpus.passedOver == 1)
        let mentions = corpus.mentions.map { ($0.written, $0.source.file, $0.source.line) }
        #expect(mentions.map(\.0) == ["10.0", "19491.2", "3.412"])
        #expect(mentions.allSatisfy { $0.1 == "in/soak.log" })
        #expect(mentions.map(\.2) == [1, 1, 3])
        #expect(corpus.facts.filter { $0.source.file == "in/soak.log" }.map(\.metric) == ["progress"])
    }

    @Test("notes take no place of an artefact, and of a long one only the first lines are taken")
    func manyNotes() throws {
        for index in 0..<3 { try folder.write("took \(100 + index).5 s\n", to: "in/0\(index).log") }
        try folder.write("engine,latency_ms\nquill,12\n", to: "in/a.csv")
        try folder.write("engine,latency_ms\nquill,13\n", to: "in/b.csv")
        let few = try read(maxFiles: 1)
        #expect(few.files.map(\.path) == ["in/a.csv"])
        #expect(few.mentions.map(\.written) == ["100.5"])
        #expect(few.warnings.contains { $0.message.hasPrefix("1 files beyond the limit of 1") })
        let lines = (0..<20_000).map { "step \(100_000 + $0)" }
        try folder.write(lines.joined(separator: "\n"), to: "in/long.txt")
        let mentions = try read().mentions.filter { $0.source.file == "in/long.txt" }
        // 12 bytes a line, of 65,536.
        #expect(mentions.count == 5461)
        #expect(mentions.last?.written == "105460")
    }

    @Test("so are those of a file that cannot be read as what its name says")
    func refused() throws {
        try folder.write("engine,latency_ms\nquill,12\n", to: "in/a.csv")
        let lines = [
            "engine,latency_s", "quill,0.002745,1%", "inkwell", "blot,0.003012,0.001,2%",
        ]
        try folder.write(lines.joined(separator: "\n"), to: "in/bench.csv")
        let corpus = try read()
        #expect(corpus.unreadable.map(\.path) == ["in/bench.csv"])
        #expect(corpus.mentions.map(\.written).contains("0.003012"))
        #expect(corpus.facts.map(\.source.file) == ["in/a.csv"])
    }

    @Test("words above a table are none of it, and names of files above its columns are theirs")
    func preamble() throws {
        let lines = [
            "goos: linux", "goarch: amd64", "pkg: store", "cpu: small", ",v1.txt,,v2.txt,,,",
            ",sec/op,CI,sec/op,CI,vs base,P", "Flush-16,0.002745,1%,0.003012,1%,+9.73%,p=0.000",
            "Fetch-16,0.001745,1%,0.001612,1%,-7.62%,p=0.000",
        ]
        try folder.write(lines.joined(separator: "\n"), to: "in/bench.csv")
        let facts = try read().facts.filter { $0.unit == "s/op" }
        #expect(facts.map(\.number) == [0.002745, 0.003012, 0.001745, 0.001612])
        #expect(facts.map(\.metric) == ["v1.txt", "v2.txt", "v1.txt", "v2.txt"])
    }

    @Test("files with data in other forms are counted, not passed over in silence") func passedOver() throws {
        for name in ["b.log", "c.log", "d.parquet", "e.swift"] { try folder.write("x", to: "in/\(name)") }
        #expect(
            try read().warnings.map(\.message) == [
                "files that are no artefacts: 2 .log, 1 .parquet; of text only regular lines are read"
            ])
    }
}
