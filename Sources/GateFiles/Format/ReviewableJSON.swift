import GateJSON

/// The layout of files that people review: a value that is short stands on one line, and so does every array of numbers,
/// however long, with the object that holds it. One more sample is one changed line.
struct ReviewableJSON {
    /// Columns, arrays of numbers not counted.
    private static let longestLine = 130

    private var bytes: [UInt8] = []

    /// - Parameter value: its members in the order in which they are to stand.
    static func encode(_ value: JSONValue) -> [UInt8] {
        var layout = ReviewableJSON()
        layout.append(value, depth: 0)
        layout.bytes.append(0x0A)
        return layout.bytes
    }

    private mutating func append(_ value: JSONValue, depth: Int) {
        guard !isShort(value) else { return appendLine(value) }
        switch value {
        case .object(let members):
            appendBlock("{", "}", members, depth) { layout, member in
                layout.appendKey(member.key)
                layout.append(member.value, depth: depth + 1)
            }
        case .array(let elements):
            appendBlock("[", "]", elements, depth) { $0.append($1, depth: depth + 1) }
        default: value.append(to: &bytes)
        }
    }

    private mutating func appendBlock<Element>(
        _ open: String, _ close: String, _ elements: [Element], _ depth: Int,
        _ append: (inout ReviewableJSON, Element) -> Void
    ) {
        bytes += open.utf8
        for (index, element) in elements.enumerated() {
            bytes += (index > 0 ? ",\n" : "\n").utf8
            bytes += [UInt8](repeating: 0x20, count: 2 * (depth + 1))
            append(&self, element)
        }
        bytes.append(0x0A)
        bytes += [UInt8](repeating: 0x20, count: 2 * depth)
        bytes += close.utf8
    }

    private mutating func appendLine(_ value: JSONValue) {
        switch value {
        case .object(let members):
            appendList("{", "}", members) { layout, member in
                layout.appendKey(member.key)
                layout.appendLine(member.value)
            }
        case .array(let elements): appendList("[", "]", elements) { $0.appendLine($1) }
        default: value.append(to: &bytes)
        }
    }

    private mutating func appendList<Element>(
        _ open: String, _ close: String, _ elements: [Element], _ append: (inout ReviewableJSON, Element) -> Void
    ) {
        bytes += open.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes += ", ".utf8 }
            append(&self, element)
        }
        bytes += close.utf8
    }

    private mutating func appendKey(_ key: String) {
        JSONValue.string(key).append(to: &bytes)
        bytes += ": ".utf8
    }

    private func isShort(_ value: JSONValue) -> Bool { width(value) <= ReviewableJSON.longestLine }

    private func width(_ value: JSONValue) -> Int {
        switch value {
        case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count + 6 + width($1.value) }
        case .array(let elements):
            elements.allSatisfy { $0.double != nil } ? 2 : elements.reduce(2) { $0 + 2 + width($1) }
        default: value.encoded.count
        }
    }
}
