import Foundation
import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

/// Files as people have them, with all that goes wrong when they are made.
@Suite("files of a new user") struct NewcomerTests {
    // MARK: - Tables

    @Test(
        "line ends of all kinds, blank lines and quotes with line ends in them are read",
        arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) throws {
        let (text, rows) = ("loom,note,pull_s", ["", "jet,\"two\(end)lines, \"\"x\"\"\",1.5", "air,\"\",2.5", ""])
        let facts = try csv(([text] + rows).joined(separator: end))
        #expect(facts.map(\.number) == [1.5, 2.5])
        #expect(facts.map(\.owner) == [["jet", "two lines, \"x\""], ["air"]])
    }

    @Test("blank headers are numbered, repeated ones kept, short rows filled") func headers() throws {
        let blank = try csv(",pull_s,,picks\njet,1.5,x,7\nair,2.5,y,9\n")
        #expect(blank.map(\.owner) == [["jet", "x"], ["jet", "x"], ["air", "y"], ["air", "y"]])
        let twice = try csv("loom,pull_s,pull_s\njet,1.5,2.5\nair,3.5\n")
        #expect(twice.map(\.number) == [1.5, 2.5, 3.5])
        #expect(throws: FileRefusal.self) { try csv("loom,pull_s\njet,1.5,2.5\n") }
    }

    @Test(
        "a row of units below the header is one, however it is written",
        arguments: [",ms,picks/s,GB", "-,[ms],[picks/s],(GB)", "name,ms,picks/s,GB", "\"\",ms,picks/s,GB"])
    func units(_ row: String) throws {
        let facts = try csv("loom,pull,speed,memory\n\(row)\njet,1.5,30,2.5\nair,2.5,20,3.5\n")
        #expect(facts.prefix(3).map(\.unit) == ["ms", "picks/s", "GB"])
        #expect(facts.map(\.number) == [1.5, 30, 2.5, 2.5, 20, 3.5])
        #expect(facts.allSatisfy { $0.owner.count == 1 })
    }

    @Test("a row of words is no row of units") func noUnits() throws {
        let facts = try csv("loom,kind,pull_s\nair,test,\njet,run,1.5\n")
        #expect(facts.map(\.owner) == [["jet", "run"]])
    }

    @Test("names below the names of groups are read with them") func groups() throws {
        let facts = try csv("loom,Pull time,,Speed\n,p50 (ms),p99 (ms),picks/s\njet,12,20,30\nair,13,21,40\n")
        #expect(facts.prefix(3).map(\.metric) == ["Pull time p50 (ms)", "Pull time p99 (ms)", "Speed"])
        #expect(facts.prefix(3).map(\.statistic) == [.median, .p99, .raw])
        #expect(facts.prefix(3).map(\.unit) == ["ms", "ms", "picks/s"])
    }

    @Test(
        "thousands are separated in every way",
        arguments: [
            ("loom,picks\na,1 234 567\nb,2 345\n", [1_234_567, 2345]),
            ("loom,picks\na,1'234'567\nb,12\n", [1_234_567, 12]),
            ("loom,picks\na,\"1,234,567\"\nb,\"2,345\"\n", [1_234_567, 2345]),
            ("loom;picks\na;1.234.567\nb;2.345\n", [1_234_567, 2345]),
            ("loom;pull_s;picks\na;12,5;12.345\nb;13,5;1.000\n", [12.5, 12345, 13.5, 1000]),
            ("loom;drift\na;0,125\nb;0,250\n", [0.125, 0.25]),
            ("loom;drift;pull\na;0,125;1,250\nb;0,250;2,500\n", [0.125, 1.25, 0.25, 2.5]),
        ])
    func thousands(_ text: String, _ numbers: [Double]) throws {
        #expect(try csv(text).map(\.number) == numbers)
    }

    @Test("points that are fractions stay so, whatever stands in other columns") func fractions() throws {
        #expect(try csv("loom,lanes,pull_s\na,\"0,1\",1.250\nb,\"2,3\",2.5\n").compactMap(\.number).contains(1.25))
        #expect(try csv("loom;version\na;1.2.3\nb;1.2.4\n").map(\.value.kind) == [.version, .version])
    }

    @Test("sep= is read in capitals, too, and behind a byte order mark", arguments: ["sep=;", "SEP=;"])
    func declared(_ line: String) throws {
        #expect(try csv("\(line)\r\nloom;pull (ms)\r\njet;12,5\r\n").map(\.number) == [12.5])
    }

