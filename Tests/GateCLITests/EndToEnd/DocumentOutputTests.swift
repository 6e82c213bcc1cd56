import Foundation
import GateJSON
import GateProcess
import TestSupport
import Testing

@testable import GateCLI

@Suite("Documents for programs", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct DocumentOutputTests {
    private static let schemas = SharedData.packageRoot.appending(path: "Sources/GateCLI/Schemas")

    @Test("the program has every schema of the folder, as it is there") func embedded() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.schemas.path).filter {
            $0.hasSuffix(".schema.json")
        }
        let texts = Dictionary(uniqueKeysWithValues: EmbeddedSchema.all.map { ("\($0.name).schema.json", $0.text) })
        #expect(Set(texts.keys) == Set(files))
        for file in files {
            #expect(
                texts[file] == (try String(contentsOf: Self.schemas.appending(path: file), encoding: .utf8)), "\(file)")
        }
    }

    @Test("schema lists, prints, and names what there is") func schema() async throws {
        let workspace = try GateWorkspace(nil)
        let listed = try await workspace.gate("schema")
        #expect(listed.output.split(separator: "\n").contains("verdict"), "\(listed)")
        let printed = try await workspace.gate("schema", "verdict")
        #expect(printed.output == EmbeddedSchema.all.first { $0.name == "verdict" }?.text)
        let none = try await workspace.gate("schema", "verdicts")
        #expect(none.status == 64 && none.errors.contains("There are baseline"), "\(none)")
    }

    @Test("every document says its schema and version, and is of it") func documents() async throws {
        let workspace = try GateWorkspace("machine_class: ci\n")
        try workspace.folder.write("t\n12\n13\n14\n", to: "r.csv")
        let metric = ["--metric", "time=t:ms:lower", "--format", "json"]
        let imported = try await workspace.gate("import", "r.csv", and: metric)
        var documents = [("session-overview", imported)]
        func add(_ schema: String, _ arguments: String..., more: [String] = []) async throws {
            documents.append(
                (schema, try await workspace.gate("baseline", and: arguments + ["--format", "json"] + more)))
        }
        try await add("baseline-change", "approve", "--reason", "first", "--dry-run")
        try await add("baseline-change", "approve", "--reason", "first")
        try await add("baseline-list", "list")
        try await add("baseline-verify", "verify")
        try await add("baseline-diff", "diff", "Baselines/csv/ci.json", "Baselines/csv/ci.json")
        try await add("baseline-change", "prune", "--keep", "5")
        documents.append(
            ("verdict", try await workspace.gate("check", "--session", ".chimera-gate", "--format", "json")))
        documents.append(("explanation", try await workspace.gate("explain", "--format", "json")))
        documents.append(("config-faults", try await workspace.gate("config", "check", "--format", "json")))
        documents.append(
            ("config-print", try await workspace.gate("config", "print", "--model", "m", "--format", "json")))
        try workspace.folder.write("Owner: [Your Name], 12 ms, 14 ms\n", to: "report.md")
        let lint = ["report.md", "--corpus", GateWorkspace.corpus, "--format", "json"]
        documents.append(("lint", try await workspace.gate("lint", and: lint)))
        let explain = ["--explain", "csv_data/calls.csv"]
        documents.append(
            (
                "fact-explanation",
                try await workspace.gate(
                    "ingest", "--corpus", GateWorkspace.corpus, "--format", "json", and: explain)
            ))
        documents.append(("rules", try await workspace.gate("lint", "--list-rules", "--format", "json")))
        documents.append(("lint-bindings", try await workspace.gate("lint", "--explain-binding", and: lint)))
        try workspace.folder.write(#"{"id": 1}"#, to: "cases.jsonl")
        documents.append(("judge-verdict", try await workspace.gate("judge", "cases.jsonl")))
        try workspace.folder.write("<testsuite name='a'><testcase name='x'/></testsuite>", to: "a.xml")
        documents.append(("junit-merge", try await workspace.gate("merge", "a.xml", "--format", "json")))
        documents.append(("schemas", try await workspace.gate("schema", "--format", "json")))
        documents.append(("init", try await workspace.gate("init", "--force", "--format", "json")))
        for (schema, outcome) in documents {
            #expect([0, 3, 69, 78].contains(outcome.status), "\(schema): \(outcome)")
            let document = try JSONValue.parse(outcome.output)
            if schema == "verdict" {
                #expect(document["format_version"]?.int != nil)
            } else if schema == "lint" {
                let findings = try #require(document.array)
                #expect(!findings.isEmpty && findings.allSatisfy { $0["version"]?.int == 1 })
            } else {
                #expect(document["schema"]?.string == schema && document["version"]?.int == 1, "\(outcome.output)")
            }
        }
        try Self.validate(documents.map { ($0.0, $0.1.output) })
    }

    /// By a validator that is not ours, where there is one.
    static func validate(_ documents: [(schema: String, text: String)]) throws {
        guard let python = ProcessInfo.processInfo.environment["CHIMERA_GATE_PYTHON"] else { return }
        let script = """
            import json, sys, jsonschema
            schema, text = json.load(open(sys.argv[1])), open(sys.argv[2]).read()
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.Draft202012Validator(schema).validate(json.loads(text))
            """
        let folder = try TemporaryFolder()
        for (schema, text) in documents {
            let file = try folder.write(text, to: "document.json")
            let captured = try ChildProcess.capture(
                command: [python, "-c", script, schemas.appending(path: "\(schema).schema.json").path, file.path],
                limit: 1 << 20, timeoutSeconds: 60)
            #expect(captured.status.isSuccess, "\(schema): \(captured.errorLines)")
        }
    }

    @Test("quiet leaves the line that counts, verbose tells every stage") func verbosity() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let quiet = try await workspace.measure("run", url, "--quiet")
            #expect(quiet.status == 0 && quiet.errors == "", "\(quiet)")
            #expect(quiet.output.split(separator: "\n").count == 1, "\(quiet)")
            let verbose = try await workspace.measure("run", url, "--verbose")
            #expect(verbose.errors.contains("run 1/1: report …"), "\(verbose)")
            let usual = try await workspace.measure("run", url)
            #expect(
                !usual.errors.contains("run 1/1: report …") && usual.errors.contains("run 1/1: finished"), "\(usual)")
            let check = try await workspace.measure("check", url, "--quiet")
            #expect(check.status == 6 && check.output.split(separator: "\n").count == 1, "\(check)")
            let both = try await workspace.measure("run", url, "-q", "-v")
            #expect(both.status == 64, "\(both)")
        }
    }
}
