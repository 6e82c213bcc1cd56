import GateJSON
import GateVocabulary

/// A line that begins with its value: `15,103.02 msec task-clock  # 3.860 CPUs utilized`, `0.123  BEGIN;`. One alone may be
/// a part of a sentence; several below each other are what a tool counted.
struct ValueFirst {
    typealias Text = UnsafeBufferPointer<UInt8>

    /// With their units; several where nothing but blanks stands between them.
    let values: [Text]
    /// What stands behind them, to the end of the line.
    let name: Text
    /// Behind `#`, in the same form.
    private let comment: Text?
    /// Something is left that none of these tells.
    let hasRemark: Bool

    private static let mostWords = 6
    private static let longestName = 120
    private static let mostValues = 3

    /// Nil where the line has another form.
    init?(_ line: Text) {
        guard let first = line.first, isDigit(first) || first == ascii("-") || first == ascii("+") else { return nil }
        let mark = line.indices.first { $0 > 0 && line[$0] == ascii("#") && isBlank(line[$0 - 1]) }
        let body = ValueFirst.withoutRemark(trimmed(NoteFields.part(line, 0..<(mark ?? line.count))))
        let words = NoteFields.words(body.text)
        var (values, index): ([Text], Int) = ([], 0)
        while index < words.count, values.count < ValueFirst.mostValues,
            let end = ValueFirst.value(in: body.text, words, from: index)
        {
            values.append(NoteFields.part(body.text, words[index].lowerBound..<words[end - 1].upperBound))
            index = end
        }
        guard !values.isEmpty, index < words.count, body.text.count - words[index].lowerBound <= ValueFirst.longestName
        else { return nil }
        name = NoteFields.part(body.text, words[index].lowerBound..<body.text.count)
        guard let letter = name.first, ValueFirst.mayBegin(letter) else { return nil }
        self.values = values
        comment = mark.map { trimmed(NoteFields.part(line, $0 + 1..<line.count)) }
        hasRemark = body.hasRemark || comment.map { ValueFirst.withoutRemark($0).hasRemark } == true
    }

    /// What no heading has to tell: few words, no sentence and no other pair of a name and a value.
    var isPlain: Bool {
        guard values.count == 1, let last = name.last else { return false }
        return NoteFields.words(name).count <= ValueFirst.mostWords && !".,:;|?!".utf8.contains(last)
            && !name.contains { $0 == ascii("=") || $0 == ascii(",") || $0 == ascii("|") }
            && NoteFields.marks(name).isEmpty
    }

    /// The names and values of the line.
    var pairs: [NoteLine.Pair] {
        guard let value = values.first else { return [] }
        var pairs = [NoteLine.Pair(name: name, value: value, isNumber: true, isStated: true)]
        if value.last == ascii("K"), value.dropLast().last == 0x20 {
            // Of the kernel's tables: `8025196 K total memory`.
            pairs[0] = NoteLine.Pair(
                name: name, value: trimmed(Text(rebasing: value.dropLast())), isNumber: true, isStated: true,
                rate: ValueFirst.kibibytes)
        }
        if let comment, let pair = self.pair(of: ValueFirst.withoutRemark(comment).text) { pairs.append(pair) }
        return pairs
    }

    /// `3.192 GHz`, `1.00% of all branches`, `2.11 insn per cycle`
    private func pair(of comment: Text) -> NoteLine.Pair? {
        let words = NoteFields.words(comment)
        guard words.count > 1, let end = ValueFirst.value(in: comment, words, from: 0) else { return nil }
        var value = NoteFields.part(comment, words[0].lowerBound..<words[end - 1].upperBound)
        var rest = NoteFields.part(comment, words[end].lowerBound..<comment.count)
        if rest.count > 2, rest[1] == ascii("/"), "KMG".utf8.contains(rest[0]) {
            // `1313.917 M/sec`
            value = NoteFields.part(comment, words[0].lowerBound..<words[end].lowerBound + 1)
            rest = Text(rebasing: rest.dropFirst())
        }
        // A unit alone says of what kind the number is.
        let isOfName =
            rest.starts(with: "of ".utf8)
            || end + 1 == words.count && MeasuredUnit(String(decoding: rest, as: UTF8.self)) != nil
        return NoteLine.Pair(
            name: isOfName ? name : rest, value: value, isNumber: true, isStated: true, rate: isOfName ? rest : nil)
    }

    private static var kibibytes: Text {
        let text: StaticString = "(KiB)"
        return Text(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    // MARK: - Parts

    /// A number with its spread and its unit, where more follows.
    /// - Returns: the first word behind it.
    private static func value(in text: Text, _ words: [Range<Int>], from start: Int) -> Int? {
        let word = NoteFields.part(text, words[start])
        guard let last = word.last, last != ascii("."), last != ascii(":"), last != ascii(")"),
            let number = WrittenNumber(cell: word)
        else { return nil }
        var end = start + 1
        if end + 1 < words.count, NoteFields.part(text, words[end]).elementsEqual("+-".utf8),
            WrittenNumber(cell: NoteFields.part(text, words[end + 1])) != nil
        {
            end += 2
        }
        guard number.quantity == nil, end + 1 < words.count else { return end < words.count ? end : nil }
        let unit = NoteFields.part(text, words[end])
        if unit.elementsEqual("K".utf8) { return end + 1 }
        // What is counted is the name.
        let quantity = MeasuredUnit(String(decoding: unit, as: UTF8.self))
        let isUnit = quantity != nil && quantity?.dimension != .count && !unit.contains(where: isDigit)
        return isUnit ? end + 1 : end
    }

    /// `( +-  0.41% )`, `(83.31%)`
    private static func withoutRemark(_ text: Text) -> (text: Text, hasRemark: Bool) {
        guard text.last == ascii(")"), let start = text.lastIndex(of: ascii("(")), start > 0, isBlank(text[start - 1]),
            text[start...].contains(ascii("%"))
        else { return (text, false) }
        return (withoutRemark(trimmed(NoteFields.part(text, 0..<start))).text, true)
    }

    private static func mayBegin(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 || byte == ascii("%") || "_\\/\"'<".utf8.contains(byte)
    }
}
