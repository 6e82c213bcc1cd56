import Foundation
import GateCore
import GateCorpus
import GateJSON
import TestSupport
import Testing

@Suite("facts.json") struct FactsFileTests {
    let file: FactsFile

    init() throws {
        let folder = try TemporaryFolder()
        for index in 0..<7 {
            try folder.write(
                #"{"results": [{"tokens_s": \#(index).5}], "myKey": {"Tokens_S": 2}}"#, to: "reports/\(index).json")
        }
        try folder.write("Tokens per Second\n14.24\n", to: "reports/a.csv")
        file = FactsFile(
            corpus: try Ingest.read(folder.url.path), generatedDate: "2026-11-23", model: "gemma3:latest",
            agent: "Chimera Agent", config: ["num_ctx": 512, "temperature": 0.8],
            requiredSections: ["Executive Summary"], run: ["llm_metrics": ["ttft_ms": 319.98, "tokens_generated": 617]])
    }

    /// As it is written into a session.
    private func json(_ file: FactsFile) throws -> JSONValue {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys]
        return try JSONValue.parse(Array(encoder.encode(file)))
    }

    private func members(_ json: JSONValue?) -> [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: (json?.object ?? []).map { ($0.key, $0.value) })
    }

    @Test("its keys are the format's, and those of its dictionaries stay as they are") func keys() throws {
        let json = try json(file)
        #expect(
            Set(json.object?.map(\.key) ?? []) == [
                "format_version", "generated_date", "model", "agent", "config", "ingest", "performance_metrics",
                "required_sections", "run", "facts",
            ])
        #expect(json["performance_metrics"]?["json_results[0].tokens_s"]?.double == 0.5)
        #expect(json["performance_metrics"]?["json_myKey.Tokens_S"]?.double == 2)
        #expect(json["performance_metrics"]?["csv_Tokens per Second"]?.double == 14.24)
        #expect(json["performance_metrics"]?["json_documents"]?.int == 7)
        #expect(json["performance_metrics"]?["data_types"]?[1]?.string == "json")
        #expect(json["ingest"]?["not_listed"]?["json"]?.int == 2)
        #expect(json["ingest"]?["listed_files"]?["json"]?.array?.count == 5)
        #expect(json["ingest"]?["by_type"]?["markdown"] == nil)
        #expect(json["run"]?["llm_metrics"]?["ttft_ms"]?.double == 319.98)
        #expect(json["config"]?["num_ctx"]?.int == 512)
        #expect(json["facts"]?[0]?["source"]?["file"]?.string == "reports/0.json")
    }

    @Test("a file that another tool wrote has the figures of the same corpus") func foreign() throws {
        let theirs = try JSONValue.parse(Array(Data(contentsOf: SharedData.own.appending(path: "facts.json"))))
        let ours = try json(
            FactsFile(
                corpus: try Ingest.read(SharedData.own.appending(path: "corpus").path), generatedDate: "2026-11-20",
                model: "toy:1b", agent: nil, config: [:], requiredSections: [], run: [:]))
        #expect(ours["generated_date"] == theirs["generated_date"] && ours["model"] == theirs["model"])
        #expect(members(ours["performance_metrics"]) == members(theirs["performance_metrics"]))
        #expect(figures(ours) == figures(theirs))
    }

    /// What a file says of its data; the times of files are those of a checkout.
    private func figures(_ json: JSONValue) -> [String: JSONValue] {
        members(json["ingest"]).filter { $0.key != "latest_modified" }
    }

    @Test(
        "the figures of the original's files are those of its own facts, but for times and line ends",
        .enabled(if: SharedData.isPresent, "needs ../shared beside the checkout"))
    func original() throws {
        let url = SharedData.url("data/report-quality/facts/R100.json")
        let theirs = try JSONValue.parse(Array(Data(contentsOf: url)))
        let ours = try json(
            FactsFile(
                corpus: try Ingest.read(SharedData.url("data/corpus").path), generatedDate: "", model: "", agent: nil,
                config: [:], requiredSections: [], run: [:]))
        #expect(
            Set(members(ours["performance_metrics"]).keys) == Set(members(theirs["performance_metrics"]).keys))
        var expected = figures(theirs)
        expected["total_bytes"] = 436_259
        #expect(figures(ours) == expected)
    }
}
