import GateCore
import GateJSON

/// The tags, the characters and the entities of a text in HTML, one after the other; comments are passed.
///
/// Source: HTML Living Standard, 13.2.5.
struct HTMLScanner {
    enum Token {
        case tag(Tag)
        /// Of a text in UTF-8.
        case byte(UInt8)
        /// What an entity stands for.
        case character(Unicode.Scalar)
    }

    struct Tag {
        /// In lower case.
        let name: String
        let isEnd: Bool
        let start: Int
        let line: Int
        /// `colspan`
        var columns: Int?
        /// `rowspan`
        var rows: Int?
    }

    /// Of the next token.
    private(set) var position: Int
    /// On which the position is, counted from 1.
    private(set) var line: Int
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, line: Int) {
        self.bytes = bytes
        position = start
        self.line = line
    }

    mutating func next() throws(HTMLTable.Fault) -> Token {
        while position < bytes.count {
            switch bytes[position] {
            case ascii("<"): if let tag = try markup() { return .tag(tag) }
            case ascii("&"): if let scalar = entity() { return .character(scalar) }
            default: break
            }
            // What is no markup is text; comments have moved on.
            if position < bytes.count, !isAtComment { return .byte(try byte()) }
        }
        throw .neverClosed
    }

    private var isAtComment: Bool { begins(with: "<!") || begins(with: "<?") }

    private mutating func byte() throws(HTMLTable.Fault) -> UInt8 {
        let byte = bytes[position]
        advance()
        if byte == 0x0A, beginsMarkdown { throw .holdsMarkdown }
        return byte
    }

    private mutating func advance() {
        if bytes[position] == 0x0A { line += 1 }
        position += 1
    }

    /// A row of bars or a fence begins the line.
    private var beginsMarkdown: Bool {
        let rest = bytes[position...].drop { $0 == 0x20 || $0 == 0x09 }
        return rest.first == ascii("|") || rest.starts(with: "```".utf8) || rest.starts(with: "~~~".utf8)
    }

    private func begins(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    // MARK: - Tags

    /// - Returns: nil where no tag begins: a comment has been passed, or the character is one of a text.
    private mutating func markup() throws(HTMLTable.Fault) -> Tag? {
        if begins(with: "<!--") { return try pass("-->") }
        if begins(with: "<!") || begins(with: "<?") { return try pass(">") }
        let start = position
        let isEnd = start + 1 < bytes.count && bytes[start + 1] == ascii("/")
        let first = start + (isEnd ? 2 : 1)
        guard first < bytes.count, isLetter(bytes[first]) else { return nil }
        let end = bytes[first...].firstIndex { !isLetter($0) && !isDigit($0) && $0 != ascii("-") } ?? bytes.count
        let name = bytes[first..<min(end, first + 12)].map { $0 < 0x60 && isLetter($0) ? $0 | 0x20 : $0 }
        var tag = Tag(name: String(decoding: name, as: UTF8.self), isEnd: isEnd, start: start, line: line)
        position = end
        try readAttributes(of: &tag)
        if !isEnd, tag.name == "script" || tag.name == "style" { _ = try pass("</") }
        return tag
    }

    private mutating func pass(_ end: StaticString) throws(HTMLTable.Fault) -> Tag? {
        while position < bytes.count {
            if begins(with: end) {
                position += end.utf8CodeUnitCount
                return nil
            }
            advance()
        }
        throw .openTag
    }

    /// Up to behind the tag.
    private mutating func readAttributes(of tag: inout Tag) throws(HTMLTable.Fault) {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == ascii(">") {
                position += 1
                return
            }
            guard !isBlank(byte), byte != ascii("/") else {
                advance()
                continue
            }
            let name = word { $0 != ascii("=") && $0 != ascii("/") }
            if name.isEmpty { advance() }
            while position < bytes.count, isBlank(bytes[position]) { advance() }
            guard position < bytes.count, bytes[position] == ascii("=") else { continue }
            advance()
            while position < bytes.count, isBlank(bytes[position]) { advance() }
            let value = value()
            switch String(decoding: name.prefix(10), as: UTF8.self).lowercased() {
            case "colspan": tag.columns = HTMLScanner.span(value)
            case "rowspan": tag.rows = HTMLScanner.span(value)
            default: break
            }
        }
        throw .openTag
    }

    private mutating func value() -> Slice<UnsafeBufferPointer<UInt8>> {
        guard position < bytes.count, bytes[position] == ascii("\"") || bytes[position] == ascii("'") else {
            return word { _ in true }
        }
        let quote = bytes[position]
        let start = position + 1
        advance()
        while position < bytes.count, bytes[position] != quote { advance() }
        let value = bytes[start..<position]
        if position < bytes.count { position += 1 }
        return value
    }

    /// Up to a blank or the end of the tag.
    private mutating func word(_ belongs: (UInt8) -> Bool) -> Slice<UnsafeBufferPointer<UInt8>> {
        let start = position
        while position < bytes.count, !isBlank(bytes[position]), bytes[position] != ascii(">"),
            belongs(bytes[position])
        {
            position += 1
        }
        return bytes[start..<position]
    }

    private static func span(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard value.count <= 6 else { return nil }
        return Int(String(decoding: value, as: UTF8.self))
    }

    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    // MARK: - Entities

    /// Passes an entity; nil where the ampersand begins none.
    private mutating func entity() -> Unicode.Scalar? {
        let name = bytes[(position + 1)...].prefix(10).prefix { $0 != ascii(";") && !isBlank($0) && $0 != ascii("<") }
        let end = name.endIndex
        guard end < bytes.count, bytes[end] == ascii(";") else { return nil }
        guard let scalar = HTMLScanner.scalar(String(decoding: name, as: UTF8.self)) else { return nil }
        position = end + 1
        return scalar
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.first == "#" else { return entities[name] }
        let digits = name.dropFirst()
        let isHex = digits.first == "x" || digits.first == "X"
        let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let scalar = number.flatMap(Unicode.Scalar.init), scalar.value >= 0x20 else { return nil }
        return scalar.properties.isWhitespace ? " " : scalar
    }

    /// Those that stand beside numbers; every blank is one blank.
    private static let entities: [String: Unicode.Scalar] = [
        "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "numsp": " ", "amp": "&", "lt": "<", "gt": ">",
        "quot": "\"", "apos": "'", "plusmn": "±", "pm": "±", "micro": "µ", "mu": "μ", "sigma": "σ", "times": "×",
        "middot": "·", "minus": "−", "ndash": "–", "mdash": "—", "deg": "°", "percnt": "%", "permil": "‰", "le": "≤",
        "ge": "≥", "asymp": "≈", "hellip": "…", "rarr": "→", "larr": "←", "uarr": "↑", "darr": "↓", "bull": "•",
        "euro": "€", "pound": "£", "dollar": "$", "cent": "¢", "num": "#", "lowbar": "_", "sol": "/", "lpar": "(",
        "rpar": ")", "period": ".", "comma": ",", "colon": ":", "check": "✓", "cross": "✗", "Delta": "Δ",
    ]
}
