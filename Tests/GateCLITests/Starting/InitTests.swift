import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateCLI
@testable import GateSettings

@Suite("What 'init' finds and writes") struct InitTests {
    private static func ollama(_ models: String...) throws -> ScriptedServer {
        let list = models.map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
        return try ScriptedServer(.answer(status: "200 OK", body: #"{"models":[\#(list)]}"#))
    }

    private static func openAI(_ models: String...) throws -> ScriptedServer {
        let list = models.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        return try ScriptedServer(.answer(status: "200 OK", body: #"{"object":"list","data":[\#(list)]}"#))
    }

    private func faults(_ text: String) -> [String] {
        ConfigurationFaults(of: Array(text.utf8), path: "gate.yml", environment: [:], day: "2026-01-01").problems
            .map(\.description)
    }

    @Test("servers that answer are found with their models, each asked in its own API")
    func servers() throws {
        let (ollama, openAI) = (try Self.ollama("nomic-embed-text:latest", "llama3:8b"), try Self.openAI("m.gguf"))
        let places = [
            ServerPlace(api: .openai, url: "http://127.0.0.1:\(LoopbackPort.closed)"),
            ServerPlace(api: .ollama, url: ollama.url), ServerPlace(api: .openai, url: openAI.url),
        ]
        let found = try ServerSearch.servers(at: places)
        #expect(
            found == [
                FoundServer(place: places[1], models: ["nomic-embed-text:latest", "llama3:8b"]),
                FoundServer(place: places[2], models: ["m.gguf"]),
            ])
        #expect(found.map(\.model) == ["llama3:8b", "m.gguf"])
        #expect(ollama.requests.map { $0.prefix { !$0.isNewline } } == ["GET /api/tags HTTP/1.1"])
        #expect(openAI.requests.map { $0.prefix { !$0.isNewline } } == ["GET /v1/models HTTP/1.1"])
    }

    @Test("what answers otherwise is no model server, and names that no line can hold are left out")
    func others() throws {
        let page = try ScriptedServer(.answer(status: "200 OK", body: "<html>"))
        let missing = try ScriptedServer(.answer(status: "404 Not Found", body: "{}"))
        let hostile = try Self.openAI("a\\nruns: 0", "", "good")
        let empty = try Self.ollama()
        let found = try ServerSearch.servers(
            at: [
                ServerPlace(api: .ollama, url: empty.url), ServerPlace(api: .openai, url: page.url),
                ServerPlace(api: .ollama, url: missing.url), ServerPlace(api: .openai, url: hostile.url),
            ])
        #expect(found.map(\.models) == [["good"], []])
    }

    @Test("Ollama is looked for where its variable says")
    func places() throws {
        let places = try ServerSearch.usualPlaces(["OLLAMA_HOST": "gpu:1"])
        #expect(
            places.map(\.url) == [
                "http://gpu:1", "http://127.0.0.1:8080", "http://127.0.0.1:8000", "http://127.0.0.1:1234",
            ])
        #expect(places.map(\.api) == [.ollama, .openai, .openai, .openai])
        #expect(try ServerSearch.usualPlaces(["OLLAMA_HOST": ":8000"]).count == 3)
        #expect(throws: Refusal.self) { try ServerSearch.usualPlaces(["OLLAMA_HOST": "h:0"]) }
    }

    @Test("the topmost folders with artefacts are found; hidden ones, builds and programs are not")
    func folders() throws {
        let folder = try TemporaryFolder()
        for path in [
            "zoo/a.csv", "reports/r.md", "reports/deep/x.json", "data/csv/b.csv", "data/csv/c.JSON", ".hidden/a.csv",
            "build/a.csv", "app/package.json", "app/main.py", "app/fixtures/f.json", "notes/README.md", "top.csv",
            "node_modules/m/package.json", "a/b/c/d/e.csv",
        ] {
            try folder.write("x", to: path)
        }
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "linked"), withDestinationURL: folder.url.appending(path: "zoo"))
        #expect(
            ArtefactFolders.below(folder.url.path) == [
                ArtefactFolder(path: "reports", files: ["md": 1]),
                ArtefactFolder(path: "a/b/c/d", files: ["csv": 1]),
                ArtefactFolder(path: "app/fixtures", files: ["json": 1]),
                ArtefactFolder(path: "data/csv", files: ["csv": 1, "json": 1]),
                ArtefactFolder(path: "zoo", files: ["csv": 1]),
            ])
    }

    @Test("where folders have the usual names, the others are proposed only")
    func usualFolders() throws {
        let folders = ["reports", "ci/csv_data", "docs"].map { ArtefactFolder(path: $0, files: ["md": 2]) }
        let text = FirstConfiguration(server: nil, folders: folders).text
        #expect(try configuration(text).corpus.roots.map(\.path) == ["reports", "ci/csv_data"])
        #expect(text.contains("\n    # - docs   # 2 .md\n"))
        let other = FirstConfiguration(server: nil, folders: [folders[2]])
        #expect(other.roots == [folders[2]])
    }

    @Test("the file passes 'config check', whatever was found, and says it")
    func file() throws {
        let places = [
            ServerPlace(api: .ollama, url: "http://127.0.0.1:11434"),
            ServerPlace(api: .openai, url: "http://127.0.0.1:8080"),
        ]
        var servers = [nil, FoundServer(place: places[0], models: [])]
        for name in ["llama3:8b", "no", "8", "it's: # odd", "- x", "ü"] {
            servers += places.map { FoundServer(place: $0, models: [name, "other"]) }
        }
        let folders = [[], [ArtefactFolder(path: "data/c v", files: ["csv": 2, "md": 1])]]
        for server in servers {
            for folders in folders {
                let first = FirstConfiguration(server: server, others: servers.compactMap { $0 }, folders: folders)
                #expect(faults(first.text) == [], "\(first.text)")
                let configuration = try configuration(first.text)
                #expect(configuration.agent.model == server?.models.first ?? FirstConfiguration.suggestedModel)
                #expect(configuration.server.api == server?.place.api ?? .ollama)
                #expect(configuration.server.url == server?.place.url ?? OllamaHost.usualURL)
                #expect(
                    configuration.corpus.roots.map(\.path)
                        == (folders.isEmpty ? CorpusRoot.defaults.map(\.path) : ["data/c v"]))
            }
        }
    }
}
