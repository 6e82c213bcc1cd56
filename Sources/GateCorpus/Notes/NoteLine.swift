import GateJSON
import GateVocabulary

/// The names and values in one line of what tools write: `tps = 3226.3 (excluding connections)`,
/// `iter 100: loss 2.34, time 51.2ms`, `[READ], AverageLatency(us), 123.4`, `BenchmarkMarshal-8  1234  567 ns/op`.
struct NoteLine {
    typealias Text = UnsafeBufferPointer<UInt8>

    struct Pair {
        let name: Text
        let value: Text
        let isNumber: Bool
        /// A mark or a column tells the name from the value. Words beside a number may be a sentence.
        let isStated: Bool
        /// `per sec.`, `obj/s`: of another number under the name, which is this rate.
        var rate: Text?
        /// `rtt` of `rtt min/avg/max`
        var subject: Text?
    }

    private(set) var pairs: [Pair] = []
    /// What stands before the first name.
    private(set) var head: Text?
    /// All of its numbers are values.
    private(set) var isWhole = true
    /// Its names stand in brackets before its values, and are of its head.
    private(set) var isList = false
    private var isSentence = false
    private var hasGaps: Bool
    /// `iter 100:`
    private var isMarked = false
    /// Without a number yet.
    private var waiting: Text?
    /// `1769055 requests in 30.08s`
    private var isTimed = false
    /// Of values before their names, and nothing else.
    private var isEnumeration = false

    /// Nil where the line has no pairs, or is a sentence.
    /// - Parameter line: without blanks around it.
    init?(_ line: Text) {
        guard line.count <= NoteLine.longest else { return nil }
        let (fields, gaps) = NoteFields.split(line)
        hasGaps = gaps > 0
        if readList(line) { return }
        for field in fields where !isSentence { read(field, isAlone: fields.count == 2 && hasGaps) }
        // A text beside others says what they say together.
        if waiting != nil || pairs.contains(where: { !$0.isStated }) { pairs.removeAll { !$0.isNumber } }
        isEnumeration = isWhole && NoteLine.isEnumeration(fields, isTimed: isTimed)
        guard !isSentence, !pairs.isEmpty, isEnumeration || isRegular(fields) else { return nil }
    }

    /// `10 packets transmitted, 10 received, 0% packet loss, time 9012ms`: a sentence has words before its numbers, or ends.
    private static func isEnumeration(_ fields: [Text], isTimed: Bool) -> Bool {
        fields.count { trimmed($0).first.map(isDigit) == true } >= max(isTimed ? 2 : 3, fields.count - 1)
            && trimmed(fields[0]).first.map(isDigit) == true
            && fields.last.map { ![ascii("."), ascii("!"), ascii(":")].contains($0.last ?? 0) } == true
    }

    /// What the lines around it tell.
    init(_ pairs: [Pair], isWhole: Bool) {
        self.pairs = pairs
        self.isWhole = isWhole
        hasGaps = true
    }

    /// Words and numbers alone may be a sentence.
    private func isRegular(_ fields: [Text]) -> Bool {
        if hasGaps || isMarked || pairs.contains(where: \.isStated) { return true }
        let isOfWords = pairs.allSatisfy { NoteFields.words($0.name).count == 1 }
        return fields.count > 1 && pairs.count == fields.count || isOfWords && pairs.count > 2
    }

    /// Without what may be words of a sentence; nil where nothing is left.
    /// - Parameter isSetting: whether a pair is called like one; a line of settings alone is none of words.
    func stated(_ isSetting: (Int) -> Bool) -> NoteLine? {
        if isEnumeration || pairs.indices.allSatisfy({ pairs[$0].isStated || isSetting($0) }) { return self }
        var line = self
        line.pairs.removeAll { !$0.isStated }
        if line.pairs.count < pairs.count { line.isWhole = false }
        return line.pairs.isEmpty ? nil : line
    }

    private static let longest = 1000
    private static let mostWords = 6
    private static let longestText = 48

    // MARK: - Lists

