/// What an answer that is not read as text says of the tokens of its prompt: embeddings, in the words of each API.
enum PromptCount {
    /// Bytes of a large answer's end in which its count may stand.
    static let tail = 8 << 10

    private static let keys = ["\"prompt_tokens\"", "\"prompt_eval_count\""].map { Array($0.utf8) }

    /// The number behind one of the keys; nil where there is none. The numbers of embeddings are many, and are not read.
    ///
    /// - Parameters:
    ///   - beginning: of the answer, or all of it.
    ///   - end: of one that is larger.
    static func tokens(beginning: [UInt8], end: [UInt8]) -> Int? {
        for bytes in [end, beginning] {
            for key in keys {
                if let count = number(behind: key, in: bytes) { return count }
            }
        }
        return nil
    }

    private static func number(behind key: [UInt8], in bytes: [UInt8]) -> Int? {
        guard let place = bytes.firstRange(of: key) else { return nil }
        let rest = bytes[place.upperBound...].drop(while: isSpace)
        guard rest.first == UInt8(ascii: ":") else { return nil }
        let digits = rest.dropFirst().drop(while: isSpace).prefix {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