    @Test("what a profiler says before its table is none of it") func preamble() throws {
        let facts = try csv(
            "==PROF== Connected to process 48\n==PROF== Left process 48\nloom,pull_s\njet,1.5\nair,2.5\n")
        #expect(facts.map(\.number) == [1.5, 2.5])
        #expect(facts.map(\.owner) == [["jet"], ["air"]])
        #expect(throws: FileRefusal.self) { try csv("pull_s\n1\n2,3\n") }
    }

    @Test("where the metric, its unit and its value are said, other numbers tell on what they were measured")
    func saidMetrics() throws {
        let facts = try csv(
            """
            Kernel,Device,CC,Metric Name,Metric Unit,Metric Value
            sum,0,8.0,Duration,us,820.42
            sum,0,8.0,Memory Throughput,%,84.16
            sum,0,8.0,Registers Per Thread,register/thread,18
            dot,0,8.0,Duration,us,738.1

            """)
        #expect(facts.filter { $0.value.kind == .number }.map(\.number) == [820.42, 84.16, 18, 738.1])
        #expect(facts.filter { $0.value.kind == .number }.map(\.unit) == ["µs", "%", nil, "µs"])
        #expect(facts.first { $0.number == 18 }?.metric == "Registers Per Thread")
    }

    @Test("percents, totals and merged first cells") func rest() throws {
        let percents = try csv("loom,hits,error_rate\njet,95.5%,0.5 %\nair,96%,1 %\n")
        #expect(percents.map(\.number) == [95.5, 0.5, 96, 1])
        #expect(percents.allSatisfy { $0.unit == "%" && $0.dimension == .ratio })
        let merged = try csv("loom,lanes,pull_ms\njet,1,12\n,2,14\n,4,16\nair,1,13\n,2,15\n,4,17\n")
        let owners = merged.filter { $0.value.kind == .number }.map(\.owner)
        #expect(owners.map { $0[0] } == ["jet", "jet", "jet", "air", "air", "air"])
        #expect(owners[4] == ["air", "lanes=2"])
        #expect(try csv("loom,picks\njet,100\nTotal,300\n").map(\.owner) == [["jet"], ["Total"]])
    }

    // MARK: - JSON

    @Test("documents follow each other on lines or not, and a broken one is refused by its line") func documents()
        throws
    {
        for text in [
            "{\"loom\": \"x\", \"pull_s\": 1.5}\r\n{\"loom\": \"y\", \"pull_s\": 2.5}\r\n",
            "{\n \"loom\": \"x\",\n \"pull_s\": 1.5\n}\n{\n \"loom\": \"y\",\n \"pull_s\": 2.5\n}\n",
        ] {
            #expect(try json(text).map(\.owner) == [["x"], ["y"]])
        }
        #expect(throws: FileRefusal.self) { try json("{\"pull_s\": 1.5}}\n") }
        #expect(throws: FileRefusal.self) { try json("{\"pull_s\": 1.5,}\n") }
    }

