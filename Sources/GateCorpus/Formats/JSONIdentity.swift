import GateCore
import GateJSON
import GateVocabulary

/// What the members of an object say about the numbers beside them: who the object is, in what unit they are, and what a
/// number that is called a value is a value of.
struct JSONIdentity {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The object is one of an array's: a row.
    let isElement: Bool
    /// Places of numbers that select their object among the others of an array.
    let keys: [Int]
    /// An ambiguous name beside a setting is a setting, too.
    private(set) var hasParameters = false
    private(set) var units: [ScopedUnit] = []
    /// The name of the metric whose value stands here, in the table of names.
    private(set) var metric: Int?

    /// A longer text is no name.
    private static let longestName = 80
    private static let mostSettings = 24
    private static let mostLevels = 3

    /// - Parameter labels: those of the object are appended, in the order of the members.
    mutating func read(_ object: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        hasParameters = collector.tokens[object].traits.contains(.parameters)
        let end = collector.tokens.end(of: object)
        var (values, candidate): (Int, Int?) = (0, nil)
        var member = object + 1
        while member < end {
            let token = collector.tokens[member]
            if token.kind == .number {
                readNumber(member, &labels, &collector)
                if collector.names.isValue(collector.places[token.place].key) { values += 1 }
            } else if token.kind != .null {
                readMember(member, &labels, &collector)
                if token.kind == .string, collector.places[token.place].role == .metric { candidate = member }
            }
            member = collector.tokens.end(of: member)
        }
        if values > 0 { metric = metric(candidate, of: object, &labels, &collector) }
    }

    @inline(__always)
    private func readNumber(_ member: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        let place = collector.tokens[member].place
        if isKey(place, collector.places[place].role) || collector.isGiven(collector.places[place].key) {
            addSetting(member, &labels, &collector)
        }
    }

    @inline(__always)
    func isKey(_ place: Int, _ role: NameRole) -> Bool {
        switch role {
        case .number, .label: !keys.isEmpty && keys.contains(place)
        case .parameter, .identifier: true
        case .ambiguousParameter: hasParameters
        case .error, .moment, .unit, .metric, .versions: false
        }
    }

