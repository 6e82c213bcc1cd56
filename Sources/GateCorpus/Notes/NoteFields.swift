import GateCore
import GateJSON
import GateVocabulary

/// Where a line of a tool's output comes apart.
enum NoteFields {
    typealias Text = UnsafeBufferPointer<UInt8>

    static func part(_ text: Text, _ range: Range<Int>) -> Text { Text(rebasing: text[range]) }

    /// What stands around a separator.
    static func parts(_ text: Text, at separator: StaticString) -> [Text] {
        let separator = Text(start: separator.utf8Start, count: separator.utf8CodeUnitCount)
        var (parts, start, index): ([Text], Int, Int) = ([], 0, 0)
        while index + separator.count <= text.count {
            guard part(text, index..<index + separator.count).elementsEqual(separator) else {
                index += 1
                continue
            }
            parts.append(part(text, start..<index))
            index += separator.count
            start = index
        }
        return parts + [part(text, start..<text.count)]
    }

    // MARK: - Fields

    /// Between bars; else behind commas and semicolons, at a dash, at wide gaps.
    /// - Returns: with them, how many of them are apart by gaps.
    static func split(_ line: Text) -> (fields: [Text], gaps: Int) {
        let line = trimmed(line) { isBlank($0) || $0 == ascii("|") || $0 == ascii("{") || $0 == ascii("}") }
        let hasBars = line.contains(ascii("|"))
        var fields: [Text] = []
        var (start, index, depth, gaps) = (0, 0, 0, 0)
        while index < line.count {
            let width = separator(line, index, isInner: depth > 0, hasBars)
            if width > 0 {
                fields.append(part(line, start..<index))
                if !hasBars, isBlank(line[index]), !isLetter(line[index + 1]) { gaps += 1 }
                index += width
                start = index
                continue
            }
            switch line[index] {
            case ascii("("), ascii("["), ascii("{"): depth += 1
            case ascii(")"), ascii("]"), ascii("}"): depth = max(0, depth - 1)
            default: break
            }
            index += 1
        }
        if start < line.count { fields.append(part(line, start..<line.count)) }
        return (fields.filter { $0.contains { !isBlank($0) } }, gaps)
    }

    /// How many bytes a separator has here; 0 where none stands.
    private static func separator(_ line: Text, _ index: Int, isInner: Bool, _ hasBars: Bool) -> Int {
        let byte = line[index]
        guard !hasBars else { return byte == ascii("|") ? 1 : 0 }
        guard !isInner, index > 0 else { return 0 }
        let next = index + 1 < line.count ? line[index + 1] : 0x20
        switch byte {
        case ascii(","), ascii(";"): return isBlank(next) || isQuote(next) ? 1 : 0
        case ascii("-"): return isBlank(line[index - 1]) && isBlank(next) ? 1 : 0
        case ascii("."):
            if isBlank(line[index - 1]), next == ascii(".") { return line[index...].prefix { $0 == ascii(".") }.count }
            let isNewSentence =
                isBlank(next) && index + 2 < line.count
                && (isLetter(line[index + 2]) && line[index + 2] < 0x60 || isDigit(line[index + 2]))
            return isNewSentence ? 1 : 0
        case 0x09, 0x20:
            if line[(index + 1)...].starts(with: "and ".utf8), index + 5 < line.count, isDigit(line[index + 5]) {
                return 5
            }
            if line[index - 1] == ascii("%"), isDigit(next) { return 1 }
            guard byte == 0x09 || isBlank(next), !isMark(line[index - 1]), !isBlank(line[index - 1]) else { return 0 }
            let width = line[index...].prefix(while: isBlank).count
            return index + width < line.count && !isMark(line[index + width]) ? width : 0
        default: return 0
        }
    }

    /// Where colons and equals signs stand behind names.
    static func marks(_ field: Text) -> [Int] {
        field.indices.filter { index in
            guard index > 0, isMark(field[index]) else { return false }
            let (before, next) = (field[index - 1], index + 1 < field.count ? field[index + 1] : 0x20)
            if field[index] == ascii("=") {
                return next != ascii("=") && ![ascii("="), ascii("<"), ascii(">"), ascii("!")].contains(before)
            }
            if isBlank(next) || isQuote(next) || next == ascii("[") { return true }
            return isDigit(next) && (isLetter(before) || isQuote(before) || before == ascii(")"))
        }
    }

    /// `rtt min/avg/max = 0.05/0.06/0.08 ms`: names and as many numbers, between slashes.
    static func parallel(
        _ name: Text, _ behind: Text
    ) -> (subject: Text?, names: [Text], values: [Text], unit: Text?)? {
        let (name, words) = (trimmed(name, isBlank), words(behind))
        guard let last = self.words(name).last, let first = words.first, words.count <= 2 else { return nil }
        let names = trimmed(part(name, last)) { $0 == ascii("(") || $0 == ascii(")") }.split(separator: ascii("/"))
        let values = part(behind, first).split(separator: ascii("/")).map(Text.init(rebasing:))
        guard names.count > 1, names.count == values.count, names.allSatisfy({ $0.contains(where: isLetter) }),
            values.allSatisfy({ WrittenNumber(cell: $0) != nil }), words.count == 1 || isUnit(behind, words[1])
        else { return nil }
        let subject = trimmed(part(name, 0..<last.lowerBound), isBlank)
        return (
            subject.isEmpty ? nil : subject, names.map(Text.init(rebasing:)), values,
            words.count == 2 ? part(behind, words[1]) : nil
        )
    }

    /// In brackets.
    static func isRemark(_ text: Text) -> Bool { text.first == ascii("(") && text.last == ascii(")") }

    // MARK: - Words