    @Test("a comma in a string is decimal where a unit says that it is a number") func jsonCommas() throws {
        let facts = try json(#"{"pull": "12,5 ms", "drift_s": "0,5", "speed": "1,234 picks/s", "lanes": "0,1"}"#)
        #expect(facts.map(\.number) == [12.5, 0.5, 1234])
        #expect(facts.map(\.unit) == ["ms", "s", "picks/s"])
        #expect(facts[0].owner == ["0,1"])
    }

    // MARK: - Lists, figures and code blocks

    @Test(
        "a figure stands behind a colon, an equals sign or a dash",
        arguments: [
            ("- TTFT: 12 ms", "TTFT"), ("**p95 latency**: 340 ms", "p95 latency"),
            ("**Latency p50:** 120 ms", "Latency p50"),
            ("* Throughput — 1,234 req/s", "Throughput"), ("- TTFT – 12 ms", "TTFT"), ("+ Memory - 12.5 GB", "Memory"),
            ("TTFT = 12 ms", "TTFT"), ("TTFT: 12 ms", "TTFT"), ("1. `pull_time` = 3 s", "pull_time"),
            ("- [x] TTFT: 12 ms", "[x] TTFT"),
        ])
    func figures(_ line: String, _ metric: String) {
        #expect(markdown("# Loom\n\n\(line)\n").map(\.metric) == [metric])
    }

    @Test(
        "a sentence is no figure",
        arguments: [
            "- Steps 3 - 4", "Note: 12", "In all: 7 looms stood still and 3 ran.", "Page 1 - 2", "- see also: other",
            "It took 12 ms = too long",
        ])
    func sentences(_ line: String) { #expect(markdown("\(line)\n").isEmpty) }

    @Test("points of a list name the figures below them") func points() {
        let facts = markdown(
            """
            ## Results

            - lark
              - TTFT: 14 ms
              - TPS: 33 tok/s
            - wren:

              - TTFT: 15 ms
            - **heron**
            \t- TTFT: 16 ms

            Text.

            - TTFT: 17 ms
            """)
        #expect(
            facts.map(\.owner) == [
                ["Results", "lark"], ["Results", "lark"], ["Results", "wren"], ["Results", "heron"], ["Results"],
            ])
    }

    @Test("a point that names a metric is that of the statistics and of the owners below it") func metricPoints() {
        let facts = markdown(
            "- Latency:\n  - p50: 12 ms\n  - p99: 20 ms\n- Throughput:\n  - lark: 45 tok/s\n- TTFT: 9 ms\n  - max: 10 ms\n"
        )
        #expect(facts.map(\.metric) == ["Latency", "Latency", "Throughput", "TTFT", "TTFT"])
        #expect(facts.map(\.statistic) == [.median, .p99, .raw, .raw, .max])
        #expect(facts.map(\.owner) == [[], [], ["lark"], [], []])
        #expect(facts.map(\.unit) == ["ms", "ms", "tok/s", "ms", "ms"])
    }

    @Test(
        "tables of consoles are read with the bars that programs draw",
        arguments: [
            "+------+----------+\n| loom | pull (s) |\n+------+----------+\n| jet  | 1.5      |\n| air  | -        |\n| fly  | 2.5      |\n+------+----------+",
            " loom | pull (s)\n------+----------\n jet  |      1.5\n air  |\n fly  |      2.5\n(3 rows)",
            "┏━━━━━━┳━━━━━━━━━━┓\n┃ loom ┃ pull (s) ┃\n┡━━━━━━╇━━━━━━━━━━┩\n│ jet  │ 1.5      │\n│ air  │ n/a      │\n│ fly  │ 2.5      │\n└──────┴──────────┘",
        ])
    func bars(_ table: String) {
        let facts = markdown("# Shed\n\n```\n\(table)\n```\n")
        #expect(facts.map(\.metric) == ["pull (s)", "pull (s)"])
        #expect(facts.map(\.owner) == [["Shed", "jet"], ["Shed", "fly"]])
        #expect(facts.map(\.number) == [1.5, 2.5])
    }

    @Test("a row of a console's table without numbers does not end it") func emptyRow() {
        let facts = markdown("```\nloom  pull (s)\n----  --------\njet   1.5\nair   n/a\nfly   2.5\n```\n")
        #expect(facts.map(\.metric) == ["pull (s)", "pull (s)"])
        #expect(facts.map(\.owner) == [["jet"], ["fly"]])
    }

    // MARK: - Bytes

    @Test("UTF-16 is read with and without its mark") func utf16() throws {
        let folder = try TemporaryFolder()
        let text = "loom,pull_s\njet,1.5\n"
        let little = Data(text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
        let big = Data(text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] })
        try folder.write("loom,pull_s\njet,1.5\n", to: "reports/a.csv")
        try (Data([0xFF, 0xFE]) + little).write(to: folder.url.appending(path: "reports/b.csv"))
        try little.write(to: folder.url.appending(path: "reports/c.csv"))
        try big.write(to: folder.url.appending(path: "reports/d.csv"))
        let corpus = try Ingest.read(folder.url.path)
        #expect(corpus.facts.map(\.number) == [1.5, 1.5, 1.5, 1.5])
        #expect(corpus.warnings.isEmpty)
    }

    @Test("a broken table in HTML is told with its file, line and reason") func told() throws {
        let folder = try TemporaryFolder()
        try folder.write("- picks: 7\n<table><tr><th>loom<th>pull_s<tr><td>jet<td>1.5\n", to: "reports/a.md")
        #expect(
            try Ingest.read(folder.url.path).warnings.map(\.message) == [
                "reports/a.md: a table in HTML was passed over; line 2: it is never closed"
            ])
    }
}
