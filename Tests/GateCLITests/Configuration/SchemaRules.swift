import Foundation

@testable import GateCLI

extension ValueShape {
    /// The rules of a JSON Schema that says the same.
    var schema: [String: Any] {
        switch self {
        case .integer(let range): return ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
        case .number(let range):
            var rules: [String: Any] = ["type": "number"]
            rules[range.excludesMinimum ? "exclusiveMinimum" : "minimum"] = range.minimum
            if let maximum = range.maximum { rules["maximum"] = maximum }
            return rules
        case .boolean: return ["type": "boolean"]
        case .choice(let names): return ["enum": names]
        case .text(let pattern, _):
            var rules: [String: Any] = ["type": "string", "minLength": 1]
            if let pattern { rules["pattern"] = pattern }
            return rules
        case .word: return ["type": ["string", "number", "boolean"]]
        case .list(let item): return ["type": "array", "minItems": 1, "items": item.schema]
        case .section(let keys, let allowsEmpty):
            var rules: [String: Any] = ["type": "object", "additionalProperties": false]
            rules["properties"] = Dictionary(uniqueKeysWithValues: keys.map { ($0.name, $0.shape.schema) })
            let required = keys.filter(\.isRequired).map(\.name)
            if !required.isEmpty { rules["required"] = required }
            if !allowsEmpty { rules["minProperties"] = 1 }
            return rules
        case .table(let rows):
            return [
                "type": "object", "additionalProperties": false,
                "patternProperties": Dictionary(uniqueKeysWithValues: rows.map { ($0.pattern, $0.shape.schema) }),
            ]
        case .either(let shapes): return ["anyOf": shapes.map(\.schema)]
        }
    }
}

enum SchemaRules {
    /// A schema without what only informs its reader.
    static func withoutAnnotations(_ schema: [String: Any]) -> [String: Any] {
        var rules: [String: Any] = [:]
        for (key, value) in schema where !["$schema", "title", "description", "default"].contains(key) {
            switch key {
            case "properties", "patternProperties":
                rules[key] = (value as? [String: [String: Any]])?.mapValues(withoutAnnotations)
            case "anyOf": rules[key] = (value as? [[String: Any]])?.map(withoutAnnotations)
            case "items": rules[key] = (value as? [String: Any]).map(withoutAnnotations)
            default: rules[key] = value
            }
        }
        return rules
    }

    /// One line for each value in the tree, with its path.
    static func flattened(_ value: Any, at path: String = "") -> Set<String> {
        if let object = value as? [String: Any] {
            return object.reduce(into: ["\(path) {\(object.count)}"]) { lines, pair in
                lines.formUnion(flattened(pair.value, at: "\(path) > \(pair.key)"))
            }
        }
        if let array = value as? [Any] {
            return array.enumerated().reduce(into: ["\(path) [\(array.count)]"]) { lines, pair in
                lines.formUnion(flattened(pair.element, at: "\(path)[\(pair.offset)]"))
            }
        }
        return ["\(path) = \(value)"]
    }
}
