import GateCore
import GateJSON

/// The names in a text about data: what is written as no word of a language is (`ShareGPT`, `NEWORD`, `vLLM`). They are no
/// facts, but a report that uses one has not made it up.
struct ProseNames {
    /// A text that has more is a log.
    private static let most = 64
    private static let lengths = 2...40

    private var known: Set<[UInt8]> = []

    mutating func read(_ line: UnsafeBufferPointer<UInt8>, line number: Int, into collector: inout FactCollector) {
        for word in line.split(whereSeparator: { !ProseNames.isInName($0) }) where known.count < ProseNames.most {
            let word = Slice(base: line, bounds: word.startIndex..<ProseNames.end(of: word))
            guard ProseNames.lengths.contains(word.count), word.first.map(isLetter) == true,
                word.dropFirst().contains(where: isCapital), known.insert(Array(word)).inserted
            else { continue }
            collector.mentions.append(
                UnsafeBufferPointer(rebasing: word), value: .nan, name: collector.mentionName(.identifier, nil),
                owner: 0,
                line: number)
        }
    }

    /// Without the marks of the sentence.
    private static func end(of word: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        (word.lastIndex { isLetter($0) || isDigit($0) }).map { $0 + 1 } ?? word.startIndex
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == ascii("_") || byte == ascii("-") || byte == ascii(".")
    }
}

private func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
