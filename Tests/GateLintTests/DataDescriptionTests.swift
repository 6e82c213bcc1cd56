import GateCore
import Testing

@testable import GateLint

@Suite("What a report says of the data's days and files")
struct DataDescriptionTests {
    private static let keels = Sample.facts([
        Sample.table(
            "runs/2026-02-17_dry/keel.csv", key: "keel", [("oak", ["drag_n": 41.7]), ("elm", ["drag_n": 39.2])]),
        Sample.table(
            "runs/2026-02-24_wet/keel.csv", key: "keel", [("oak", ["drag_n": 52.3]), ("elm", ["drag_n": 47.8])]),
    ])

    private func found(_ text: String) -> [String] { Sample.findings(text, Self.keels) }

    @Test(
        "days in the names of folders are days of the data, with a year and without one",
        arguments: [
            "# Keels, 17 February against 24 February",
            "| keel | 17 Feb | 24 Feb |\n|---|---|---|\n| oak | 41.7 | 52.3 |",
            "The drag of oak was measured on 17 February 2026.",
        ])
    func folders(text: String) { #expect(found(text) == []) }

    @Test("a moment in seconds is a day of the data")
    func moments() {
        let facts = Sample.facts([
            Sample.table("tide.csv", key: "buoy", [("a", ["tstamp": 1_779_271_335.7, "level_m": 2.4])])
        ])
        #expect(Sample.findings("The level of a was measured on 20 May 2026.", facts) == [])
        #expect(Sample.findings("The level of a was measured on 21 May 2026.", facts) == ["warning G07 21 May 2026"])
    }

    @Test(
        "a day that is close to one of the data, where the data is spoken of, is looked for in it",
        arguments: [
            ("Revision oak was swept on 17 February 2026 and revision elm on 24 March 2026.", "24 March 2026"),
            ("The keel oak followed on 27 February 2026.", "27 February 2026"),
            ("Somebody towed all of them on 17 April 2026.", "17 April 2026"),
            ("We towed oak, and on the next day, 18 February 2026, towed elm.", "18 February 2026"),
        ])
    func misprints(text: String, day: String) { #expect(found(text) == ["warning G07 \(day)"]) }

    @Test(
        "the day of another doing is not",
        arguments: [
            "The drag of oak was reviewed on 27 February 2026.", "The oak keel was delivered on 17 January 2026.",
            "The next tow of oak is on 26 February 2026.", "Author: harbour office, 17 May 2026.",
            "The price of copper fell on 3 October 2024.", "oak should be towed again on 28 February 2026.",
        ])
    func others(text: String) { #expect(found(text) == []) }

    private static func logs(named: [String], json: Int) -> ReportFacts {
        var file = FactsFile(
            generatedDate: "", model: "", agent: nil, config: [:],
            ingest: FactsFile.Ingest(
                totalFiles: json + 1, byType: ["json": json, "csv": 1], latestModified: [:],
                listedFiles: ["json": named, "csv": ["a.csv"]], notListed: ["json": json - named.count],
                totalBytes: 4096,
                dataTypes: ["csv", "json"]),
            performanceMetrics: [:], requiredSections: [], run: [:], facts: [])
        file.mentions = []
        return ReportFacts(file)
    }

    @Test(
        "JSON Lines beside JSON is counted by names",
        arguments: [
            ("The archive has 5 files: 2 JSON, 2 JSONL and 1 CSV.", []),
            ("The archive has 5 files: 2 JSON, 2 JSON Lines and 1 CSV.", []),
            ("The archive has 5 files: 4 JSON and 1 CSV.", []),
            ("The archive has 6 files: 2 JSON, 2 JSONL and 1 CSV.", ["error G02 6"]),
            ("The archive has 5 files: 4 JSON, 2 JSONL and 1 CSV.", ["error G02 4"]),
            ("The archive has 5 files: 2 JSON, 3 JSONL and 1 CSV.", ["error G02 3"]),
            ("The archive has 3 JSON files.", ["error G02 3"]),
            ("The archive has 3 YAML files.", []),
        ])
    func forms(text: String, expected: [String]) {
        let facts = Self.logs(named: ["x/a.json", "y/a.json", "x/run.jsonl", "y/run.jsonl.gz"], json: 4)
        #expect(Sample.findings(text, facts) == expected)
    }

    @Test("files without a name may be of any form")
    func unnamed() {
        let facts = Self.logs(named: ["a.json", "b.json", "c.jsonl"], json: 6)
        #expect(Sample.findings("The archive has 4 JSON and 2 JSONL files.", facts) == [])
        #expect(Sample.findings("The archive has 6 JSON and 2 JSONL files.", facts) == ["error G02 6"])
    }
}
