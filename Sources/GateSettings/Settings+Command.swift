internal import GateCore
internal import GateJSON

extension Settings {
    /// What the workload `command` starts, and how its calls are measured.
    static let command: [Setting] = [
        Setting(
            "command.run", optionalOf: \.run, .command,
            "Program and arguments, never run through a shell. Required by 'workload: command'.",
            json: { $0.isEmpty ? nil : Setting.json($0) }),
        Setting(
            "command.directory", optionalOf: \.directory, ValueReader<String>.folder.optional,
            "The folder in which it is started, and from which its report is looked for; left out, the one in which"
                + " chimera-gate is called.", json: { $0.map { JSONValue($0) } }),
        Setting(
            "command.environment", optionalOf: \.environment, .environment,
            "Variables that are set for it, beside those that it inherits.",
            json: { $0.isEmpty ? nil : .object($0.map { ($0.name, JSONValue($0.value)) }) }),
        Setting(
            "command.report", optionalOf: \.report,
            ValueReader<String>.text(words: "the path of a file, or a pattern with * and ? for its name").optional,
            "The report that it writes: it must be written anew in every run, and is judged. Left out, none is"
                + " expected.", json: { $0.map { JSONValue($0) } }),
        Setting(
            "command.success", of: \.success, ValueReader<Int>.integer(0...255).list(),
            "The exit codes of a run that did its work."),
        Setting(
            "command.timeout", of: \.timeoutSeconds, .timeout,
            "The time after which it is ended, with all that it started.",
            json: { JSONValue(Quantity.text($0, "s")) }),
        Setting(
            "command.address_variables", optionalOf: \.addressVariables, ValueReader<String>.variableName.list(),
            "Variables that get the address of the proxy, besides OLLAMA_HOST, OPENAI_BASE_URL, OPENAI_API_BASE and"
                + " ANTHROPIC_BASE_URL.", json: { $0.isEmpty ? nil : Setting.json($0) }),
        Setting(
            "command.stages", optionalOf: \.stages, ValueReader<StageRule>.stageRule.list(),
            "Which calls belong together: the first rule that fits names a call's stage. What no rule and no header"
                + " names is of the stage 'calls'.", json: { $0.isEmpty ? nil : .array($0.map(\.json)) }),
        Setting(
            "proxy.stream", of: \.stream, .choice(),
            "Whether the server is asked for a stream: as the command asks (an answer that is not streamed has no TTFT),"
                + " or always, where the command gets the whole of it."),
        Setting(
            "proxy.header", of: \.stageHeader,
            .text(
                pattern: "^[a-z][a-z0-9-]{0,63}$", words: "the name of a header in lower case: letters, digits and '-'"),
            "The header by which a call names its stage; it is not passed on."),
        Setting(
            "prices", optionalOf: \.prices, .prices,
            "What a million tokens of a model cost, by its name as the calls have it; gives the metric 'cost'.",
            json: { prices in
                prices.isEmpty
                    ? nil
                    : .object(
                        prices.map {
                            (
                                $0.model,
                                ["prompt": Setting.json($0.prompt), "completion": Setting.json($0.completion)]
                            )
                        })
            }),
    ]

    /// What is run in the base's tree before its command is measured.
    static let baseSetup = Setting(
        "base.setup", .command,
        "A command that is run once in the base's tree before its command is measured: dependencies, submodules. Its time"
            + " counts nowhere.", value: { _ in nil }, apply: { (_: inout Configuration, _: [String]) in })
}

extension Setting {
    /// A key of the command whose property always has a value.
    fileprivate init<Value: Sendable>(
        _ key: String, of path: any WritableKeyPath<CommandConfiguration, Value> & Sendable,
        _ reader: ValueReader<Value>, _ meaning: String,
        json: @escaping @Sendable (Value) -> JSONValue = { Setting.json($0) }
    ) {
        self.init(
            key, reader, meaning, initial: json(CommandConfiguration()[keyPath: path]),
            value: { $0.command.map { json($0[keyPath: path]) } }, apply: { $0.started[keyPath: path] = $1 })
    }

    /// A key of the command that has no value where nobody says one.
    fileprivate init<Value: Sendable>(
        _ key: String, optionalOf path: any WritableKeyPath<CommandConfiguration, Value> & Sendable,
        _ reader: ValueReader<Value>, _ meaning: String, json: @escaping @Sendable (Value) -> JSONValue?
    ) {
        self.init(
            key, reader, meaning, value: { $0.command.flatMap { json($0[keyPath: path]) } },
            apply: { $0.started[keyPath: path] = $1 })
    }
}

extension Configuration {
    /// The command that is started; what is set makes it configured.
    var started: CommandConfiguration {
        get { command ?? CommandConfiguration() }
        set { command = newValue }
    }
}

extension ValueReader {
    /// The same value for a property that may have none.
    fileprivate var optional: ValueReader<Value?> {
        ValueReader<Value?>(shape) { node, key, problems in read(node, key, &problems).map { .some($0) } }
    }
}

extension ValueReader where Value == String {
    fileprivate static var folder: ValueReader { .text(words: "the path of a folder") }
}

extension StageRule {
    fileprivate var json: JSONValue {
        let (key, value): (String, JSONValue) =
            switch match {
            case .order(let number): ("order", JSONValue(number))
            case .header(let text): ("header", JSONValue(text))
            case .model(let text): ("model", JSONValue(text))
            case .prompt(let text): ("prompt", JSONValue(text))
            }
        return .object([("name", JSONValue(name.rawValue)), (key, value)])
    }
}
