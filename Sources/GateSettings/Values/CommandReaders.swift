internal import GateCore

/// `{name: plan, order: 1}`
private struct StageRuleDraft: Sendable, Equatable {
    var name: Located<String>?
    var order: Located<Int>?
    var header: Located<String>?
    var model: Located<String>?
    var prompt: Located<String>?

    static let section: ConfigurationSection<StageRuleDraft> =
        ConfigurationSection(
            StageRuleDraft(),
            [
                .value("name", \.name, .stageName, "The stage.", isRequired: true),
                .value(
                    "order", \.order, .integer(1...1_000_000), "The call of this number in its run, 1 for the first."),
                .value(
                    "header", \.header, .text(words: "the value of the header"),
                    "Calls with this value of the header 'proxy.header'."),
                .value("model", \.model, .text(words: "the name of a model"), "Calls of this model."),
                .value(
                    "prompt", \.prompt, .expression,
                    "Calls in whose prompt this regular expression is found."),
            ])

    /// Every way in which it says which calls are meant.
    var matches: [StageRule.Match] {
        [
            order.map { .order($0.value) }, header.map { .header($0.value) }, model.map { .model($0.value) },
            prompt.map { .prompt($0.value) },
        ].compactMap(\.self)
    }
}

extension ValueReader where Value == StageRule {
    static var stageRule: ValueReader {
        let section = StageRuleDraft.section
        return ValueReader(section.shape) { node, key, problems in
            let before = problems.count
            guard let draft = section.read(node, key, &problems), problems.count == before,
                let name = draft.name?.value
            else { return nil }
            let matches = draft.matches
            guard matches.count == 1, let match = matches.first else {
                problems.append(
                    ConfigurationProblem(
                        origin: node.origin, key: key,
                        message: "a stage has one of order, header, model and prompt; this one has "
                            + (matches.isEmpty ? "none" : "\(matches.count)")))
                return nil
            }
            return StageRule(name: StageName(rawValue: name), match: match)
        }
    }
}

extension ValueReader where Value == String {
    /// A stage's name, which stands before `/` in the keys of metrics.
    fileprivate static var stageName: ValueReader {
        placeName.checked { name in
            StageRule.reservedNames.contains { $0.rawValue == name }
                ? "'\(name)' has a meaning of its own in the keys of metrics; give the stage another name" : nil
        }
    }

    /// A regular expression.
    fileprivate static var expression: ValueReader {
        text(words: "a regular expression, as in '^Summarise'").checked { text in
            (try? Regex(text)) == nil ? "\(quoted(text)) is not a regular expression" : nil
        }
    }

    /// The value of an environment variable: any text, an empty one included.
    fileprivate static var variableValue: ValueReader { word(words: "the variable's value") }
}

extension ValueReader where Value == [EnvironmentVariable] {
    private static var namePattern: String { "^[A-Za-z_][A-Za-z0-9_]{0,255}$" }
    /// A longer text may be a real key; placeholders are shorter.
    private static var longestPlaceholder: Int { 15 }

    /// `NAME: value`, sorted by name.
    static var environment: ValueReader {
        let row = ValueShape.Row(
            pattern: namePattern, shape: ValueReader<String>.variableValue.shape, keys: "names of variables")
        return .table(row, ValueReader<String>.variableName, ValueReader<String>.variableValue) { pairs, problem in
            for (name, value) in pairs where isSecret(name.value, value.value) {
                problem(
                    value.origin,
                    "'\(name.value)' looks like a secret, and sessions keep what is configured: set it where chimera-gate"
                        + " is called, from where the command inherits it")
            }
            return pairs.map { EnvironmentVariable(name: $0.name.value, value: $0.value.value) }
                .sorted { $0.name < $1.name }
        }
    }

    private static func isSecret(_ name: String, _ value: String) -> Bool {
        value.utf8.count > longestPlaceholder
            && ["KEY", "TOKEN", "SECRET", "PASSWORD"].contains { name.uppercased().hasSuffix($0) }
    }
}

/// `{prompt: 0.15, completion: 0.6}`
private struct PriceDraft: Sendable, Equatable {
    var prompt: Located<Double>?
    var completion: Located<Double>?

    static let section: ConfigurationSection<PriceDraft> =
        ConfigurationSection(
            PriceDraft(),
            [
                .value(
                    "prompt", \.prompt, .number(NumberRange(minimum: 0)), "Of a million tokens of prompts.",
                    isRequired: true),
                .value(
                    "completion", \.completion, .number(NumberRange(minimum: 0)), "Of a million generated tokens.",
                    isRequired: true),
            ])

    static var reader: ValueReader<PriceDraft> {
        ValueReader(section.shape) { node, key, problems in
            let before = problems.count
            return section.read(node, key, &problems).flatMap { problems.count == before ? $0 : nil }
        }
    }
}

extension ValueReader where Value == [ModelPrice] {
    /// Sorted by model.
    static var prices: ValueReader {
        let row = ValueShape.Row(pattern: "^.+$", shape: PriceDraft.section.shape, keys: "models")
        return .table(row, ValueReader<String>.word(words: "the name of a model"), PriceDraft.reader) { pairs, _ in
            pairs.compactMap { pair in
                guard let prompt = pair.value.value.prompt, let completion = pair.value.value.completion else {
                    return nil
                }
                return ModelPrice(model: pair.name.value, prompt: prompt.value, completion: completion.value)
            }.sorted { $0.model < $1.model }
        }
    }
}

extension ValueReader {
    /// A mapping whose keys are names and whose values are alike.
    ///
    /// - Parameter made: of what was read; told where a pair is wrong, it reports that.
    fileprivate static func table<Item: Sendable & Equatable>(
        _ row: ValueShape.Row, _ name: ValueReader<String>, _ item: ValueReader<Item>,
        _ made:
            @escaping @Sendable (
                [(name: Located<String>, value: Located<Item>)],
                _ problem: (ConfigurationOrigin, String) -> Void
            ) -> Value
    ) -> ValueReader {
        let shape = ValueShape.table([row])
        return ValueReader(shape) { node, key, problems in
            guard case .mapping(let pairs) = node.content else {
                let refusal = Refusal(node, allowed: shape)
                problems.append(ConfigurationProblem(origin: node.origin, key: key, message: refusal.message))
                return nil
            }
            let before = problems.count
            var read: [(name: Located<String>, value: Located<Item>)] = []
            for (nameNode, valueNode) in pairs {
                guard let text = name.read(nameNode, key, &problems),
                    let value = item.read(valueNode, "\(key).\(text)", &problems)
                else { continue }
                read.append(
                    (Located(value: text, origin: nameNode.origin), Located(value: value, origin: valueNode.origin)))
            }
            var wrong: [ConfigurationProblem] = []
            let value = made(read) { wrong.append(ConfigurationProblem(origin: $0, key: key, message: $1)) }
            problems += wrong
            return problems.count == before ? value : nil
        }
    }
}
