import GateCore
import GateJSON
import GateVerdict
@_spi(Reflection) import Swift

@testable import GateSettings

/// The JSON Schema of types that are written as their properties: keys, types and cases out of the types, words and ranges
/// out of the comments before them.
struct TypeSchema {
    typealias Member = (key: String, value: JSONValue)

    private let comments: SourceComments
    /// By name, of types that are written otherwise.
    private let kept: JSONValue
    private var definitions: [String: JSONValue] = [:]
    /// Properties that nothing is said of.
    private(set) var undescribed: [String] = []

    init(_ comments: SourceComments, kept: JSONValue) {
        self.comments = comments
        self.kept = kept
    }

    /// - Parameters:
    ///   - types: what the document may be.
    ///   - title: nil for what is said of its type.
    mutating func text(of types: [Any.Type], title: String?, description: String?) -> String {
        let words = comments.words[Self.path(of: types[0]).joined(separator: ".")] ?? ""
        let rules =
            types.count == 1
            ? form(of: types[0], "") : [("oneOf", .array(types.map { .object(reference(to: $0)) }))]
        let definitions = referenced(from: .object(rules)).sorted().map { ($0, self.definitions[$0] ?? .null) }
        return SettingsSchema.lines(
            of: .object(
                [
                    ("$schema", "https://json-schema.org/draft/2020-12/schema"),
                    ("title", JSONValue(title ?? String(words.prefix { $0 != ":" && $0 != "." }))),
                    ("description", JSONValue(description ?? words)),
                ] + rules + (definitions.isEmpty ? [] : [("$defs", .object(definitions))])))
    }

    // MARK: - Types

    /// What a value of a type may be, by name where the type has a definition of its own.
    private mutating func rules(of type: Any.Type, _ words: String) -> [Member] {
        if let type = type as? any Holder.Type { return rules(of: type.held, words) }
        if let type = type as? any List.Type {
            return [("type", "array")] + Self.sizes(words) + [("items", .object(rules(of: type.held, words)))]
        }
        if let type = type as? any Table.Type {
            return [("type", "object"), ("additionalProperties", .object(rules(of: type.held, words)))]
        }
        if type is any Anything.Type || Self.path(of: type)[0] == "Swift" { return form(of: type, words) }
        return reference(to: type)
    }

    private mutating func reference(to type: Any.Type) -> [Member] {
        let name = Self.name(of: type)
        if definitions[name] == nil {
            definitions[name] = .null
            let path = Self.path(of: type).joined(separator: ".")
            let words = comments.words[path]
            let form = form(of: type, words ?? "")
            definitions[name] = .object((words.map { [("description", JSONValue($0))] } ?? []) + form)
            if let other = Self.writtenOtherwise.first(where: { $0.type == type }) {
                for named in other.naming { _ = reference(to: named) }
                definitions[name] = kept[name] ?? .null
                undescribed.removeAll { $0.hasPrefix("\(path).") }
            }
            if let settings = Self.settings(in: type), case .object(let members)? = definitions[name] {
                let said = SettingsSchema.properties(of: settings)
                definitions[name] = .object(members.map { ($0.key, $0.key == "properties" ? said : $0.value) })
                undescribed.removeAll { $0.hasPrefix("\(path).") }
            }
        }
        return [("$ref", JSONValue("#/$defs/\(name)"))]
    }

