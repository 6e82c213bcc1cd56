import GateCore
import GateJSON

/// Facts and harvested metrics of one JSON document.
struct JSONFacts {
    private let file: String
    private let names: NameTable
    private var findings: Findings
    /// `results[0].tokens_s`, as the original project's keys have it.
    private var path: [UInt8] = []
    /// RFC 6901.
    private var pointer: [UInt8] = []

    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, names: NameTable, maximumFacts: Int
    ) throws(FileRefusal) -> Findings {
        let document: JSONValue
        do {
            document = try JSONValue.parse(bytes)
        } catch {
            throw FileRefusal(reason: "\(error)")
        }
        var reader = JSONFacts(file: file, names: names, findings: Findings(maximumFacts: maximumFacts))
        reader.walk(document, Place(key: "", entity: [], isHarvested: false))
        return reader.findings
    }

    private init(file: String, names: NameTable, findings: Findings) {
        self.file = file
        self.names = names
        self.findings = findings
    }

    /// Where a value stands.
    private struct Place {
        /// The key that holds the value, or the array that does.
        var key: String
        var entity: [String]
        /// The key of the object around the value.
        var owner: String?
        /// A key on the way speaks of tokens, speed and so on.
        var isHarvested: Bool
        /// In an array: the index.
        var index: Int?
        var role = NameRole.number
    }

    private mutating func walk(_ value: JSONValue, _ place: Place) {
        switch value {
        case .object(let members): walk(members, place)
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                descend("[\(index)]", "/\(index)") { walker in
                    var inner = place
                    inner.key = place.index.map { "\(place.key)[\($0)]" } ?? place.key
                    inner.index = index
                    walker.walk(element, inner)
                }
            }
        case .number(let number): append(number.written, number.value, nil, place)
        case .string(var text):
            text.withUTF8 { bytes in
                if place.isHarvested, let value = Harvest.value(bytes) { harvest(value) }
                guard place.role == .number, let number = WrittenNumber(cell: bytes) else { return }
                let quantity = number.quantity ?? names[place.key].metric.quantity
                // A string of digits is a version or a name as often as a number.
                guard quantity != .unknown else { return }
                appendFact(String(decoding: trimmed(bytes), as: UTF8.self), number.value, quantity, place)
            }
        case .bool, .null: break
        }
    }

    private mutating func walk(_ members: [(key: String, value: JSONValue)], _ place: Place) {
        let labels = identity.labels(members)
        var entity = place.entity
        if let index = place.index {
            if labels.isEmpty { entity.append("\(place.key)[\(index)]") }
        } else if !place.key.isEmpty {
            entity.append(entityText(place.key))
        }
        entity += labels.filter { !entity.contains($0) }
        let hasParameters = members.contains { names[$0.key].role == .parameter }
        for member in members {
            let traits = names[member.key]
            descend((path.isEmpty ? "" : ".") + member.key, "/" + escaped(member.key)) { walker in
                walker.walk(
                    member.value,
                    Place(
                        key: member.key, entity: entity, owner: place.key.isEmpty ? nil : place.key,
                        isHarvested: place.isHarvested || traits.isHarvested,
                        role: traits.role.resolved(besideParameters: hasParameters)))
            }
        }
    }

    private mutating func descend(_ step: String, _ token: String, _ body: (inout JSONFacts) -> Void) {
        let (pathLength, pointerLength) = (path.count, pointer.count)
        path += step.utf8
        pointer += token.utf8
        body(&self)
        path.removeLast(path.count - pathLength)
        pointer.removeLast(pointer.count - pointerLength)
    }

    private func escaped(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 == ascii("~") || $0 == ascii("/") }) else { return key }
        return key.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    }

    private mutating func append(_ written: String, _ value: Double, _ quantity: Quantity?, _ place: Place) {
        if place.isHarvested { harvest(value) }
        if place.role == .number { appendFact(written, value, quantity, place) }
    }

    private mutating func harvest(_ value: Double) {
        findings.harvest("json_" + String(decoding: path, as: UTF8.self), value, from: source)
    }

    private var identity: JSONIdentity { JSONIdentity(names: names) }

    private var source: FactSource { FactSource(file: file, pointer: String(decoding: pointer, as: UTF8.self)) }

    private mutating func appendFact(_ written: String, _ value: Double, _ quantity: Quantity?, _ place: Place) {
        guard findings.takesFact() else { return }
        var metric = names[place.key].metric
        var entity = place.entity
        if metric.isBare, let owner = place.owner {
            metric = metric.qualified(by: names[owner].metric)
            if entity.last == owner { entity.removeLast() }
        }
        let quantity = quantity ?? metric.quantity
        let name = metric.name.isEmpty ? "value" : metric.name
        findings.append(
            Fact(
                entity: entity, metric: place.index.map { "\(name)[\($0)]" } ?? name,
                statistic: metric.statistic, dimension: quantity.dimension, unit: quantity.unit, value: value,
                written: written, source: source))
    }
}
