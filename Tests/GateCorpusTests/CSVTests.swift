import Foundation
import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

@Suite("CSV") struct CSVTests {
    func records(_ text: String) throws -> [[String]] {
        var text = text
        return try text.withUTF8 { bytes in
            var parser = CSVParser(bytes)
            var fields = Room<CSVParser.Field>()
            var records: [[String]] = []
            while try parser.next(&fields) { records.append((0..<fields.count).map { parser.text(fields[$0]) }) }
            return records
        }
    }

    func findings(_ text: String, maximumFacts: Int = 1000) throws -> CollectedFindings {
        try collected(from: text, "a.csv", maximumFacts: maximumFacts) { bytes, file, collector throws(FileRefusal) in
            try CSVFacts.read(bytes, file: file, into: &collector)
        }
    }

    @Test("quotes hold commas, line ends and doubled quotes") func quotes() throws {
        #expect(
            try records("a,\"b,\"\"c\"\"\r\nd\",\"\"\r\n,\"x\"\n") == [["a", "b,\"c\"\r\nd", ""], ["", "x"]])
    }

    @Test("records end with LF, CRLF, CR or the text; blank lines are none") func lineEnds() throws {
        for text in ["a,b\n1,2\n", "a,b\r\n1,2", "a,b\r1,2\r", "\n\na,b\n\r\n\n1,2\n\n"] {
            #expect(try records(text) == [["a", "b"], ["1", "2"]])
        }
        #expect(try records("a,\n,") == [["a", ""], ["", ""]])
        #expect(try records("").isEmpty)
    }

    @Test(
        "broken quotes name their line",
        arguments: [
            ("a\n\"b", "line 2: a quote is opened and never closed"),
            ("a\n\"b\nc\n\nd", "line 2: a quote is opened and never closed"),
            ("a\n\"b\" c\n", "line 2: text follows a closing quote"),
            ("a\n\"b\nc\"c\n", "line 3: text follows a closing quote"),
        ])
    func brokenQuotes(_ text: String, _ reason: String) {
        #expect(throws: FileRefusal.self) { try records(text) }
        do { _ = try records(text) } catch { #expect((error as? FileRefusal)?.reason == reason) }
    }

    @Test(
        "semicolons, tabs and bars separate as commas do",
        arguments: [
            "a;b_ms\nx;1,5\ny;2\n", "a\tb_ms\nx\t1.5\ny\t2\n", "sep=;\na;b_ms\nx;1,5\ny;2", "a|b_ms\nx|1.5\ny|2\n",
        ])
    func separators(_ text: String) throws {
        let facts = try findings(text).facts
        #expect(facts.map(\.number) == [1.5, 2])
        #expect(facts.map(\.owner) == [["x"], ["y"]])
        #expect(facts.map(\.unit) == ["ms", "ms"])
    }

    @Test("semicolons beside commas are text") func semicolons() throws {
        #expect(try findings("name;id,ttft_s\nx;1,2\n").facts.map(\.number) == [2])
    }

    @Test("a record's line counts line ends inside quotes") func lines() throws {
        let facts = try findings("name,note,ttft_s\na,\"x\r\ny\",1\n\nb,,2\n").facts
        #expect(facts.map(\.source.line) == [2, 5])
        #expect(facts.map(\.owner) == [["a", "x y"], ["b"]])
    }

    @Test("a short row has empty cells, a long one of empty cells no more columns") func ragged() throws {
        let facts = try findings("name,ttft_s,tokens_s\na,1\nb,,2,,\nc\n").facts
        #expect(facts.map(\.metric) == ["ttft_s", "tokens_s"])
        #expect(throws: FileRefusal.self) { try findings("a,b\n1,2,3\n") }
    }

    @Test("a file of only a header is read and has no facts") func onlyHeader() throws {
        #expect(try findings("model,tokens_s\n").facts.isEmpty)
        #expect(try findings("model,tokens_s").harvested.isEmpty)
    }

    @Test("only the first ten rows are harvested, the first number of each column") func harvest() throws {
        let rows = (1...12).map { "\($0 < 3 ? "n/a" : "\($0)"),\($0 < 11 ? "" : "7"),\"1,2\($0)0.5%\",5 s" }
        let harvested = try findings("TTFT,speed,Throughput,latency\n\(rows.joined(separator: "\n"))").harvested
        #expect(harvested.mapValues(\.value) == ["csv_TTFT": 3, "csv_Throughput": 1210.5, "csv_latency": 5])
        #expect(harvested["csv_TTFT"]?.source == FactSource(file: "a.csv", line: 4, column: "TTFT"))
    }

    @Test("labels, settings and errors are the owner, not the measurement") func owner() throws {
        let facts = try findings(
            """
            timestamp,model,num_gpu,temperature,prompt_index,latency (ms),error
            1759098967.2,gemma3,60,0.4,2,"1,024.50",
            1759098967.2,gemma3,60,0.4,3,0,timed out
            """
        ).measured
        #expect(facts.map(\.metric) == ["latency (ms)", "latency (ms)"])
        #expect(facts[0].owner == ["gemma3", "num_gpu=60", "temperature=0.4", "prompt_index=2"])
        #expect(facts[0].number == 1024.5)
        #expect(facts[0].written == "1,024.50")
        #expect(facts[0].unit == "ms")
        #expect(facts[1].owner.last == "error=timed out")
    }

    @Test("a temperature without other settings beside it is a measurement") func temperature() throws {
        let facts = try findings("gpu_id,gpu_temperature\n0,48\n").measured
        #expect(facts.map(\.dimension) == [.temperature])
        #expect(facts.map(\.owner) == [["gpu_id=0"]])
    }

    @Test("facts beyond the limit are counted") func limit() throws {
        let findings = try findings("ttft_s\n" + (0..<50).map { "\($0)\n" }.joined(), maximumFacts: 20)
        #expect(findings.facts.count == 20)
        #expect(findings.droppedFacts == 30)
    }

    @Test("two columns of one name are told, as nothing tells their values apart") func repeated() throws {
        let folder = try TemporaryFolder()
        try folder.write("loom,pull_s,pull_s\na,1.5,2.5\n", to: "in/a.csv")
        try folder.write("loom,pull_s,,\na,1.5,,\n", to: "in/b.csv")
        let roots = CorpusConfiguration(roots: [CorpusRoot(path: "in", extensions: ["csv"])])
        #expect(
            try Ingest.read(folder.url.path, roots).warnings.map(\.message) == [
                "in/a.csv: several columns are called 'pull_s'; nothing tells their values apart"
            ])
    }
}
