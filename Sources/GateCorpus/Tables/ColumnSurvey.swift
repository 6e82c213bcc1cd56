import GateCore
import GateVocabulary

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What stands below one name: in a column of a table, or under one key in the objects of an array.
struct ColumnSurvey {
    /// Cells of each kind.
    private(set) var empty = 0
    /// `NaN`, `n/a`, `-`
    private(set) var missing = 0
    private(set) var numbers = 0
    /// Numbers without a sign and a point.
    private(set) var wholes = 0
    private(set) var texts = 0
    /// All cells are the same.
    private(set) var isConstant = true
    /// Every whole number is greater than the one before.
    private(set) var increases = true
    /// `12,5`: a comma that separates no thousands.
    private(set) var decimalCommas = 0
    private(set) var decimalPoints = 0
    /// A sample of the texts.
    private(set) var samples: [String] = []
    private(set) var isFirstEmpty = false
    private var comesAgain = false

    private var last: UInt64?
    /// The first whole numbers.
    private var first64: [UInt64] = []
    private var seen = 0
    private var first: CellTable.Cell = .empty

    private static let mostSamples = 16

    var filled: Int { numbers + texts }
    var isNumeric: Bool { numbers > 0 && texts == 0 }
    var allWhole: Bool { isNumeric && wholes == numbers && missing == 0 && empty == 0 }
    /// Some of the whole numbers come again.
    var repeats: Bool { !increases && Set(first64).count < first64.count }
    /// All of them come about as often, as the settings of a sweep do.
    var isBalanced: Bool {
        let counts = first64.reduce(into: [UInt64: Int]()) { $0[$1, default: 0] += 1 }.values
        guard let least = counts.min(), let most = counts.max() else { return false }
        return least > 1 && most <= 2 * least
    }
    /// Texts come again, and not all are the same.
    var groupsTexts: Bool { comesAgain && !isConstant }

    mutating func look(at cell: CellTable.Cell) {
        if seen == 0 {
            first = cell
            isFirstEmpty = cell.isEmpty
        } else if isConstant, !isSame(cell, first) {
            isConstant = false
        }
        seen += 1
        if cell.digits.isNone { lookAtText(cell) } else { look(at: cell.digits) }
    }

    private func isSame(_ cell: CellTable.Cell, _ other: CellTable.Cell) -> Bool {
        guard cell.count == other.count else { return false }
        guard let start = cell.start, let begin = other.start else { return cell.count == 0 }
        return memcmp(start, begin, cell.count) == 0
    }

    @inline(__always)
    private mutating func look(at digits: PackedDecimal) {
        numbers += 1
        guard digits.isWhole else {
            decimalPoints += 1
            increases = false
            return
        }
        wholes += 1
        if let last, digits.nibbles <= last { increases = false }
        last = digits.nibbles
        // What has fractions is measured.
        if wholes == numbers, first64.count < 64 { first64.append(digits.nibbles) }
    }

    private mutating func lookAtText(_ cell: CellTable.Cell) {
        let text = trimmed(cell.text)
        increases = increases && text.isEmpty
        if text.isEmpty {
            empty += 1
        } else if ColumnSurvey.isMissing(text) {
            missing += 1
        } else if WrittenNumber(remarked: text) != nil, !ColumnSurvey.isSize(text) {
            numbers += 1
            if text.contains(ascii(".")) { decimalPoints += 1 }
        } else if text.contains(ascii(",")), WrittenNumber(remarked: text, .comma) != nil {
            decimalCommas += 1
            numbers += 1
        } else {
            texts += 1
            guard texts <= 32, text.count <= 200 else { return }
            let string = String(decoding: text, as: UTF8.self)
            if samples.contains(string) {
                comesAgain = true
            } else if samples.count < ColumnSurvey.mostSamples {
                samples.append(string)
            }
        }
    }

    /// What programs write where a number is not there.
    static func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= 9, let first = text.first, mayBeginMissing(first) else { return false }
        return missingWords.contains(String(decoding: text, as: UTF8.self).lowercased())
    }

    /// Most texts begin in another way.
    private static func mayBeginMissing(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case ascii("n"), ascii("i"), ascii("m"), ascii("-"), ascii("#"), ascii("?"): true
        default: byte == ascii("+") || byte == ascii("-") || byte == ascii("?") || byte >= 0x80
        }
    }

    /// `NaN` and `inf`: what was measured is no number.
    static func isNoNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count <= 9 && noNumbers.contains(String(decoding: text, as: UTF8.self).lowercased())
    }

    private static let noNumbers: Set<String> = ["nan", "-nan", "+nan", "inf", "-inf", "+inf", "infinity", "-infinity"]
    private static let missingWords: Set<String> = noNumbers.union([
        "n/a", "na", "#n/a", "null", "none",
        "nil", "-", "--", "–", "—", "?", "nd", "n.d.", "missing",
    ])

    /// `7B`, `70B`: the size of a model, which is a name more often than a number.
    private static func isSize(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.last.map { $0 | 0x20 == ascii("b") } == true
            && text.dropLast().allSatisfy { isDigit($0) || $0 == ascii(".") }
    }
}
