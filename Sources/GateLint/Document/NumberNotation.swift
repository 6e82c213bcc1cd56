internal import GateVocabulary

/// Whether a text writes `12.5` or `12,5`, by the numbers that can only be the one or the other.
enum NumberNotation {
    /// So many numbers have to show a decimal comma, and so many times as many as show a point.
    private static let leastCommas = 2
    private static let ratio = 2

    static func of(_ bytes: [UInt8]) -> PrintedNumber.Notation {
        var (commas, points) = (0, 0)
        var index = 0
        while index < bytes.count {
            guard isDigit(bytes[index]) else {
                index += 1
                continue
            }
            // What begins in a name or goes on with another mark is a version, a date or a list.
            let isFree = index == 0 || !isNamed(bytes[index - 1])
            let whole = run(bytes, from: index)
            index = whole
            guard whole < bytes.count, bytes[whole] == 0x2C || bytes[whole] == 0x2E else { continue }
            let end = run(bytes, from: whole + 1)
            guard end > whole + 1 else { continue }
            index = end
            let goesOn = end < bytes.count && (isNamed(bytes[end]) && end + 1 < bytes.count && isDigit(bytes[end + 1]))
            guard isFree, !goesOn, end - whole - 1 != 3 || isZero(bytes, before: whole) else { continue }
            if bytes[whole] == 0x2C { commas += 1 } else { points += 1 }
        }
        return commas >= leastCommas && commas > ratio * points ? .comma : .point
    }

    private static func run(_ bytes: [UInt8], from start: Int) -> Int {
        var end = start
        while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        return end
    }

    /// `0,513`: no group of thousands has nothing but a zero before it.
    private static func isZero(_ bytes: [UInt8], before mark: Int) -> Bool {
        bytes[mark - 1] == 0x30 && (mark == 1 || !isDigit(bytes[mark - 2]))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isNamed(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x2E || byte == 0x2C || byte == 0x2F
    }
}