    private mutating func readMember(_ value: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        let role = collector.places[collector.tokens[value].place].role
        switch (role, collector.tokens[value].kind) {
        case (.unit, .string): addUnit(value, &collector)
        case (.metric, .string), (.moment, _): break
        case (_, .array): addAttributes(value, &labels, &collector)
        case (.error, .string): addError(value, &labels, &collector)
        case (.label, .object):
            if let label = nameLabel(of: value, &collector) {
                labels.append(label)
            } else {
                addSettings(value, &labels, &collector)
            }
        case (_, .object): addSettings(value, &labels, &collector)
        case (_, .string): addText(value, &labels, &collector)
        case (_, .bool) where isElement || role == .parameter: addSetting(value, &labels, &collector)
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

    /// A short text names the object; a date, a version or a commit does not, and a number with its unit is a number.
    private func addText(_ value: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        let text = text(value, collector)
        guard !text.isEmpty, text.count <= JSONIdentity.longestName, !text.contains(0x0A) else { return }
        let role = collector.places[collector.tokens[value].place].role
        if role != .label, role != .parameter {
            let named = collector.names[name(of: value, collector)].metric.quantity
            guard collector.kind(of: text) == .text, WrittenNumber(text: text, named) == nil else { return }
        }
        labels.append(label(value, &collector))
    }

    /// The label that a string makes.
    private func label(_ value: Int, _ collector: inout FactCollector) -> Int {
        let (text, name) = (text(value, collector), name(of: value, collector))
        let isSetting = collector.places[collector.tokens[value].place].role == .parameter
        guard collector.tokens[value].traits.contains(.escapes) else {
            return isSetting
                ? collector.label(name, equals: text) : collector.label(.text, name: name, text: text)
        }
        var plain = JSONCursor.Text(bytes: text, hasEscapes: true).characters
        return plain.withUTF8 { collector.label(.text, name: name, text: $0) }
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

    /// The members of an object that holds settings only, such as `options` or `params`: texts, flags and numbers whose
    /// names are those of settings.
    private mutating func addSettings(_ object: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        guard holdsSettings(object, collector) else {
            guard collector.names[name(of: object, collector)].isConfiguration else {
                return addResource(object, &labels, &collector)
            }
            return addConfiguration(object, JSONIdentity.mostLevels, &labels, &collector)
        }
        let end = collector.tokens.end(of: object)
        var member = object + 1
        while member < end {
            switch collector.tokens[member].kind {
            case .string: readMember(member, &labels, &collector)
            default: addSetting(member, &labels, &collector)
            }
            member = collector.tokens.end(of: member)
        }
    }

    private func holdsSettings(_ object: Int, _ collector: borrowing FactCollector) -> Bool {
        let end = collector.tokens.end(of: object)
        var (count, member) = (0, object + 1)
        let hasParameters = collector.tokens[object].traits.contains(.parameters)
        guard hasParameters || collector.names[name(of: object, collector)].isSettings else { return false }
        while member < end {
            let token = collector.tokens[member]
            let role = collector.places[token.place].role
            switch token.kind {
            case .object, .array: return false
            case .number:
                guard role == .parameter || role == .identifier || role == .ambiguousParameter && hasParameters else {
                    return false
                }
                count += 1
            case .string, .bool: count += 1
            case .null: break
            }
            member = collector.tokens.end(of: member)
        }
        return count > 0 && count <= JSONIdentity.mostSettings
    }

    /// Texts and whole numbers, whatever stands between them: all of it was set.
    private mutating func addConfiguration(
        _ object: Int, _ levels: Int, _ labels: inout [Int], _ collector: inout FactCollector
    ) {
        let end = collector.tokens.end(of: object)
        var member = object + 1
        while member < end, labels.count < JSONIdentity.mostSettings {
            let token = collector.tokens[member]
            switch token.kind {
            // Where something lay says nothing of it.
            case .string where text(member, collector).first != ascii("/"): readMember(member, &labels, &collector)
            case .number where token.digits.isWhole && !token.digits.isNone: addSetting(member, &labels, &collector)
            case .object where levels > 0: addConfiguration(member, levels - 1, &labels, &collector)
            default: break
            }
            member = collector.tokens.end(of: member)
        }
    }

    /// `num_gpu=60`
    private func addSetting(_ value: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        let token = collector.tokens[value]
        guard token.kind == .number || token.kind == .bool else { return }
        labels.append(collector.label(name(of: value, collector), equals: text(value, collector)))
    }

    private mutating func addUnit(_ value: Int, _ collector: inout FactCollector) {
        guard let quantity = Quantity(unit: String(decoding: text(value, collector), as: UTF8.self)) else { return }
        units.append(ScopedUnit(name: collector.names[name(of: value, collector)].text, quantity: quantity))
    }

    /// `{"metric": "p99_latency", "value": 12.5}`, or a name that reads like that of a metric.
    private func metric(
        _ candidate: Int?, of object: Int, _ labels: inout [Int], _ collector: inout FactCollector
    ) -> Int? {
        if let candidate { return collector.names.find(text(candidate, collector)) }
        let end = collector.tokens.end(of: object)
        var member = object + 1
        while member < end {
            if collector.tokens[member].kind == .string, collector.places[collector.tokens[member].place].role == .label
            {
                let text = text(member, collector)
                guard text.count <= JSONIdentity.longestName else { return nil }
                let name = collector.names.find(text)
                guard collector.names[name].metric.isMeasured else { return nil }
                let label = label(member, &collector)
                labels.removeAll { $0 == label }
                return name
            }
            member = collector.tokens.end(of: member)
        }
        return nil
    }

    /// `"resource": {"attributes": […]}`
    private func addResource(_ object: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        guard collector.names[name(of: object, collector)].text == "resource" else { return }
        var member = object + 1
        while member < collector.tokens.end(of: object) {
            addAttributes(member, &labels, &collector)
            member = collector.tokens.end(of: member)
        }
    }

    /// `"attributes": [{"key": "service.name", "value": {"stringValue": "cart"}}]`
    private func addAttributes(_ array: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        guard collector.tokens[array].kind == .array,
            collector.names[name(of: array, collector)].text == "attributes"
        else { return }
        var element = array + 1
        while element < collector.tokens.end(of: array), labels.count < JSONIdentity.mostSettings {
            if collector.tokens[element].kind == .object { addAttribute(element, &labels, &collector) }
            element = collector.tokens.end(of: element)
        }
    }

    private func addAttribute(_ pair: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        let end = collector.tokens.end(of: pair)
        var (key, value, member): (Int?, Int?, Int) = (nil, nil, pair + 1)
        while member < end {
            let text = collector.names[name(of: member, collector)].text
            if text == "key", collector.tokens[member].kind == .string { key = member }
            if text == "value" { value = member }
            member = collector.tokens.end(of: member)
        }
        guard let key, var value else { return }
        // The type names the one that is inside.
        if collector.tokens[value].kind == .object { value += 1 }
        guard value < end, [.string, .number, .bool].contains(collector.tokens[value].kind) else { return }
        let written = text(value, collector)
        guard !written.isEmpty, written.count <= JSONIdentity.longestName else { return }
        let name = collector.names.find(text(key, collector))
        labels.append(
            collector.tokens[value].kind == .string
                ? collector.label(.text, name: name, text: written) : collector.label(name, equals: written))
    }

    private func addError(_ value: Int, _ labels: inout [Int], _ collector: inout FactCollector) {
        let text = text(value, collector)
        guard !text.isEmpty else { return }
        var plain =
            collector.tokens[value].traits.contains(.escapes)
            ? JSONCursor.Text(bytes: text, hasEscapes: true).characters : ""
        if plain.isEmpty {
            labels.append(collector.label(errorEquals: text))
        } else {
            labels.append(plain.withUTF8 { collector.label(errorEquals: $0) })
        }
    }
}
