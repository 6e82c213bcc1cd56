/// What a text of the data is that is no number.
public enum TextKind: Sendable, Equatable {
    case date
    /// `1.2.3`, `v2.0`, `3.11.4-rc1`
    case version
    /// A UUID, a commit, a digest.
    case identifier
    case text

    public init(_ text: String) {
        if TextKind.isVersion(text) {
            self = .version
        } else if PrintedDate(text) != nil || TextKind.isStamp(text) {
            self = .date
        } else if TextKind.isIdentifier(text) {
            self = .identifier
        } else {
            self = .text
        }
    }

    /// `20260114-102913`, `20260114T102913Z`: a day and a time in digits.
    private static func isStamp(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 15 || bytes.count == 16 && bytes[15] == UInt8(ascii: "Z"),
            ["-", "_", "T"].contains(Character(Unicode.Scalar(bytes[8])))
        else { return false }
        let digits = bytes[..<8] + bytes[9..<15]
        guard digits.allSatisfy({ $0 &- 0x30 < 10 }), let year = Int(text.prefix(4)),
            let month = Int(text.dropFirst(4).prefix(2))
        else { return false }
        return (1970...2100).contains(year) && (1...12).contains(month)
    }

    /// Two points between digits, or a `v` before one; remarks behind a hyphen or a plus.
    private static func isVersion(_ text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        var rest = text[...]
        let hasLetter = rest.first == "v" || rest.first == "V"
        if hasLetter { rest = rest.dropFirst() }
        let numbers = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = numbers.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= (hasLetter ? 2 : 3), parts.count <= 5, parts.allSatisfy({ !$0.isEmpty }) else {
            return false
        }
        // "14.11.2025" is a day.
        if parts.count == 3, !hasLetter, parts[0].count <= 2, parts[2].count == 4, PrintedDate(text) != nil {
            return false
        }
        let tail = rest.dropFirst(numbers.count)
        guard let first = tail.first else { return true }
        return (first == "-" || first == "+" || first.isLetter)
            && tail.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-+._".contains($0)) }
    }

    /// Hexadecimal digits with both letters and numbers, of the length of a commit or a digest; a UUID.
    private static func isIdentifier(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if bytes.count == 36, bytes.filter({ $0 == UInt8(ascii: "-") }).count == 4 {
            return bytes.allSatisfy { isHex($0) || $0 == UInt8(ascii: "-") }
        }
        guard (7...128).contains(bytes.count), bytes.allSatisfy(isHex) else { return false }
        let digits = bytes.count { $0 &- 0x30 < 10 }
        return digits >= 2 && digits < bytes.count
    }

    private static func isHex(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 }
}
