import Foundation
import GateCore
import GateJSON
import GateLint
import GateProcess
import TestSupport
import Testing

@testable import GateCLI
@testable import GateSettings

struct SchemaTests {
    private static let file = SharedData.packageRoot.appending(
        path: "Sources/GateCLI/Schemas/chimera-gate.schema.json")

    private func schema() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: SchemaTests.file)) as? [String: Any])
    }

    /// CHIMERA_GATE_UPDATE_GOLDEN=1 writes it anew; the difference is for review.
    @Test("the schema is the one that the declarations of the keys make")
    func derived() throws {
        let definitions = Dictionary(uniqueKeysWithValues: RuleRegistry.all.map { ($0.rule, $0.definition) })
        let made = SettingsSchema.text { definitions[$0] ?? "" }
        if ProcessInfo.processInfo.environment["CHIMERA_GATE_UPDATE_GOLDEN"] == "1" {
            try Data(made.utf8).write(to: SchemaTests.file)
        }
        let written = try String(contentsOf: SchemaTests.file, encoding: .utf8)
        let difference = zip(made.split(separator: "\n"), written.split(separator: "\n")).first { $0 != $1 }
        #expect(made == written, "differs at \(String(describing: difference))")
        #expect(try schema()["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test("the schema of a session has the settings that it keeps as they are declared")
    func session() throws {
        let file = SharedData.packageRoot.appending(path: "Sources/GateCLI/Schemas/session.schema.json")
        let made = SessionSchema.text(try JSONValue.parse(Array(Data(contentsOf: file))))
        if ProcessInfo.processInfo.environment["CHIMERA_GATE_UPDATE_GOLDEN"] == "1" {
            try Data(made.utf8).write(to: file)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        let difference = zip(made.split(separator: "\n"), written.split(separator: "\n")).first { $0 != $1 }
        #expect(made == written, "differs at \(String(describing: difference))")
        #expect(made.contains("\"num_ctx\": {") && made.contains("\"token_env\": {"))
    }

    @Test("the schemas of documents are those that their rules, severities and sources make")
    func documents() throws {
        for (name, made) in DocumentSchema.all {
            let file = SharedData.packageRoot.appending(path: "Sources/GateCLI/Schemas/\(name).schema.json")
            if ProcessInfo.processInfo.environment["CHIMERA_GATE_UPDATE_GOLDEN"] == "1" {
                try Data(made.utf8).write(to: file)
            }
            #expect(try made == String(contentsOf: file, encoding: .utf8), "\(name)")
        }
    }

    @Test("every key of the schema has a description")
    func descriptions() throws {
        var missing: [String] = []
        func visit(_ node: Any, _ path: String) {
            guard let node = node as? [String: Any] else { return }
            for (key, value) in node["properties"] as? [String: [String: Any]] ?? [:] {
                if (value["description"] as? String)?.hasSuffix(".") != true { missing.append("\(path).\(key)") }
                visit(value, "\(path).\(key)")
            }
            for (key, value) in node["patternProperties"] as? [String: Any] ?? [:] { visit(value, "\(path).\(key)") }
            for value in node["anyOf"] as? [Any] ?? [] { visit(value, path) }
            if let items = node["items"] { visit(items, "\(path)[]") }
        }
        visit(try schema(), "")
        #expect(missing == [])
    }

    @Test("the schema's defaults are those of the configuration")
    func defaults() throws {
        func defaults(_ node: [String: Any]) -> [String: Any] {
            let properties = node["properties"] as? [String: [String: Any]] ?? [:]
            return properties.compactMapValues { value in
                let inner = defaults(value)
                return inner.isEmpty ? value["default"] : inner
            }
        }
        var document = defaults(try schema())
        document["agent"] = (document["agent"] as? [String: Any] ?? [:]).merging(["model": "m"]) { $1 }
        let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
        #expect(try configuration(text) == configuration("agent: {model: m}"))
        #expect(text.contains("csv_data") && text.contains("first_token") && text.contains("defeat"))
    }

    @Test("patterns of the decoder are ones that it can read")
    func patterns() {
        func visit(_ shape: ValueShape) {
            switch shape {
            case .text(let pattern?, _): #expect((try? Regex(pattern)) != nil)
            case .list(let item): visit(item)
            case .section(let keys, _): for key in keys { visit(key.shape) }
            case .table(let rows):
                for row in rows {
                    #expect((try? Regex(row.pattern)) != nil)
                    visit(row.shape)
                }
            case .either(let shapes): for shape in shapes { visit(shape) }
            default: break
            }
        }
        visit(ConfigurationSection.file.shape)
    }

    @Test("the decoder accepts and refuses the examples", arguments: SchemaExample.all)
    func decoder(example: SchemaExample) {
        let flags = ConfigurationFlags(["agent.model": example.text.contains("model:") ? nil : "m"])
        let problems = problems(example.text, flags: flags)
        #expect(problems.isEmpty == example.isValid, "\(problems)")
    }

    @Test(
        "the schema accepts and refuses the same examples",
        .enabled(
            if: ProcessInfo.processInfo.environment["CHIMERA_GATE_PYTHON"] != nil,
            "CHIMERA_GATE_PYTHON names no Python with jsonschema and PyYAML"))
    func validator() throws {
        let python = try #require(ProcessInfo.processInfo.environment["CHIMERA_GATE_PYTHON"])
        let folder = try TemporaryFolder()
        let texts = try JSONSerialization.data(withJSONObject: SchemaExample.all.map(\.text))
        let input = try folder.write(String(decoding: texts, as: UTF8.self), to: "texts.json")
        let script = """
            import json, sys, jsonschema, yaml
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            print(json.dumps([validator.is_valid(yaml.safe_load(text)) for text in json.load(open(sys.argv[2]))]))
            """
        let captured = try ChildProcess.capture(
            command: [python, "-c", script, SchemaTests.file.path, input.path], limit: 1 << 20, timeoutSeconds: 300)
        #expect(captured.status.isSuccess, "\(captured.errorLines)")
        let answers = try #require(
            try JSONSerialization.jsonObject(with: Data(captured.output)) as? [Bool])
        #expect(answers.count == SchemaExample.all.count)
        for (example, isValid) in zip(SchemaExample.all, answers) {
            #expect(isValid == example.isValid, "\(example.text)")
        }
    }
}
