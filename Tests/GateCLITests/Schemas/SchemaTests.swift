import Foundation
import GateCore
import GateProcess
import TestSupport
import Testing

@testable import GateCLI
@testable import GateSettings

struct SchemaTests {
    private static let file = DocumentSchema.file("chimera-gate")

    private func schema() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: SchemaTests.file)) as? [String: Any])
    }

    @Test("the schema is the one that the declarations of the keys make")
    func derived() throws {
        try compare(SettingsSchema.text, "chimera-gate")
    }

    @Test("the schemas of documents are those that their types make, and say what every member is")
    func documents() throws {
        let comments = try DocumentSchema.comments
        for schema in DocumentSchema.all {
            let (text, undescribed) = try schema.made(comments)
            try compare(text, schema.name)
            #expect(undescribed == [], "\(schema.name)")
        }
    }

    /// CHIMERA_GATE_UPDATE_GOLDEN=1 writes it anew; the difference is for review.
    private func compare(_ made: String, _ name: String) throws {
        let file = DocumentSchema.file(name)
        if ProcessInfo.processInfo.environment["CHIMERA_GATE_UPDATE_GOLDEN"] == "1" {
            try Data(made.utf8).write(to: file)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        let difference = zip(made.split(separator: "\n"), written.split(separator: "\n")).first { $0 != $1 }
        #expect(made == written, "\(name) differs at \(String(describing: difference))")
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
