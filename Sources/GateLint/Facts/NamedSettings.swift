internal import GateCore

/// Settings that a name spells out: `hnswlib ({'M': 16}) ef=10` is a row of M 16 and ef 10, and a report says it so.
enum NamedSettings {
    /// The facts with such settings as keys of their rows.
    static func named(_ facts: [Fact]) -> [Fact] {
        var known: [String: [FactLabel]] = [:]
        return facts.map { fact in
            var added: [FactLabel] = []
            for label in fact.labels where label.kind == .text && label.text.utf8.count <= longest {
                let settings = known[label.text] ?? settings(of: label.text)
                known[label.text] = settings
                added += settings.filter { setting in
                    !fact.labels.contains { $0.name == setting.name } && !added.contains { $0.name == setting.name }
                }
            }
            return added.isEmpty ? fact : fact.labeled(fact.labels + added)
        }
    }

    /// A longer text is prose.
    private static let longest = 200

    private static func settings(of text: String) -> [FactLabel] {
        var result: [FactLabel] = []
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") {
            guard let name = name(before: index, in: bytes), let value = value(behind: index, in: bytes) else {
                continue
            }
            result.append(FactLabel(.key, name: name, text: value))
        }
        return result
    }

    /// `M`, `'ef_search'`
    private static func name(before mark: Int, in bytes: [UInt8]) -> String? {
        var end = mark
        while end > 0, bytes[end - 1] == UInt8(ascii: " ") || isQuote(bytes[end - 1]) { end -= 1 }
        var start = end
        while start > 0, isOfName(bytes[start - 1]) { start -= 1 }
        guard start < end, !(0x30...0x39).contains(bytes[start]) else { return nil }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private static func value(behind mark: Int, in bytes: [UInt8]) -> String? {
        var start = mark + 1
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") || isQuote(bytes[start]) { start += 1 }
        var end = start
        while end < bytes.count, (0x30...0x39).contains(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        // `12:30:05` is a time, `1.2.3` a version, `16k` something else.
        guard end > start, end == bytes.count || !isOfName(bytes[end]) && bytes[end] != UInt8(ascii: ":") else {
            return nil
        }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return Double(text) == nil ? nil : text
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }
    private static func isOfName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20)
    }
}
