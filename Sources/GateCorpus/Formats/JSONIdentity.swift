import GateCore

/// What the members of an object say about who the object is.
struct JSONIdentity {
    let bytes: UnsafeBufferPointer<UInt8>
    /// In the order of the members.
    private(set) var labels: [Int] = []
    /// An ambiguous name beside a setting is a setting, too.
    private(set) var hasParameters = false

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func read(_ object: Int, _ collector: inout FactCollector) {
        hasParameters = collector.tokens[object].traits.contains(.parameters)
        // Most objects hold numbers and nothing that names them.
        guard collector.tokens[object].traits.contains(.identity) else { return }
        let end = collector.tokens.end(of: object)
        var key = object + 1
        while key < end {
            read(collector.tokens.name(of: key), key + 1, &collector)
            key = collector.tokens.end(of: key + 1)
        }
    }

    private mutating func read(_ name: Int, _ value: Int, _ collector: inout FactCollector) {
        let role = collector.names.role(of: name)
        let kind = collector.tokens.kind(of: value)
        switch (role, kind) {
        case (.label, .string):
            if !text(value, collector).isEmpty { labels.append(label(value, &collector)) }
        case (.label, .object):
            if let label = nameLabel(of: value, &collector) {
                labels.append(label)
            } else {
                addSettings(value, &collector)
            }
        case (.error, .string): addError(value, &collector)
        case (.ambiguousParameter, _) where hasParameters: addSetting(name, value, &collector)
        case (.parameter, _), (.identifier, _), (.label, _): addSetting(name, value, &collector)
        case (_, .object): addSettings(value, &collector)
        default: break
        }
    }

    private func text(_ token: Int, _ collector: borrowing FactCollector) -> UnsafeBufferPointer<UInt8> {
        bytes.slice(collector.tokens[token])
    }

    /// The label that a string makes.
    private func label(_ value: Int, _ collector: inout FactCollector) -> Int {
        let text = text(value, collector)
        guard collector.tokens[value].traits.contains(.escapes) else { return collector.label(text) }
        return collector.label(JSONTokens.unescaped(text) ?? "")
    }

    /// `"model": {"name": "transformer", …}`
    private func nameLabel(of object: Int, _ collector: inout FactCollector) -> Int? {
        let end = collector.tokens.end(of: object)
        var key = object + 1
        while key < end {
            if collector.names[collector.tokens.name(of: key)].text == "name" {
                return collector.tokens.kind(of: key + 1) == .string ? label(key + 1, &collector) : nil
            }
            key = collector.tokens.end(of: key + 1)
        }
        return nil
    }

    /// The members of an object that holds settings only, such as `options`.
    private mutating func addSettings(_ object: Int, _ collector: inout FactCollector) {
        let end = collector.tokens.end(of: object)
        var hasParameter = false
        var key = object + 1
        while key < end {
            let role = collector.names.role(of: collector.tokens.name(of: key))
            guard role == .parameter || role == .ambiguousParameter else { return }
            if role == .parameter { hasParameter = true }
            key = collector.tokens.end(of: key + 1)
        }
        guard hasParameter else { return }
        key = object + 1
        while key < end {
            addSetting(collector.tokens.name(of: key), key + 1, &collector)
            key = collector.tokens.end(of: key + 1)
        }
    }

    /// `num_gpu=60`
    private mutating func addSetting(_ name: Int, _ value: Int, _ collector: inout FactCollector) {
        let token = collector.tokens[value]
        let text = text(value, collector)
        switch token.kind {
        case .number, .bool: labels.append(collector.label(name, equals: text))
        case .string where text.isEmpty: break
        case .string where token.traits.contains(.escapes):
            var plain = JSONTokens.unescaped(text) ?? ""
            labels.append(plain.withUTF8 { collector.label(name, equals: $0) })
        case .string: labels.append(collector.label(name, equals: text))
        case .object, .array, .key, .null: break
        }
    }

    private mutating func addError(_ value: Int, _ collector: inout FactCollector) {
        let text = text(value, collector)
        guard !text.isEmpty else { return }
        var plain = collector.tokens[value].traits.contains(.escapes) ? JSONTokens.unescaped(text) ?? "" : ""
        if plain.isEmpty {
            labels.append(collector.label(errorEquals: text))
        } else {
            labels.append(plain.withUTF8 { collector.label(errorEquals: $0) })
        }
    }
}
