internal import GateCore
package import GateJSON

/// The configuration that a call works with, key by key, each with where its value comes from.
package struct EffectiveSettings: Sendable {
    /// One value that holds.
    package struct Entry: Sendable {
        package let key: String
        package let value: JSONValue
        /// ``ConfigurationOrigin/nowhere`` for a default.
        package let origin: ConfigurationOrigin
    }

    /// In the order of the declarations. Keys that nobody sets and that have no default are left out: nothing is sent of
    /// them.
    package let entries: [Entry]

    package init(
        _ draft: ConfigurationDraft, flags: ConfigurationFlags, environment: [String: String]
    ) throws(ConfigurationError) {
        var problems: [ConfigurationProblem] = []
        let said = draft.overlaid(with: flags, &problems)
        let resolved = said.resolved(environment: environment, &problems)
        guard let resolved, problems.isEmpty else { throw ConfigurationError(problems) }
        var base: Configuration?
        if draft.namesBaseServer {
            base = try draft.resolvedBase(head: draft, flags: flags, serverURL: nil, environment: environment)
        }
        let hasHost = environment["OLLAMA_HOST"]?.contains { !$0.isWhitespace } == true
        entries = Settings.all.flatMap { setting -> [Entry] in
            if setting.key == Setting.metrics.key { return EffectiveSettings.demands(of: said) }
            let isOfBase = setting.key.hasPrefix("base.")
            // Of the base's server only what is said of it: the rest is the head's.
            if isOfBase, said.origin(of: setting.key) == nil { return [] }
            // A command chooses model and options by itself.
            if resolved.workload == .command, setting.key.hasPrefix("agent."), said.origin(of: setting.key) == nil {
                return []
            }
            if setting.key == Settings.baseSetup.key {
                return said.located(setting.key, as: [String].self).map {
                    [Entry(key: setting.key, value: Setting.json($0.value).withoutSecrets, origin: $0.origin)]
                } ?? []
            }
            let source = isOfBase ? Settings.named(String(setting.key.dropFirst(5))) : setting
            guard let configuration = isOfBase ? base : resolved, let value = source?.value(configuration) else {
                return []
            }
            var origin = said.origin(of: setting.key) ?? .nowhere
            if setting.key == "server.url", origin == .nowhere, hasHost, !said.isServerNamed {
                origin = .environment("OLLAMA_HOST")
            }
            let isCommand = setting.key.hasSuffix("server.start") || setting.key == "command.run"
            return [Entry(key: setting.key, value: isCommand ? value.withoutSecrets : value, origin: origin)]
        }
    }

    private static func demands(of draft: ConfigurationDraft) -> [Entry] {
        (draft.located("metrics", as: [MetricDraft].self)?.value ?? []).flatMap { demand -> [Entry] in
            let key = "metrics.\(demand.stage.map { "\($0.rawValue)/" } ?? "")\(demand.metric.rawValue)"
            let unit = MetricCatalogue.metric(demand.metric)?.unit
            func limit(_ name: String, _ value: Located<Double>?) -> Entry? {
                value.map { Entry(key: "\(key).\(name)", value: Quantity.json($0.value, unit), origin: $0.origin) }
            }
            let role = demand.role.map {
                Entry(key: "\(key).role", value: JSONValue($0.value.rawValue), origin: $0.origin)
            }
            let tolerance = demand.tolerance.map {
                Entry(key: "\(key).tolerance", value: JSONValue(Quantity.text($0.value, unit)), origin: $0.origin)
            }
            return [role, tolerance, limit("max", demand.max), limit("min", demand.min)].compactMap { $0 }
        }
    }
}

extension Quantity {
    private static func word(_ unit: MetricUnit?) -> String {
        switch unit {
        case .seconds: "s"
        case .tokensPerSecond: "tok/s"
        case .requestsPerSecond: "req/s"
        case .perSecond: "/s"
        case .bytes: "B"
        case .count, .ratio, .cost, nil: ""
        }
    }

    /// A limit as the file writes it.
    fileprivate static func json(_ value: Double, _ unit: MetricUnit?) -> JSONValue {
        let word = word(unit)
        return word.isEmpty
            ? Int(exactly: value).map { JSONValue($0) } ?? JSONValue(value) : JSONValue(text(value, word))
    }

    fileprivate static func text(_ tolerance: Tolerance, _ unit: MetricUnit?) -> String {
        [tolerance.percent.map { text($0, "%") }, tolerance.absolute.map { text($0, word(unit)) }]
            .compactMap { $0 }.joined(separator: " or ")
    }
}

extension JSONValue {
    /// A command without what it says of keys and tokens: `--api-key ***`, `HF_TOKEN=***`.
    fileprivate var withoutSecrets: JSONValue {
        func isSecret(_ name: Substring) -> Bool {
            ["key", "token", "secret", "password"].contains { name.lowercased().hasSuffix($0) }
        }
        var isNext = false
        return .array(
            (array ?? []).map { word in
                guard let text = word.string else { return word }
                if isNext, !text.hasPrefix("-") {
                    isNext = false
                    return "***"
                }
                let name = text.prefix { $0 != "=" }
                isNext = text.hasPrefix("-") && isSecret(name)
                guard name.count < text.count, isSecret(name) else { return word }
                isNext = false
                return JSONValue("\(name)=***")
            })
    }
}
