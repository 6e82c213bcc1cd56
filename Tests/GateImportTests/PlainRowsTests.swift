import GateCore
import Testing

@testable import GateImport

@Suite("Plain rows with declared columns") struct PlainRowsTests {
    private func results(
        _ text: String, _ metrics: [String], subject: String? = nil
    ) throws -> ToolResults {
        try ToolResults(
            Array(text.utf8), file: "f",
            ImportOptions(columns: try metrics.map { try ColumnDeclaration($0) }.checked(), subjectColumn: subject))
    }

    @Test("CSV: each row is a measurement, in the declared unit, of what the case column names") func table() throws {
        let results = try results(
            "model,elapsed,speed\na,120,30.5\nb,240,\"15\"\na,130,31\n",
            ["time=elapsed:ms:lower", "rate=speed:tok/s:higher"],
            subject: "model")
        #expect(results.tool == "CSV")
        #expect(results.series.map(\.subject) == ["a", "a", "b", "b"])
        #expect(results.series.map(\.metric.id.rawValue).prefix(2) == ["time:s:lower", "rate:tok/s:higher"])
        #expect(results.series.map(\.values) == [[0.12, 0.13], [30.5, 31], [0.24], [15]])
    }

    @Test(
        "semicolons, tabs and a byte order mark are read",
        arguments: ["a;t\nx;2\n", "a\tt\nx\t2\n", "\u{FEFF}a,t\nx,2\n"])
    func separators(_ text: String) throws {
        #expect(try results(text, ["time=t:s:lower"]).series.map(\.values) == [[2]])
    }

    @Test(
        "JSON: an array, one object, or an object a line; a path leads into objects",
        arguments: [
            #"[{"stats": {"t": 1}}, {"stats": {"t": 2}}]"#, "{\"stats\": {\"t\": 1}}\n{\"stats\": {\"t\": 2}}\n",
            #"[{"stats.t": 1}, {"stats.t": 2}]"#,
        ])
    func json(_ text: String) throws {
        let results = try results(text, ["time=stats.t:s:lower"])
        #expect(results.tool == "JSON")
        #expect(results.series.map(\.values) == [[1, 2]])
    }

    @Test(
        "what is no measurement is refused with its place",
        arguments: [
            ("a,t\n", "is of CSV, and nothing was measured in it"),
            ("a,t\nx\n", "line 2: 1 fields, where the header has 2"),
            ("t,t\n1,2\n", "two columns are called 't'"), ("a,u\nx,1\n", "'f' has no 't' (line 2)"),
            ("a,t\nx,1\ny,\n", "line 3, 't': an empty cell is no number"), ("a,t\nx,nan\n", "'nan' is no number"),
            ("a,t\nx,-1\n", "nobody can have measured -1.0 s"), ("a,t\nx,1e99\n", "nobody can have measured 1e+99 s"),
            ("a,t\nx,5 ms\n", "'5 ms' is no number"), (#"[{"t": null}]"#, "'/0', 't': null or NaN is no number"),
            (#"[{"t": NaN}]"#, "null or NaN is no number"), ("[]", "is of JSON, and nothing was measured in it"),
        ])
    func refused(_ text: String, _ message: String) throws {
        let error = #expect(throws: ImportError.self) { try results(text, ["time=t:s:lower"]) }
        #expect(error?.message.contains(message) == true, "\(String(describing: error?.message))")
        #expect(error?.isOfCommandLine == false)
    }

    @Test(
        "a declaration without unit or direction is refused",
        arguments: [
            ("time", "there is no column"), ("time=t", "unit or direction is missing"),
            ("time=t:lower", "unit or direction is missing"), ("time=t:ms:faster", "'faster' is no direction"),
            ("time=t:furlong:lower", "'furlong' is no unit"), ("Time=t:ms:lower", "'Time' is no name"),
        ])
    func declarations(_ text: String, _ message: String) throws {
        let error = #expect(throws: ImportError.self) { try ColumnDeclaration(text) }
        #expect(error?.message.contains(message) == true && error?.isOfCommandLine == true)
    }

    @Test("a metric has one unit and one direction") func twice() throws {
        let error = #expect(throws: ImportError.self) {
            try ["time=a:ms:lower", "time=b:s:higher"].map { try ColumnDeclaration($0) }.checked()
        }
        #expect(error?.message == "'time' is declared twice, as a (time:s:lower) and as b (time:s:higher)")
    }

    @Test(
        "units are those that metrics are in",
        arguments: [
            ("ms", MetricUnit.seconds, 0.001), ("ns/op", .seconds, 1e-9), ("KiB", .bytes, 1024),
            ("tokens/sec", .tokensPerSecond, 1),
            ("req/min", .requestsPerSecond, 1.0 / 60), ("op/s", .perSecond, 1), ("%", .ratio, 0.01),
            ("ratio", .ratio, 1),
            ("count", .count, 1), ("cost", .cost, 1),
        ])
    func units(_ written: String, _ unit: MetricUnit, _ factor: Double) throws {
        let read = try #require(ImportedUnit(written))
        #expect(read.unit == unit && abs(read.factor - factor) < 1e-12 * factor + 1e-18, "\(read)")
    }

    @Test("what is no unit of a metric is none", arguments: ["x", "°C", "W", "furlong", ""])
    func noUnits(_ written: String) { #expect(ImportedUnit(written) == nil) }
}