    static func words(_ text: Text) -> [Range<Int>] {
        text.split(whereSeparator: isBlank).map { $0.startIndex..<$0.endIndex }
    }

    /// `iter 100`; but `99%` is a name by itself.
    static func endsWithNumber(_ text: Text) -> Bool {
        let words = words(text)
        return words.count > 1 && words.last.map { number(in: text, $0) != nil } == true
    }

    /// Letters, and no more words than a name has.
    static func isName(_ text: Text, mostWords: Int) -> Bool {
        guard let first = text.first, text.count <= 60, words(text).count <= mostWords else { return false }
        guard first >= 0x80 || isDigit(first) || isLetter(first) || first == ascii("_"),
            !text.contains(where: { $0 == ascii("[") || $0 == ascii("]") || $0 == ascii("{") })
        else { return false }
        return text.contains { isLetter($0) || $0 >= 0x80 } || text.last == ascii("%")
    }

    /// Without what a line puts around it.
    static func plain(_ text: Text) -> Text {
        let text = trimmed(text) { isBlank($0) || isQuote($0) || $0 == ascii(",") }
        guard let first = text.first, let last = text.last else { return text }
        let opens = first == ascii("[") || first == ascii("(") || first == ascii("{")
        let closes = last == ascii("]") || last == ascii(")") || last == ascii("}")
        let (openings, closings) = (text.count { $0 == ascii("(") }, text.count { $0 == ascii(")") })
        if opens, closes && first != ascii("(") || openings > closings {
            return plain(part(text, 1..<text.count - (closes ? 1 : 0)))
        }
        if first == ascii("]") || first == ascii(")") { return plain(part(text, 1..<text.count)) }
        return text
    }

    /// The number that a value is: of an interval in brackets the one in the middle.
    static func value(_ text: Text) -> Text {
        let text = trimmed(text) { isBlank($0) || isQuote($0) || $0 == ascii(",") || $0 == ascii(";") }
        guard text.first == ascii("["), let end = text.firstIndex(of: ascii("]")) else { return text }
        let inner = part(text, 1..<end)
        let words = words(inner)
        guard !inner.contains(ascii(",")), let last = words.last else { return text }
        guard words.count % 3 == 0 else { return part(inner, words[0].lowerBound..<last.upperBound) }
        let length = words.count / 3
        return part(inner, words[length].lowerBound..<words[2 * length - 1].upperBound)
    }

    // MARK: - Numbers

    static func isUnit(_ text: Text, _ word: Range<Int>) -> Bool {
        let word = part(text, word)
        return word.count <= 16 && !word.contains(where: isDigit)
            && MeasuredUnit(String(decoding: value(word), as: UTF8.self)) != nil
    }

    /// The number in a word: `100` of `[100/600],`.
    static func number(in text: Text, _ word: Range<Int>) -> Range<Int>? {
        var (start, end) = (word.lowerBound, word.upperBound)
        while start < end, text[start] == ascii("[") || text[start] == ascii("(") { start += 1 }
        guard start < end, !text[start..<end - 1].contains(ascii(":")),
            isDigit(text[start]) || text[start] == ascii("-") || text[start] == ascii("+")
        else {
            return nil
        }
        end = text[start..<end].firstIndex { $0 == ascii("/") || $0 == ascii("]") || $0 == ascii(")") } ?? end
        while end > start, text[end - 1] == ascii(",") || text[end - 1] == ascii(":") { end -= 1 }
        // What is left behind a slash is a number, too, or the unit.
        if end < word.upperBound, text[end] == ascii("/"), end + 1 < word.upperBound, !isDigit(text[end + 1]) {
            end = word.upperBound
        }
        return start < end && WrittenNumber(cell: part(text, start..<end)) != nil ? start..<end : nil
    }

    /// How long the number is that stands behind a mark, with its unit; nil where none stands there.
    /// - Parameter isLast: it may end with a remark.
    static func number(_ behind: Text, isLast: Bool) -> Int? {
        if isLast, WrittenNumber(remarked: value(behind)) != nil { return behind.count }
        if let end = behind.firstIndex(of: ascii("]")), behind.first(where: { !isBlank($0) }) == ascii("["),
            WrittenNumber(cell: value(behind)) != nil
        {
            return end + 1
        }
        let words = words(behind)
        guard let first = words.first else { return nil }
        let word = value(part(behind, first))
        guard WrittenNumber(cell: word) != nil else { return nil }
        guard words.count > (isLast ? 1 : 2), isUnit(behind, words[1]) else { return first.upperBound }
        return words[1].upperBound
    }

    /// `(205.7 per sec.)` behind a number: the same in each second.
    static func rate(in value: Text) -> (number: Text, rate: Text)? {
        guard let start = value.firstIndex(of: ascii("(")), value.last == ascii(")") else { return nil }
        let inner = part(value, start + 1..<value.count - 1)
        let words = words(inner)
        guard words.count == 3, part(inner, words[1]).elementsEqual("per".utf8),
            PackedDecimal(part(inner, words[0])) != nil
        else { return nil }
        return (part(inner, words[0]), part(inner, words[1].lowerBound..<words[2].upperBound))
    }

    // MARK: - Bytes

    private static func trimmed(_ text: Text, _ isOuter: (UInt8) -> Bool) -> Text {
        var (start, end) = (0, text.count)
        while start < end, isOuter(text[start]) { start += 1 }
        while end > start, isOuter(text[end - 1]) { end -= 1 }
        return part(text, start..<end)
    }

    private static func isMark(_ byte: UInt8) -> Bool { byte == ascii(":") || byte == ascii("=") }
    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == ascii("'") || byte == ascii("\"") || byte == ascii("`")
    }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