    /// `Latencies [min, mean, 50] 5.9ms, 38.4ms, 32ms`: names in brackets, and as many values behind them.
    private mutating func readList(_ line: Text) -> Bool {
        guard let start = line.firstIndex(of: ascii("[")), start > 0, isBlank(line[start - 1]),
            let end = line[start...].firstIndex(of: ascii("]")), end + 1 < line.count, isBlank(line[end + 1])
        else { return false }
        let head = trimmed(NoteFields.part(line, 0..<start))
        func parts(_ range: Range<Int>) -> [Text] {
            NoteFields.part(line, range).split(separator: ascii(",")).map { trimmed(Text(rebasing: $0)) }
        }
        let (names, values) = (parts(start + 1..<end), parts(end + 1..<line.count))
        guard NoteFields.isName(head, mostWords: 3), names.count == values.count,
            names.allSatisfy({ $0.allSatisfy(isDigit) || NoteFields.isName($0, mostWords: 3) })
        else { return false }
        let numbers = zip(names, values).filter { WrittenNumber(cell: $0.1) != nil }
        guard !numbers.isEmpty else { return false }
        pairs = numbers.map { Pair(name: $0.0, value: $0.1, isNumber: true, isStated: true) }
        (self.head, isList, isWhole) = (head, true, numbers.count == names.count)
        return true
    }

    // MARK: - Marks

    private mutating func read(_ field: Text, isAlone: Bool) {
        let marks = NoteFields.marks(field)
        guard !marks.isEmpty else { return readWords(field, isAlone: isAlone) }
        var start = 0
        for (index, mark) in marks.enumerated() where !isSentence {
            let isLast = index + 1 == marks.count
            let behind = NoteFields.part(field, mark + 1..<(isLast ? field.count : marks[index + 1]))
            let before = NoteFields.part(field, start..<mark)
            let name = name(before, isEquals: field[mark] == ascii("="))
            if NoteFields.endsWithNumber(name) {
                // `iter 100: loss 2.34`
                isMarked = true
                readWords(name, isAlone: false)
                if isLast { readWords(behind, isAlone: false) } else { start = mark + 1 }
            } else if let length = NoteFields.number(behind, isLast: isLast) {
                readBefore(name, in: before)
                append(name, NoteFields.part(behind, 0..<length), isStated: true)
                start = mark + 1 + length
                if isLast { readRest(NoteFields.part(field, start..<field.count)) }
            } else if isLast, let list = NoteFields.parallel(name, behind) {
                readBefore(name, in: before)
                for (part, value) in zip(list.names, list.values) {
                    pairs.append(
                        Pair(
                            name: part, value: value, isNumber: true, isStated: true, rate: list.unit,
                            subject: list.subject))
                }
            } else if isLast {
                readBefore(name, in: before)
                appendText(name, behind)
            } else {
                // `read: IOPS=123k`
                readWords(before, isAlone: false)
                start = mark + 1
            }
        }
    }

    /// The words right before a mark: the last one before an equals sign without a blank, else all behind a number.
    private func name(_ before: Text, isEquals: Bool) -> Text {
        let isJoined = isEquals && before.last.map { !isBlank($0) } == true
        let words = NoteFields.words(before)
        let first = words.indices.dropLast().last { isJoined || NoteFields.number(in: before, words[$0]) != nil }
        guard let first, let end = words.last?.upperBound else { return before }
        return NoteFields.part(before, words[first + 1].lowerBound..<end)
    }

    private mutating func readBefore(_ name: Text, in before: Text) {
        guard let start = name.baseAddress, let first = before.baseAddress, start > first else { return }
        readWords(NoteFields.part(before, 0..<(start - first)), isAlone: false)
    }

    /// What stands behind the last value: a remark, or more words with numbers.
    private mutating func readRest(_ rest: Text) {
        let rest = trimmed(rest)
        guard let first = rest.first else { return }
        guard (first | 0x20) &- 0x61 < 26 else {
            if rest.contains(where: isDigit) { isWhole = false }
            return
        }
        let count = pairs.count
        readWords(rest, isAlone: false)
        if pairs.count == count, NoteFields.words(rest).count > 1 { isSentence = true }
    }

    // MARK: - Words

