import GateCore
import Testing

@testable import GateImport

@Suite("Runs of what another tool measured") struct ImportedRunsTests {
    private func results(_ text: String, _ metric: String = "time=t:s:lower") throws -> ToolResults {
        try ToolResults(
            Array(text.utf8), file: "f", ImportOptions(columns: [try ColumnDeclaration(metric)], subjectColumn: "a"))
    }

    @Test("the first run has the first value of each series, files follow each other") func runs() throws {
        let runs = try ImportedRuns([try results("a,t\nx,1\ny,5\nx,2\n"), try results("a,t\nx,3\n")])
        #expect(runs.tool == ToolIdentity(name: "CSV", version: nil) && runs.warnings.isEmpty)
        let values = runs.runs.map { run in run.map { "\($0.stage) \($0.measurements["time:s:lower"] ?? -1)" } }
        #expect(values == [["x 1.0", "y 5.0"], ["x 2.0"], ["x 3.0"]])
    }

    @Test("statistics of several measurements are one value a file, which is said") func statistics() throws {
        let text = #"{"results": [{"command": "a", "mean": 0.5, "stddev": 0.1, "median": 0.4}]}"#
        let one = try ToolResults(Array(text.utf8), file: "f", ImportOptions())
        let runs = try ImportedRuns([one, one])
        #expect(runs.runs.count == 2)
        #expect(runs.warnings.first?.message.contains("one value of 2 of 2 series (median)") == true)
    }

    @Test("files of two tools are refused") func tools() throws {
        let other = try ToolResults(
            Array(#"{"results": [{"command": "a", "mean": 0.5}]}"#.utf8), file: "f", ImportOptions())
        let error = #expect(throws: ImportError.self) {
            try ImportedRuns([try results("a,t\nx,1\n"), other])
        }
        #expect(error == .severalTools(["CSV", "hyperfine"]) && error?.isOfCommandLine == true)
    }

    @Test(
        "what was measured becomes a stage's name",
        arguments: [
            ("sleep 0.02", "sleep-0.02"), ("test_a.py::test_b", "test_a.py-test_b"), ("BM_Sort/1024", "bm_sort-1024"),
            ("--", "unnamed"), ("run", "run-"), ("Überlauf", "berlauf"),
        ])
    func names(_ subject: String, _ name: String) { #expect(ImportedRuns.stageName(subject) == name) }

    @Test("two things of one name are refused") func sameName() throws {
        let error = #expect(throws: ImportError.self) { try ImportedRuns([try results("a,t\nA b,1\na-b,2\n")]) }
        #expect(error == .sameStage("a-b", first: "A b", second: "a-b"))
    }

    @Test(
        "a declared metric says unit and direction by its name",
        arguments: ["time:s:lower", "rate:tok/s:higher", "n:count:neutral"])
    func declared(_ name: String) throws {
        let metric = try #require(MetricCatalogue.metric(MetricID(rawValue: name)))
        #expect(metric.id.rawValue == name)
        #expect((metric.defaultTolerance == nil) == (metric.direction == .neutral))
    }

    @Test(
        "what is no declared metric is none",
        arguments: [
            "time", "time:s", "time:ms:lower", "time:s:down", "Time:s:lower", "a/b:s:lower", ":s:lower",
        ])
    func undeclared(_ name: String) { #expect(MetricCatalogue.metric(MetricID(rawValue: name)) == nil) }
}