    /// What a value of a type may be.
    private mutating func form(of type: Any.Type, _ words: String) -> [Member] {
        switch type {
        case is any Anything.Type: return [("type", "object")]
        case is any List.Type: return rules(of: type, words)
        case is Bool.Type: return [("type", "boolean")]
        case is String.Type: return [("type", "string")] + Self.pattern(words)
        case is Double.Type: return [("type", "number")] + Self.range(words, least: nil)
        case is any FixedWidthInteger.Type: return [("type", "integer")] + Self.range(words, least: 0)
        case is Nanoseconds.Type: return [("type", "integer"), ("minimum", 0)]
        case is UTCTime.Type:
            return [
                ("type", "string"), ("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
            ]
        case is StageName.Type: return [("type", "string"), ("pattern", JSONValue("^\(Self.nameForm)$"))]
        case is MetricID.Type:
            let units = MetricUnit.allCases.map(\.rawValue).joined(separator: "|")
            let directions = Direction.allCases.map(\.rawValue).joined(separator: "|")
            return [
                ("type", "string"),
                (
                    "pattern",
                    JSONValue("^([a-z][a-z0-9_]*([.][a-z0-9_]+)*|\(Self.nameForm):(\(units)):(\(directions)))$")
                ),
            ]
        case let type as any (CaseIterable & RawRepresentable).Type: return [("enum", .array(Self.cases(of: type)))]
        default: return properties(of: type)
        }
    }

    private mutating func properties(of type: Any.Type) -> [Member] {
        var fields: [(name: String, type: Any.Type)] = []
        _forEachField(of: type) { name, _, type, _ in
            fields.append((String(cString: name), type))
            return true
        }
        let path = Self.path(of: type).joined(separator: ".")
        var members: [Member] = []
        for field in fields {
            let key = Self.key(field.name)
            let own = comments.words["\(path).\(field.name)"]
            let words = own ?? Self.usual[key]
            // What has such a unit is not negative.
            let isAmount = (key.hasSuffix("_seconds") || key.hasSuffix("_hertz")) && words?.contains("than 0") != true
            var rules = rules(of: field.type, (words ?? "") + (isAmount ? " At least 0." : ""))
            let constant = key == "format_version" && own == nil ? "currentFormatVersion" : field.name
            if let literal = comments.literals["\(path).\(constant)"] { rules = [("const", literal)] }
            if key == "exit_code" { rules = Self.exitCodes }
            if words == nil, !isDescribed(rules) { undescribed.append("\(path).\(field.name)") }
            members.append((key, .object((words.map { [("description", JSONValue($0))] } ?? []) + rules)))
        }
        let required = fields.filter { !($0.type is any Holder.Type) }.map { JSONValue(Self.key($0.name)) }
        return [
            ("type", "object"), ("additionalProperties", false), ("required", .array(required)),
            ("properties", .object(members)),
        ]
    }

    /// By what is said of the type, or of that of its items.
    private func isDescribed(_ rules: [Member]) -> Bool {
        rules.contains { rule in
            if rule.key == "items", case .object(let items) = rule.value { return isDescribed(items) }
            guard rule.key == "$ref", let name = rule.value.string?.split(separator: "/").last else { return false }
            return definitions[String(name)]?["description"] != nil
        }
    }

    private func referenced(from schema: JSONValue, _ found: Set<String> = []) -> Set<String> {
        switch schema {
        case .array(let items): return items.reduce(found) { referenced(from: $1, $0) }
        case .object(let members):
            return members.reduce(found) { found, member in
                guard member.key == "$ref", let name = member.value.string?.split(separator: "/").last else {
                    return referenced(from: member.value, found)
                }
                guard !found.contains(String(name)) else { return found }
                return referenced(
                    from: definitions[String(name)] ?? .null, found.union([String(name)]))
            }
        default: return found
        }
    }

    private static func cases<Case: CaseIterable & RawRepresentable>(of _: Case.Type) -> [JSONValue] {
        Case.allCases.compactMap { ($0.rawValue as? String).map { JSONValue($0) } }
    }

    // MARK: - Words

    /// Which whole documents have.
    private static let usual = [
        "schema": "The name of this schema.", "version": "The version of this document.",
        "format_version": "The version of this format.",
    ]
    private static let nameForm = "[a-z0-9][a-z0-9._-]{0,63}"
    private static let patterns: [(words: String, pattern: String)] = [
        ("`sha256:` and the digest", "^sha256:[0-9a-f]{64}$"), ("SHA-256 o", "^[0-9a-f]{64}$"),
        ("A name that can be part of a path", "^\(nameForm)$"), ("16 hexadecimal digits", "^[0-9a-f]{16}$"),
        ("A day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        ("Relative to the session directory", "^runs/[0-9]{4,}/[a-z0-9][a-z0-9._-]*$"),
        ("Its session directory, relative to the file of this judgement", "^workloads/\(nameForm)$"),
    ]

    private static func pattern(_ words: String) -> [Member] {
        let sentences = words.split(separator: ". ")
        if let known = patterns.first(where: { known in sentences.contains { $0.hasPrefix(known.words) } }) {
            return [("pattern", JSONValue(known.pattern))]
        }
        return words.contains(/\b[Nn]ot empty\b/) ? [("minLength", 1)] : []
    }

    /// Of a list.
    private static func sizes(_ words: String) -> [Member] {
        let least: [Member] = words.contains(/\b([Nn]ot empty|at least one)\b/) ? [("minItems", 1)] : []
        let most = words.firstMatch(of: /\b[Aa]t most (\d+)\b/).flatMap { Int($0.1) }
        return least + (most.map { [("maxItems", JSONValue($0))] } ?? [])
    }

    /// - Parameter least: where the words name no lower bound.
    private static func range(_ words: String, least: Int?) -> [Member] {
        func number(_ text: Substring) -> JSONValue { Int(text).map { JSONValue($0) } ?? .null }
        if let both = words.firstMatch(of: /\b(\d+)(?: to |\.\.\.)(\d+)\b/) {
            return [("minimum", number(both.1)), ("maximum", number(both.2))]
        }
        var rules: [Member] = least.map { [("minimum", JSONValue($0))] } ?? []
        if let found = words.firstMatch(of: /\b(?:[Aa]t least|[Cc]ounted from) (-?\d+)\b/) {
            rules = [("minimum", number(found.1))]
        } else if let found = words.firstMatch(of: /\b(\d+) for the first\b/) {
            rules = [("minimum", number(found.1))]
        } else if let found = words.firstMatch(of: /\b(?:[Mm]ore|greater) than (\d+)\b/) {
            rules = [("exclusiveMinimum", number(found.1))]
        }
        if let found = words.firstMatch(of: /\bless than (\d+)\b/) {
            rules.append(("exclusiveMaximum", number(found.1)))
        }
        return rules
    }

    private static let exitCodes: [Member] = [
        (
            "anyOf",
            [
                .object([("enum", .array(GateExit.allCases.map { JSONValue(Int($0.rawValue)) }))]),
                .object([
                    ("description", "128 + the number of the signal that ended the call."), ("type", "integer"),
                    ("minimum", 129), ("maximum", 192),
                ]),
            ]
        )
    ]

    // MARK: - Names

    /// `["GateCLI", "InitDocument", "Server"]`
    private static func path(of type: Any.Type) -> [String] {
        String(reflecting: type).replacing(/<.*>/, with: "").split(separator: ".").map(String.init)
    }

    /// `init_server` of `InitDocument.Server`, `check` of `CheckDocument`.
    private static func name(of type: Any.Type) -> String {
        path(of: type).dropFirst().map { key($0.replacing("Document", with: "")) }.joined(separator: "_")
    }

    /// As the encoder makes it: `memory_bytes` of `memoryBytes`.
    private static func key(_ name: String) -> String {
        name.replacing(/([a-z0-9])([A-Z])/) { "\($0.1)_\($0.2)" }
            .replacing(/([A-Z])([A-Z][a-z])/) { "\($0.1)_\($0.2)" }.lowercased()
    }

    /// The settings that a type keeps under their own names.
    private static func settings(in type: Any.Type) -> [Setting]? {
        switch type {
        case is AgentConfiguration.Type: Settings.all.filter { $0.key.hasPrefix("agent.") }
        case is TransportConfiguration.Type: Settings.all.filter { $0.flag?.group == .transport }
        default: nil
        }
    }

    /// Types with an encoding of their own.
    private static let writtenOtherwise: [(type: Any.Type, naming: [Any.Type])] = [
        (Configuration.self, []), (ExchangeOutcome.self, [FinishReason.self, InvalidCall.self]), (LoadExtent.self, []),
        (Measurements.self, [MetricID.self, MetricUnit.self]), (Policy.self, []), (StageRule.self, [StageName.self]),
        (Tolerance.self, []), (TransportConfiguration.self, []),
    ]
}

/// Any document.
protocol Anything {}

private protocol Holder { static var held: Any.Type { get } }
extension Optional: Holder { fileprivate static var held: Any.Type { Wrapped.self } }

private protocol List { static var held: Any.Type { get } }
extension Array: List { fileprivate static var held: Any.Type { Element.self } }

private protocol Table { static var held: Any.Type { get } }
extension Dictionary: Table { fileprivate static var held: Any.Type { Value.self } }