    /// `lat 10.021 ms stddev 3.107`, `3189.4 tps`, `256 threads (max)`; a text.
    private mutating func readWords(_ text: Text, isAlone: Bool) {
        let words = NoteFields.words(text)
        var (index, start) = (0, 0)
        while index < words.count {
            guard let number = NoteFields.number(in: text, words[index]) else {
                index += 1
                continue
            }
            let value = NoteFields.part(text, number)
            if start < index {
                let hasUnit =
                    index + 1 < words.count && number.upperBound == words[index].upperBound
                    && NoteFields.isUnit(text, words[index + 1])
                append(
                    NoteFields.part(text, words[start].lowerBound..<words[index - 1].upperBound),
                    hasUnit ? NoteFields.part(text, number.lowerBound..<words[index + 1].upperBound) : value,
                    isStated: false)
                index += hasUnit ? 2 : 1
            } else {
                let end = words.indices.first { $0 > index && NoteFields.number(in: text, words[$0]) != nil }
                let last = (end ?? words.count) - 1
                let behind = last > index ? words[index + 1].lowerBound..<words[last].upperBound : 0..<0
                if last > index, isAlone, NoteFields.isRemark(NoteFields.part(text, behind)) {
                    // `100%    82 (longest request)`
                    appendAlone(value, isAlone)
                } else if last > index + 1, last + 2 == words.count, isTime(text, words, last) {
                    isTimed = true
                    append(value, of: NoteFields.part(text, behind.lowerBound..<words[last - 1].upperBound))
                    pairs.append(
                        Pair(
                            name: NoteLine.time, value: NoteFields.part(text, words[last + 1]), isNumber: true,
                            isStated: false))
                    return
                } else if last > index {
                    append(value, of: NoteFields.part(text, behind))
                } else {
                    appendAlone(value, isAlone)
                }
                index = last + 1
            }
            start = index
        }
        guard start < words.count else { return }
        if words.count - start > NoteLine.mostWords { isSentence = true }
        take(NoteFields.part(text, words[start].lowerBound..<text.count))
    }

    /// `… in 30.08s`
    private func isTime(_ text: Text, _ words: [Range<Int>], _ index: Int) -> Bool {
        NoteFields.part(text, words[index]).elementsEqual("in".utf8)
            && WrittenNumber(cell: NoteFields.part(text, words[index + 1]))?.quantity?.dimension == .time
    }

    private static var time: Text {
        let word: StaticString = "time"
        return Text(start: word.utf8Start, count: word.utf8CodeUnitCount)
    }

    private mutating func take(_ text: Text) {
        if head == nil, pairs.isEmpty { head = NoteFields.plain(text) } else { waiting = text }
    }

    /// A number before its name. `1104.62 MiB/s, 276.16 obj/s` are rates of one thing.
    private mutating func append(_ value: Text, of name: Text) {
        func isRate(_ text: Text) -> Bool {
            MeasuredUnit(String(decoding: NoteFields.plain(text), as: UTF8.self))?.dimension == .rate
        }
        guard let last = pairs.last, last.isStated, isRate(name),
            isRate(Text(rebasing: last.value.drop { isDigit($0) || $0 == ascii(".") }))
        else { return append(name, value, isStated: false) }
        pairs.append(
            Pair(name: last.name, value: value, isNumber: true, isStated: true, rate: NoteFields.plain(name)))
    }

    /// A number that fills its field belongs to the text in the one before.
    private mutating func appendAlone(_ value: Text, _ isAlone: Bool) {
        if let waiting {
            append(waiting, value, isStated: pairs.isEmpty && !hasGaps)
            self.waiting = nil
        } else if isAlone, pairs.isEmpty, let name = head {
            head = nil
            append(name, value, isStated: true)
        } else if isAlone, head == nil, pairs.isEmpty, value.last == ascii("%") || value.last == ascii("h") {
            head = value
        } else {
            isWhole = false
        }
    }

    private mutating func append(_ name: Text, _ value: Text, isStated: Bool) {
        let name = NoteFields.plain(name)
        guard NoteFields.isName(name, mostWords: NoteLine.mostWords) else {
            isSentence = isSentence || isStated
            isWhole = false
            return
        }
        pairs.append(Pair(name: name, value: NoteFields.value(value), isNumber: true, isStated: isStated))
        if let (number, rate) = NoteFields.rate(in: value) {
            pairs.append(Pair(name: name, value: number, isNumber: true, isStated: isStated, rate: rate))
        } else if value.drop(while: { $0 != ascii("(") && $0 != ascii("[") }).contains(where: isDigit) {
            isWhole = false
        }
    }

    /// A text that says what the numbers around it are of.
    private mutating func appendText(_ name: Text, _ text: Text) {
        let (name, text) = (NoteFields.plain(name), NoteFields.plain(text))
        if text.contains(where: isDigit) { isWhole = false }
        if name.isEmpty { isSentence = true }
        // More than two words that begin with a small letter are part of a sentence.
        let isPhrase = text.first.map { $0 &- 0x61 < 26 } == true && NoteFields.words(text).count > 2
        guard text.count <= NoteLine.longestText, !isPhrase, NoteFields.isName(name, mostWords: 3),
            NoteFields.isName(text, mostWords: NoteLine.mostWords)
        else { return }
        pairs.append(Pair(name: name, value: text, isNumber: false, isStated: true))
    }
}
