/// Reads a printed number from the beginning of a text.
struct NumberScanner {
    private let text: [Unicode.Scalar]
    private let notation: PrintedNumber.Notation
    private var position = 0

    init(_ text: String, _ notation: PrintedNumber.Notation) {
        self.text = Array(text.unicodeScalars)
        self.notation = notation
        skipBlanks()
    }

    mutating func read() -> PrintedNumber? {
        var unit = currency()
        guard let number = number() else { return nil }
        skipBlanks()
        var scale = 1.0
        if unit != nil {
            scale = scaleWord()?.scale ?? 1
        } else if let found = word() {
            if let letter = found.scale { scale = letter } else { unit = found.text }
        }
        skipBlanks()
        let spread = spread()
        if spread != nil, unit == nil {
            skipBlanks()
            if let found = word(), found.scale == nil { unit = found.text }
        }
        skipBlanks()
        if scale != 1, unit == nil, let found = word(), found.scale == nil { unit = found.text }
        skipBlanks()
        let isRelative = spread?.isPercent == true && unit != "%"
        return PrintedNumber(
            value: number.value * scale, unit: unit,
            spread: spread.map {
                PrintedNumber.PrintedSpread(
                    value: isRelative ? $0.value : $0.value * scale, written: $0.written, isRelative: isRelative)
            })
    }

    var isAtEnd: Bool { position >= text.count }

    /// A bracket, an arrow or a mark beyond the letters.
    var isAtRemark: Bool {
        guard position < text.count else { return false }
        let scalar = text[position]
        return scalar == "(" || (scalar.value >= 0x80 && !scalar.properties.isAlphabetic)
    }

    private mutating func currency() -> String? {
        guard position < text.count, ["$", "€", "£"].contains(text[position]) else { return nil }
        defer { position += 1 }
        return String(text[position])
    }

    /// Sign, digits in groups, decimals, exponent.
    private mutating func number() -> (value: Double, written: String)? {
        var index = position
        var sign = ""
        if index < text.count, ["-", "+", "−", "–"].contains(text[index]) {
            sign = text[index] == "+" ? "" : "-"
            index += 1
        }
        let start = index
        let (point, comma): (Unicode.Scalar, Unicode.Scalar) = notation == .point ? (".", ",") : (",", ".")
        var whole = ""
        var isGrouped = false
        while index < text.count {
            if isDigit(index) {
                whole.unicodeScalars.append(text[index])
                index += 1
            } else if whole != "0", isGroup(at: index, after: whole.count, comma, isGrouped: isGrouped) {
                isGrouped = true
                index += 1
            } else {
                break
            }
        }
        var decimals = ""
        if index < text.count, text[index] == point, index + 1 < text.count, isDigit(index + 1) {
            index += 1
            while index < text.count, isDigit(index) {
                decimals.unicodeScalars.append(text[index])
                index += 1
            }
        } else if index < text.count, text[index] == ".", notation == .point, !whole.isEmpty {
            // "12." is twelve.
            index += 1
        }
        guard !whole.isEmpty || !decimals.isEmpty else { return nil }
        let exponent = exponent(&index)
        guard
            let value = Double("\(sign)\(whole.isEmpty ? "0" : whole).\(decimals.isEmpty ? "0" : decimals)\(exponent)"),
            value.isFinite
        else { return nil }
        let written = String(String.UnicodeScalarView(text[start..<index]))
        position = index
        return (value, written)
    }

    /// A separator of groups of three: `,` or `.` by the notation, blanks (also the narrow and the fixed one), `'`, `_`.
    private func isGroup(at index: Int, after digits: Int, _ comma: Unicode.Scalar, isGrouped: Bool) -> Bool {
        let scalar = text[index]
        let isSeparator =
            scalar == comma || scalar == "'" || scalar == "’" || scalar == "_" || scalar == " " || scalar == "\u{A0}"
            || scalar == "\u{202F}" || scalar == "\u{2009}"
        guard isSeparator, digits >= 1, isGrouped || digits <= 3 else { return false }
        // Three digits follow, and no zero stands alone before them; in India two, before other groups.
        var count = 0
        while index + 1 + count < text.count, isDigit(index + 1 + count) { count += 1 }
        if count == 3 { return true }
        return count == 2 && scalar == comma && index + 3 < text.count && text[index + 3] == comma
    }

    private mutating func exponent(_ index: inout Int) -> String {
        guard index < text.count, text[index] == "e" || text[index] == "E" else { return "" }
        var end = index + 1
        if end < text.count, text[end] == "-" || text[end] == "+" { end += 1 }
        let digits = end
        while end < text.count, isDigit(end) { end += 1 }
        guard end > digits, end - digits <= 4 else { return "" }
        defer { index = end }
        return String(String.UnicodeScalarView(text[index..<end]))
    }

    /// A scale letter, or a unit.
    private mutating func word() -> (text: String, scale: Double?)? {
        if let scaled = scaleWord() { return scaled }
        let start = position
        var end = position
        while end < text.count, !"()±,;|→".unicodeScalars.contains(text[end]), end - start < 40 { end += 1 }
        // The longest unit that stands here: "req per minute" before "req".
        var stop = end
        while stop > start {
            let isBoundary = stop == text.count || !isWordPart(stop - 1) || !isWordPart(stop) || stop == end
            if isBoundary, MeasuredUnit(string(start..<stop)) != nil {
                position = stop
                return (string(start..<stop).trimmed, nil)
            }
            stop -= 1
        }
        return nil
    }

    private mutating func scaleWord() -> (text: String, scale: Double?)? {
        guard position < text.count, let scale = NumberScanner.scales[text[position]] else { return nil }
        let next = position + 1
        guard next >= text.count || (!isWordPart(next) && text[next] != "/") else { return nil }
        defer { position = next }
        return (String(text[position]), scale)
    }

    private static let scales: [Unicode.Scalar: Double] = [
        "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "T": 1e12,
    ]

    private mutating func spread() -> (value: Double, written: String, isPercent: Bool)? {
        let start = position
        if position < text.count, text[position] == "±" {
            position += 1
        } else if position + 2 < text.count, text[position] == "+", text[position + 1] == "/", text[position + 2] == "-"
        {
            position += 3
        } else if position + 2 < text.count, text[position] == "+", text[position + 1] == "-",
            text[position + 2] == " "
        {
            position += 2
        } else {
            return nil
        }
        skipBlanks()
        guard let number = number() else {
            position = start
            return nil
        }
        let isPercent = position < text.count && text[position] == "%"
        if isPercent { position += 1 }
        return (number.value, number.written, isPercent)
    }

    private mutating func skipBlanks() {
        while position < text.count, text[position].properties.isWhitespace { position += 1 }
    }

    private func isWordPart(_ index: Int) -> Bool { text[index].properties.isAlphabetic || isDigit(index) }
    private func isDigit(_ index: Int) -> Bool { text[index].value &- 0x30 < 10 }
    private func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(text[range])) }
}
