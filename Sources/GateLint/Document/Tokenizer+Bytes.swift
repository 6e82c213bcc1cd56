/// What single bytes are.
extension Tokenizer {
    func isWide(at index: Int) -> Bool { bytes[index] >= 0x80 && wideMark(at: index) != nil }
    func wideMark() -> (text: String, length: Int)? { wideMark(at: position) }

    /// How long a blank beyond ASCII is: a fixed or a narrow one, or a mark that is not seen.
    func wideBlank(at index: Int) -> Int? {
        guard index < end, bytes[index] >= 0x80, let mark = wideMark(at: index), mark.text == " " else { return nil }
        return mark.length
    }

    /// Punctuation beyond ASCII.
    func wideMark(at index: Int) -> (text: String, length: Int)? {
        let rest = end - index
        if rest >= 2, bytes[index] == 0xC2 {
            switch bytes[index + 1] {
            case 0xA0: return (" ", 2)
            case 0xB1: return ("±", 2)
            case 0xA7, 0xAB, 0xBB, 0xB7: return ("·", 2)
            default: return nil
            }
        }
        if rest >= 2, bytes[index] == 0xC3, bytes[index + 1] == 0x97 { return ("×", 2) }
        guard rest >= 3 else { return nil }
        guard bytes[index] == 0xE2 else { return eastAsianMark(at: index) }
        switch (bytes[index + 1], bytes[index + 2]) {
        case (0x80, 0x90...0x95), (0x88, 0x92): return ("-", 3)
        case (0x80, 0x98...0x9B): return ("'", 3)
        case (0x80, 0x9C...0x9F): return ("\"", 3)
        case (0x80, 0xA6): return ("…", 3)
        case (0x80, 0x80...0x8F), (0x80, 0xA8...0xAF): return (" ", 3)
        case (0x80, 0xA2): return ("·", 3)
        case (0x89, 0x88): return ("~", 3)
        case (0x89, 0xA4): return ("≤", 3)
        case (0x89, 0xA5): return ("≥", 3)
        case (0x86, _): return ("→", 3)
        default: return nil
        }
    }

    func isDigit(at index: Int) -> Bool { index < end && isDigit(bytes[index]) }
    func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == 0x5F || byte >= 0x80
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func lowercase(_ range: Range<Int>) -> String {
        guard !bytes[range].contains(where: { $0 >= 0x80 }) else { return text(range).lowercased() }
        return String(unsafeUninitializedCapacity: range.count) { buffer in
            for (offset, byte) in bytes[range].enumerated() {
                buffer[offset] = byte &- 0x41 < 26 ? byte | 0x20 : byte
            }
            return range.count
        }
    }
}
