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
        var member = object + 1
        while member < end {
            readMember(member, &collector)
            member = collector.tokens.end(of: member)
        }
    }

    private mutating func readMember(_ value: Int, _ collector: inout FactCollector) {
        let role = collector.places[collector.tokens[value].place].role
        let kind = collector.tokens[value].kind
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
        case (.ambiguousParameter, _) where hasParameters: addSetting(value, &collector)
        case (.parameter, _), (.identifier, _), (.label, _): addSetting(value, &collector)
        case (_, .object): addSettings(value, &collector)
        default: break
        }
    }

    private func text(_ token: Int, _ collector: borrowing FactCollector) -> UnsafeBufferPointer<UInt8> {
        bytes.slice(collector.tokens[token])
    }

    /// The key of a member, in the table of names.
    private func name(of member: Int, _ collector: borrowing FactCollector) -> Int {
        collector.places[collector.tokens[member].place].key
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
        var member = object + 1
        while member < end {
            if collector.names[name(of: member, collector)].text == "name" {
                return collector.tokens[member].kind == .string ? label(member, &collector) : nil
            }
            member = collector.tokens.end(of: member)
        }
        return nil
    }

    /// The members of an object that holds settings only, such as `options`.
    private mutating func addSettings(_ object: Int, _ collector: inout FactCollector) {
        let end = collector.tokens.end(of: object)
        var hasParameter = false
        var member = object + 1
        while member < end {
            let role = collector.places[collector.tokens[member].place].role
            guard role == .parameter || role == .ambiguousParameter else { return }
            if role == .parameter { hasParameter = true }
            member = collector.tokens.end(of: member)
        }
        guard hasParameter else { return }
        member = object + 1
        while member < end {
            addSetting(member, &collector)
            member = collector.tokens.end(of: member)
        }
    }

    /// `num_gpu=60`
    private mutating func addSetting(_ value: Int, _ collector: inout FactCollector) {
        let name = name(of: value, collector)
        let token = collector.tokens[value]
        let text = text(value, collector)
        switch token.kind {
        case .number, .bool: labels.append(collector.label(name, equals: text))
        case .string where text.isEmpty: break
        case .string where token.traits.contains(.escapes):
            var plain = JSONTokens.unescaped(text) ?? ""
            labels.append(plain.withUTF8 { collector.label(name, equals: $0) })
        case .string: labels.append(collector.label(name, equals: text))
        case .object, .array, .null: break
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
