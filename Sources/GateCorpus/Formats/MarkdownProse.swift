import GateCore
import GateJSON
import GateVocabulary

/// The numbers, dates and versions of a line of text. At most a word beside them tells what they are of: they are no facts, but
/// a report that quotes them has not made them up.
struct MarkdownProse {
    private let text: UnsafeBufferPointer<UInt8>
    private let line: Int

    /// - Parameter line: of the file, counted from 1.
    static func read(_ text: UnsafeBufferPointer<UInt8>, line: Int, into collector: inout FactCollector) {
        let prose = MarkdownProse(text: text, line: line)
        var start = 0
        while let digit = digit(in: text, from: start) {
            let word = prose.word(around: digit, from: start)
            prose.take(word, &collector)
            start = word.upperBound
        }
        prose.takeFiles(&collector)
    }

    /// Where the next digit stands.
    static func digit(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        while text.count - index >= 8 {
            let others = EightBytes(text, at: index).leadingOthers
            guard others == 8 else { return index + others }
            index += 8
        }
        while index < text.count {
            if isDigit(text[index]) { return index }
            index += 1
        }
        return nil
    }

    // MARK: - Words

    /// What stands between blanks, brackets and quotes, without the marks of the sentence at its ends.
    private func word(around digit: Int, from start: Int) -> Range<Int> {
        var (low, high) = (digit, digit + 1)
        while low > start, !separates(low - 1) { low -= 1 }
        while high < text.count, !separates(high) { high += 1 }
        while high > digit + 1, MarkdownProse.ends(text[high - 1]) { high -= 1 }
        while low < digit, MarkdownProse.begins(text[low]) { low += 1 }
        return low..<high
    }

    private func separates(_ index: Int) -> Bool {
        let byte = text[index]
        if byte == ascii(",") {
            return index == 0 || index + 1 == text.count || !isDigit(text[index - 1]) || !isDigit(text[index + 1])
        }
        return byte >= 0x80 || isBlank(byte) || MarkdownProse.separators.contains(byte)
    }

    private static let separators: Set<UInt8> = Set("()[]{}<>\"'`*|;=~!?".utf8)
    private static func ends(_ byte: UInt8) -> Bool {
        byte == ascii(".") || byte == ascii(":") || byte == ascii("-") || byte == ascii("/")
    }
    private static func begins(_ byte: UInt8) -> Bool {
        byte == ascii("#") || byte == ascii("@") || byte == ascii(":") || byte == ascii("/")
    }

