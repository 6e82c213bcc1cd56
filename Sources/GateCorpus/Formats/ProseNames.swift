import GateCore
import GateJSON

/// The names in a text about data: what is written as no word of a language is (`ShareGPT`, `NEWORD`, `vLLM`, `gx07`,
/// `9354P`, `shared_buffers`, `0.6.4.post1`). They are no facts, but a report that uses one has not made it up.
struct ProseNames {
    /// A text that has more is a log.
    private static let most = 96
    private static let lengths = 2...40

    /// One pass over the bytes: every text about data is read so.
    static func read(_ text: UnsafeBufferPointer<UInt8>, into collector: inout FactCollector) {
        var known: Set<[UInt8]> = []
        var (start, line, isMarked) = (0, 1, false)
        for index in 0...text.count {
            let byte = index < text.count ? text[index] : ascii("\n")
            if isInName(byte) {
                if index > start, isCapital(byte) || isDigit(byte) || byte == ascii(".") || byte == ascii("_") {
                    isMarked = true
                }
                continue
            }
            if isMarked, let word = name(UnsafeBufferPointer(rebasing: text[start..<index])),
                known.insert(Array(word)).inserted
            {
                collector.mentions.append(
                    word, value: .nan, name: collector.mentionName(.identifier, nil), owner: 0, line: line)
                guard known.count < most else { return }
            }
            if byte == ascii("\n") { line += 1 }
            (start, isMarked) = (index + 1, false)
        }
    }

    /// Without the marks of the sentence; nil where it is none.
    private static func name(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let last = word.lastIndex(where: { isLetter($0) || isDigit($0) }) else { return nil }
        let name = UnsafeBufferPointer(rebasing: word[...last])
        guard lengths.contains(name.count), isLetter(word[0]) ? isName(name) : isVersion(name) || isModel(name) else {
            return nil
        }
        return name
    }

    private static func isName(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        word.dropFirst().contains { isCapital($0) || isDigit($0) || $0 == ascii("_") }
    }

    /// A machine's model of three digits or more and a letter, which is no unit: `9354P`, `5950X`.
    private static func isModel(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        (4...7).contains(word.count) && word.dropLast().allSatisfy(isDigit) && isCapital(word[word.count - 1])
    }

    /// Three numbers with letters behind them, which no figure has: `0.6.4.post1`, `2.5.0a0`.
    private static func isVersion(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        isDigit(word[0]) && word.contains(where: isLetter) && word.count(where: { $0 == ascii(".") }) > 1
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == ascii("_") || byte == ascii("-") || byte == ascii(".")
    }
}

private func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
