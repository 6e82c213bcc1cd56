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

    static let snake: (JSONEncoder, JSONDecoder) = {
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys]
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return (encoder, decoder)
    }()
    static let plain = (JSONEncoder(), JSONDecoder())

    @Test("its keys are the format's, and those of its dictionaries stay as they are") func keys() throws {
        for (encoder, _) in [Self.snake, Self.plain] {
            let json = try JSONValue.parse(Array(encoder.encode(file)))
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
    }

    @Test("it reads back the same, with and without key strategies, in any combination") func roundTrip() throws {
        for (encoder, _) in [Self.snake, Self.plain] {
            for (_, decoder) in [Self.snake, Self.plain] {
                #expect(try decoder.decode(FactsFile.self, from: encoder.encode(file)) == file)
            }
        }
    }

    @Test("a file that another tool wrote, without facts, is read, and its figures are those of the same corpus")
    func foreign() throws {
        let data = try Data(contentsOf: SharedData.own.appending(path: "facts.json"))
        let ours = FactsFile(
            corpus: try Ingest.read(SharedData.own.appending(path: "corpus").path), generatedDate: "2026-11-20",
            model: "toy:1b", agent: nil, config: [:], requiredSections: [], run: [:])
        for (_, decoder) in [Self.snake, Self.plain] {
            var file = try decoder.decode(FactsFile.self, from: data)
            #expect(file.reportId == "T1" && file.generatedDate == "2026-11-20" && file.agent == "Toy agent")
            #expect(file.config == ["num_ctx": 512, "num_gpu": 20, "temperature": 0.2])
            #expect(file.run["llm_metrics"]?["ttft_ms"] == 507.125)
            #expect(file.requiredSections == ["Executive Summary", "Key Findings"])
            #expect(file.facts.isEmpty)
            #expect(file.performanceMetrics == ours.performanceMetrics)
            // The times of files are those of a checkout.
            file.ingest.latestModified = ours.ingest.latestModified
            #expect(file.ingest == ours.ingest)
        }
    }

    @Test(
        "the facts of the labelled reports are read",
        .enabled(if: SharedData.isPresent, "needs ../shared beside the checkout"))
    func labelled() throws {
        let root = SharedData.url("data/report-quality/facts")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".json") }
        #expect(names.count == 8)
        for url in names.map({ root.appending(path: $0) }) + [
            SharedData.url("data/report-quality/mutations/facts.json")
        ] {
            let data = try Data(contentsOf: url)
            let json = try JSONValue.parse(Array(data))
            for (_, decoder) in [Self.snake, Self.plain] {
                let file = try decoder.decode(FactsFile.self, from: data)
                #expect(file.generatedDate == json["generated_date"]?.string)
                #expect(file.ingest.totalFiles == json["ingest"]?["total_files"]?.int)
                #expect(Set(file.performanceMetrics.keys) == Set(json["performance_metrics"]?.object?.map(\.key) ?? []))
                #expect(file.run["llm_metrics"]?["ttft_ms"] == json["run"]?["llm_metrics"]?["ttft_ms"]?.double)
                #expect(file.config["num_gpu"] == json["config"]?["num_gpu"]?.double)
                #expect(file.facts.isEmpty)
            }
        }
    }

    @Test(
        "the figures of the original's files are those of its own facts, but for times and line ends",
        .enabled(if: SharedData.isPresent, "needs ../shared beside the checkout"))
    func original() throws {
        let data = try Data(contentsOf: SharedData.url("data/report-quality/facts/R100.json"))
        var expected = try Self.plain.1.decode(FactsFile.self, from: data)
        let ours = FactsFile(
            corpus: try Ingest.read(SharedData.url("data/corpus").path), generatedDate: "", model: "", agent: nil,
            config: [:], requiredSections: [], run: [:])
        #expect(Set(ours.performanceMetrics.keys) == Set(expected.performanceMetrics.keys))
        expected.ingest.latestModified = ours.ingest.latestModified
        expected.ingest.totalBytes = 436_259
        #expect(ours.ingest == expected.ingest)
    }
}