    private func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text[range])
    }

    // MARK: - Files

    private static let endings = ["json", "jsonl", "ndjson", "csv", "tsv", "parquet"].map { Array($0.utf8) }

    /// `users.json`: a file that a line with numbers speaks of, which need not be there. One with digits is taken as a word.
    private func takeFiles(_ collector: inout FactCollector) {
        var start = 0
        while let dot = text[start...].firstIndex(of: ascii(".")) {
            start = dot + 1
            let ending = text[start...].prefix { $0 &- 0x61 < 26 }
            guard MarkdownProse.endings.contains(where: { ending.elementsEqual($0) }),
                start + ending.count == text.count || !MarkdownProse.isLetter(text[start + ending.count])
            else { continue }
            let word = word(around: dot, from: 0)
            if word.lowerBound < dot, !part(word).contains(where: isDigit) { append(word, .identifier, &collector) }
        }
    }

    // MARK: - What they are

    private func take(_ word: Range<Int>, _ collector: inout FactCollector) {
        let written = part(word)
        if let digits = PackedDecimal(written) {
            let unit = unit(behind: word.upperBound, &collector)
            let name = collector.mentionName(.number, unit, called: unit == nil ? name(of: word, written) : "")
            collector.mentions.append(digits, name: name, owner: 0, line: line)
            if word.count == 4, let date = date(endingWith: word) { append(date, .date, &collector) }
        } else if let number = WrittenNumber(cell: written) {
            let name = collector.mentionName(.number, number.quantity ?? unit(behind: word.upperBound, &collector))
            collector.mentions.append(written, value: number.value, name: name, owner: 0, line: line)
        } else {
            switch collector.kind(of: written) {
            case .date: append(word, .date, &collector)
            case .version: append(word, .version, &collector)
            case .identifier: append(word, .identifier, &collector)
            case .text: takeParts(of: word, &collector)
            }
        }
    }

    /// `10-20`, `7/8`, `640x480`: a number on each side, the unit behind the last one is that of all.
    private func takeParts(of word: Range<Int>, _ collector: inout FactCollector) {
        let parts = text[word].split(
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == ascii("-") || $0 == ascii("/") || $0 == ascii("x") || $0 == ascii(":") })
        guard (2...4).contains(parts.count) else { return }
        let numbers = parts.compactMap { PackedDecimal(UnsafeBufferPointer(rebasing: $0)) }
        guard numbers.count == parts.count else { return }
        let unit = unit(behind: word.upperBound, &collector)
        for number in numbers { append(number, unit, &collector) }
    }

    private func append(_ digits: PackedDecimal, _ unit: Quantity?, _ collector: inout FactCollector) {
        collector.mentions.append(digits, name: collector.mentionName(.number, unit), owner: 0, line: line)
    }

    private func append(_ word: Range<Int>, _ kind: FactValue.Kind, _ collector: inout FactCollector) {
        let called = kind == .version ? self.word(before: word.lowerBound) : ""
        collector.mentions.append(
            part(word), value: .nan, name: collector.mentionName(kind, nil, called: called), owner: 0, line: line)
    }

    /// `subjects` of `57 subjects`, `fio` of `fio 3.36`.
    private func name(of number: Range<Int>, _ written: UnsafeBufferPointer<UInt8>) -> String {
        let noun = noun(behind: number.upperBound)
        guard noun.isEmpty, written.contains(ascii(".")) else { return noun }
        return word(before: number.lowerBound)
    }

    private static let longestName = 32
    /// What stands before a number of anything.
    private static let prepositions: Set<String> = [
        "of", "at", "to", "by", "in", "on", "is", "was", "are", "were", "for", "from", "with", "and", "or", "than",
        "about",
        "the", "a", "an", "between", "under", "over", "up",
    ]

    /// The word that stands right before a version; empty where none does.
    private func word(before start: Int) -> String {
        guard start > 1, text[start - 1] == 0x20 else { return "" }
        var low = start - 1
        while low > 0, !separates(low - 1) { low -= 1 }
        let word = part(low..<start - 1)
        guard (2...MarkdownProse.longestName).contains(word.count), word.allSatisfy({ $0 < 0x80 }),
            word.last.map(MarkdownProse.isLetter) ?? false || word.last.map(isDigit) ?? false,
            word.contains(where: MarkdownProse.isLetter)
        else { return "" }
        let name = String(decoding: word, as: UTF8.self).lowercased()
        if name == "version" || name == "release" { return self.word(before: low) }
        return MarkdownProse.prepositions.contains(name) ? "" : name
    }

    private static let longestUnit = 16
    private static let lengthsOfNoun = 4...20

    /// `subjects` of `57 subjects`; empty where nothing is counted.
    private func noun(behind end: Int) -> String {
        guard end + 1 < text.count, text[end] == 0x20 else { return "" }
        let word = text[(end + 1)...].prefix { ($0 | 0x20) &- 0x61 < 26 }
        guard word.last == ascii("s"), MarkdownProse.lengthsOfNoun.contains(word.count) else { return "" }
        return String(decoding: word, as: UTF8.self).lowercased()
    }

    /// The word behind a number, where it is a unit.
    private func unit(behind end: Int, _ collector: inout FactCollector) -> Quantity? {
        guard end + 1 < text.count, text[end] == 0x20 else { return nil }
        let start = end + 1
        var stop = start
        while stop < text.count, stop - start <= MarkdownProse.longestUnit, !isBlank(text[stop]),
            !MarkdownProse.separators.contains(text[stop]), text[stop] != ascii(",")
        { stop += 1 }
        while stop > start, MarkdownProse.ends(text[stop - 1]) { stop -= 1 }
        guard (1...MarkdownProse.longestUnit).contains(stop - start), !isDigit(text[start]) else { return nil }
        return collector.unit(part(start..<stop))
    }

    // MARK: - Dates in words

    /// `4 October 2025`, `October 4, 2025`: from the blank before as much as a day and a month may take.
    private func date(endingWith year: Range<Int>) -> Range<Int>? {
        guard text[year.lowerBound] == ascii("1") || text[year.lowerBound] == ascii("2") else { return nil }
        var start = max(0, year.lowerBound - 20)
        while start > 0, start < year.lowerBound, !isBlank(text[start - 1]) { start += 1 }
        let window = start..<year.lowerBound
        let namesMonth = window.contains { index in
            (index == 0 || !MarkdownProse.isLetter(text[index - 1])) && index + 3 <= year.lowerBound
                && MarkdownProse.months.contains(
                    MarkdownProse.lowercased(text[index], text[index + 1], text[index + 2]))
        }
        return namesMonth ? start..<year.upperBound : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    private static func lowercased(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        Int(first | 0x20) << 16 | Int(second | 0x20) << 8 | Int(third | 0x20)
    }

    /// The first three letters of each.
    private static let months: Set<Int> = Set(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map { name in
            name.utf8.reduce(0) { $0 << 8 | Int($1) }
        })
}
