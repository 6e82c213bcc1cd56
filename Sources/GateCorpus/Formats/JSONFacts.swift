import GateCore
import GateJSON

/// Facts and harvested metrics of one JSON document.
struct JSONFacts {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    /// The array indices on the way to where it stands.
    private var indices: [Int] = []

    /// Collects the facts of a file that was begun.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, into collector: inout FactCollector
    ) throws(FileRefusal) {
        guard collector.readTokens(bytes) else { throw refusal(bytes) }
        var reader = JSONFacts(bytes: bytes, file: file)
        let root = collector.places.root(&collector.names)
        reader.walk(0, Standing(place: root, owner: 0, role: .number), &collector)
    }

    private static func refusal(_ bytes: UnsafeBufferPointer<UInt8>) -> FileRefusal {
        do {
            _ = try JSONValue.parse(bytes)
            return FileRefusal(reason: "more than 4 GB in one JSON document")
        } catch {
            return FileRefusal(reason: "\(error)")
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// Where a value stands.
    private struct Standing {
        /// In ``JSONPlaces``.
        var place: Int
        /// In the packer.
        var owner: Int
        var role: NameRole
        /// In the array that holds it.
        var index: Int?
    }

    private mutating func walk(_ token: Int, _ standing: Standing, _ collector: inout FactCollector) {
        let value = collector.tokens[token]
        switch value.kind {
        case .object: walkObject(token, standing, &collector)
        case .array: walkArray(token, standing, &collector)
        case .number: appendNumber(value, standing, &collector)
        case .string: appendString(value, standing, &collector)
        case .key, .bool, .null: break
        }
    }

    private mutating func walkArray(_ token: Int, _ standing: Standing, _ collector: inout FactCollector) {
        var inner = standing
        inner.place = collector.places.elements(of: standing.place, at: standing.index, &collector.names)
        let end = collector.tokens.end(of: token)
        var element = token + 1
        var index = 0
        indices.append(0)
        while element < end {
            indices[indices.count - 1] = index
            inner.index = index
            walk(element, inner, &collector)
            element = collector.tokens.end(of: element)
            index += 1
        }
        indices.removeLast()
    }

    private mutating func walkObject(_ token: Int, _ standing: Standing, _ collector: inout FactCollector) {
        var identity = JSONIdentity(bytes: bytes)
        identity.read(token, &collector)
        var owner = standing.owner
        if let index = standing.index {
            if identity.labels.isEmpty {
                owner = collector.packer.owner(owner, collector.label(at: standing.place, index: index))
            }
        } else if collector.places[standing.place].isNamed {
            owner = collector.packer.owner(owner, collector.label(at: standing.place, index: nil))
        }
        let outer = owner
        for label in identity.labels where !collector.packer.has(outer, label) {
            owner = collector.packer.owner(owner, label)
        }
        let end = collector.tokens.end(of: token)
        var key = token + 1
        while key < end {
            let place = collector.places.member(
                collector.tokens.name(of: key), of: standing.place, collector.names)
            let role = collector.places[place].role.resolved(besideParameters: identity.hasParameters)
            walk(key + 1, Standing(place: place, owner: owner, role: role), &collector)
            key = collector.tokens.end(of: key + 1)
        }
    }

    private mutating func appendNumber(
        _ value: JSONTokens.Token, _ standing: Standing, _ collector: inout FactCollector
    ) {
        let written = bytes.slice(value)
        if collector.places[standing.place].isHarvested, collector.places.isNewToHarvest(standing.place, indices),
            let number = DecimalText.double(written)
        {
            harvest(number, standing.place, &collector)
        }
        guard standing.role == .number else { return }
        if !value.digits.isNone {
            append(.packed(value.digits), nil, standing, &collector)
        } else if let number = DecimalText.double(written) {
            append(.text(written, value: number), nil, standing, &collector)
        }
    }

    private mutating func appendString(
        _ value: JSONTokens.Token, _ standing: Standing, _ collector: inout FactCollector
    ) {
        guard value.traits.contains(.escapes) else { return appendText(bytes.slice(value), standing, &collector) }
        var text = JSONTokens.unescaped(bytes.slice(value)) ?? ""
        text.withUTF8 { appendText($0, standing, &collector) }
    }

    private mutating func appendText(
        _ text: UnsafeBufferPointer<UInt8>, _ standing: Standing, _ collector: inout FactCollector
    ) {
        if collector.places[standing.place].isHarvested, let value = Harvest.value(text) {
            harvest(value, standing.place, &collector)
        }
        guard standing.role == .number, let number = WrittenNumber(cell: text) else { return }
        let key = collector.places[standing.place].key
        let quantity = number.quantity ?? collector.names[key].metric.quantity
        // A string of digits is a version or a name as often as a number.
        guard quantity != .unknown else { return }
        append(.text(trimmed(text), value: number.value), quantity, standing, &collector)
    }

    private func append(
        _ number: WrittenDigits, _ quantity: Quantity?, _ standing: Standing, _ collector: inout FactCollector
    ) {
        let name = collector.name(at: standing.place, quantity)
        var owner = standing.owner
        if let label = name.ownerLabel, let last = collector.packer.parts(of: owner), last.label == label {
            owner = last.parent
        }
        collector.packer.append(number, name: name.number, owner: owner, indices: indices)
    }

    private func harvest(_ value: Double, _ place: Int, _ collector: inout FactCollector) {
        let path = collector.places.path(to: place)
        collector.harvest(
            "json_" + filled(path.keys), value, from: FactSource(file: file, pointer: filled(path.pointer)))
    }

    /// The pieces of a path with the indices between them.
    private func filled(_ pieces: [String]) -> String {
        zip(pieces.dropFirst(), indices).reduce(pieces[0]) { "\($0)\($1.1)\($1.0)" }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The text of a token, without quotes.
    func slice(_ token: JSONTokens.Token) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: self[Int(token.start)..<Int(token.end)])
    }
}
