import GateCore
import GateJSON
import GateLint

@testable import GateSettings

/// The JSON Schema of chimera-gate.yml, for editors.
enum SettingsSchema {
    static var text: String {
        var members: [Member] = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", "chimera-gate.yml"),
            ("description", "The configuration of chimera-gate. Flags override it, and it overrides the defaults."),
        ]
        members += rules(of: ConfigurationSection.file.shape)
        return lines(of: .object(members))
    }

    /// What single settings may be, by the last words of their keys.
    static func properties(of settings: [Setting]) -> JSONValue {
        .object(
            settings.map { setting in
                let description: Member = ("description", JSONValue(setting.meaning))
                let name = setting.key.split(separator: ".").last.map(String.init) ?? setting.key
                return (name, .object([description] + rules(of: setting.shape)))
            })
    }

    /// A schema as it is kept in a file.
    static func lines(of schema: JSONValue) -> String {
        var text = ""
        write(schema, to: &text, indent: "")
        return text + "\n"
    }

    private typealias Member = (key: String, value: JSONValue)

    private static func rules(of shape: ValueShape) -> [Member] {
        switch shape {
        case .integer(let range):
            return [
                ("type", "integer"), ("minimum", JSONValue(range.lowerBound)), ("maximum", JSONValue(range.upperBound)),
            ]
        case .number(let range):
            return [
                ("type", "number"), (range.excludesMinimum ? "exclusiveMinimum" : "minimum", number(range.minimum)),
            ]
                + (range.maximum.map { [("maximum", number($0))] } ?? [])
        case .boolean: return [("type", "boolean")]
        case .choice(let names): return [("enum", .array(names.map { JSONValue($0) }))]
        case .text(let pattern, _):
            return [("type", "string"), ("minLength", 1)] + (pattern.map { [("pattern", JSONValue($0))] } ?? [])
        case .word: return [("type", ["string", "number", "boolean"])]
        case .list(let item):
            return [("type", "array"), ("minItems", 1), ("items", .object(rules(of: item)))]
        case .section(let keys, let allowsEmpty): return mapping(keys, allowsEmpty: allowsEmpty)
        case .table(let rows):
            let patterns = rows.map { (key: $0.pattern, value: JSONValue.object(rules(of: $0.shape))) }
            return [("type", "object"), ("additionalProperties", false), ("patternProperties", .object(patterns))]
        case .either(let shapes):
            let choices = shapes.map { JSONValue.object([described($0)] + rules(of: $0)) }
            return [("anyOf", .array(choices))]
        }
    }

    private static func mapping(
        _ keys: [ValueShape.Key], allowsEmpty: Bool
    ) -> [Member] {
        var members: [Member] = [("type", "object"), ("additionalProperties", false)]
        if !allowsEmpty { members.append(("minProperties", 1)) }
        let required = keys.filter(\.isRequired).map { JSONValue($0.name) }
        if !required.isEmpty { members.append(("required", .array(required))) }
        let properties = keys.map { key -> Member in
            let rule = RuleRegistry.all.first { $0.rule.rawValue == key.name }
            let more = rule.map { " \($0.definition)" } ?? ""
            let initial: [Member] = key.initial.map { [("default", $0)] } ?? []
            let description: Member = ("description", JSONValue(key.meaning + more))
            return (key.name, .object([description] + rules(of: key.shape) + initial))
        }
        return members + [("properties", .object(properties))]
    }

    /// One of several forms in its own words.
    private static func described(_ shape: ValueShape) -> Member {
        let words = shape.words
        return ("description", JSONValue(words.prefix(1).uppercased() + words.dropFirst() + "."))
    }

    private static func number(_ value: Double) -> JSONValue {
        Int(exactly: value).map { JSONValue($0) } ?? JSONValue(value)
    }

    /// A member or an item a line, two spaces a level.
    private static func write(_ value: JSONValue, to text: inout String, indent: String) {
        let inner = indent + "  "
        switch value {
        case .object(let members) where !members.isEmpty:
            text += "{\n"
            for (index, member) in members.enumerated() {
                text += "\(inner)\(JSONValue(member.key).text): "
                write(member.value, to: &text, indent: inner)
                text += index + 1 < members.count ? ",\n" : "\n"
            }
            text += "\(indent)}"
        case .array(let items) where !items.isEmpty:
            text += "[\n"
            for (index, item) in items.enumerated() {
                text += inner
                write(item, to: &text, indent: inner)
                text += index + 1 < items.count ? ",\n" : "\n"
            }
            text += "\(indent)]"
        default: text += value.text
        }
    }
}
