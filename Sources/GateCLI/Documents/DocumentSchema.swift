import GateCore
import GateJSON
import GateSettings

/// The JSON Schemas that are made from what they are about: rules, severities, sources of values. The others are kept by hand.
enum DocumentSchema {
    typealias Member = (key: String, value: JSONValue)

    /// A member of an object, with what it may be.
    struct Field {
        let name: String
        let description: String
        let rules: [Member]
        let isRequired: Bool

        init(_ name: String, _ description: String, isRequired: Bool = true, _ rules: [Member]) {
            self.name = name
            self.description = description
            self.rules = rules
            self.isRequired = isRequired
        }
    }

    /// By the name of their document.
    static var all: [(name: String, text: String)] {
        [
            ("config-print", configuration), ("fact-explanation", factExplanation), ("init", start),
            ("junit-merge", junitMerge), ("lint", lint),
            ("lint-bindings", bindings), ("listening", listening), ("passed-calls", passedCalls), ("rules", rules),
            ("schemas", schemas),
        ]
    }

    private static var lint: String {
        let finding = object([
            Field("version", "The version of this format.", [("const", 1)]),
            Field("report_id", "The report's file name without its extension.", text),
            Field("line", "Counted from 1.", position),
            Field("col_start", "In Unicode code points, counted from 1.", position),
            Field("col_end", "As above; the first column after the claim.", position),
            Field("rule_id", "The rule; lint --list-rules describes each.", choice(RuleID.allCases.map(\.rawValue))),
            Field(
                "severity", "An error fails, a warning is counted, an info is neither.",
                choice(Severity.allCases.map(\.rawValue))),
            Field("claim", "As the report writes it.", text),
            Field(
                "evidence",
                "The fact with its file and place, or the computation; empty where the claim speaks for itself.", text),
            Field("message", "What is wrong, in one sentence.", text),
        ])
        return SettingsSchema.lines(
            of: .object(
                head("lint --format json", "Findings of all reports, in the order of the reports and of their lines.")
                    + list(of: finding)))
    }

    private static var bindings: String {
        let claim = object([
            Field("line", "Counted from 1.", position),
            Field("column", "In Unicode code points, counted from 1.", position),
            Field("claim", "As the report writes it.", text),
            Field("verdict", "What became of it: grounded, contradicted, unverifiable and others.", text),
            Field("binding", "The words, the metric and the fact that it was bound to; empty for none.", text),
            Field("evidence", "The fact with its file and place, or the computation; empty for none.", text),
        ])
        let report = object([
            Field("file", "As the call named it.", text),
            Field("claims", "In the order of the text.", list(of: claim)),
        ])
        return document(
            "lint-bindings", "What the claims of reports were bound to",
            [Field("reports", "In the order of the call.", list(of: report))])
    }

    private static var configuration: String {
        let source = object([
            Field("kind", "What said it.", choice(["file", "flag", "environment", "default"])),
            Field("path", "The file.", isRequired: false, text),
            Field("line", "Counted from 1.", isRequired: false, position),
            Field("column", "Counted from 1.", isRequired: false, position),
            Field("name", "The flag, or the variable.", isRequired: false, text),
        ])
        let entry = object([
            Field("workload", "Of several workloads the one that it is of.", isRequired: false, text),
            Field("key", "The key with all keys above it, as in chimera-gate.yml.", text),
            Field("value", "What a call works with.", []),
            Field("source", "Where it comes from.", source),
        ])
        return document(
            "config-print", "The configuration that a call works with",
            [Field("entries", "Of each workload in the order of the keys.", list(of: entry))])
    }

    // MARK: - Parts

    static let text: [Member] = [("type", "string")]
    /// Of lines and columns.
    static let position: [Member] = [("type", "integer"), ("minimum", 1)]

    static func choice(_ names: [String]) -> [Member] { [("enum", .array(names.map { JSONValue($0) }))] }

    static func list(of item: [Member]) -> [Member] { [("type", "array"), ("items", .object(item))] }

    static func object(_ fields: [Field]) -> [Member] {
        [
            ("type", "object"), ("additionalProperties", false),
            ("required", .array(fields.filter(\.isRequired).map { JSONValue($0.name) })),
            (
                "properties",
                .object(
                    fields.map { field in
                        (field.name, .object([("description", JSONValue(field.description))] + field.rules))
                    })
            ),
        ]
    }

    static func document(_ name: String, _ title: String, _ fields: [Field]) -> String {
        let head = [
            Field("schema", "The name of this schema.", [("const", JSONValue(name))]),
            Field("version", "The version of this document.", [("const", 1)]),
        ]
        return SettingsSchema.lines(of: .object(self.head(title, "\(title).") + object(head + fields)))
    }

    private static func head(_ title: String, _ description: String) -> [Member] {
        [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", JSONValue(title)),
            ("description", JSONValue(description)),
        ]
    }
}
