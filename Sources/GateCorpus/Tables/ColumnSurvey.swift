import GateCore
import GateJSON
import GateVocabulary
import Glibc

/// What stands below one name: in a column of a table, or under one key in the objects of an array.
struct ColumnSurvey {
    /// Cells of each kind.
    private(set) var empty = 0
    /// `NaN`, `n/a`, `-`
    private(set) var missing = 0
    private(set) var numbers = 0
    /// Numbers without a sign and a fraction.
    private(set) var wholes = 0
    private(set) var texts = 0
    /// All cells are the same.
    private(set) var isConstant = true
    /// Every whole number is greater than the one before.
    private(set) var increases = true
    /// `12,5`: a comma that separates no thousands.
    private(set) var decimalCommas = 0
    private(set) var decimalPoints = 0
    /// `4.58 GiB`: a fraction with its unit, which no setting is.
    private(set) var isMeasured = false
    /// `12.345`: so many of these points may separate thousands.
    private var thousandPoints = 0
    /// `1,234`: it may be the comma of a fraction.
    private var thousandCommas = 0
    /// `1.234.567`: texts whose points separate thousands.
    private var groupedByPoints = 0
    private(set) var isFirstEmpty = false
    private var comesAgain = false
    /// Where a sample of the texts is, among those of all columns.
    private(set) var sampled = 0..<0

    private var last: UInt64 = 0
    private var seen = 0
    private var first: CellTable.Cell = .empty

    private static let mostSamples = 16
    private static let mostCompared = 32

    var filled: Int { numbers + texts }
    var isNumeric: Bool { numbers > 0 && texts == 0 }
    var allWhole: Bool { isComplete && wholes == numbers }
    /// A number in every cell.
    var isComplete: Bool { isNumeric && missing == 0 && empty == 0 }
    /// Some of its cells may be empty.
    var holdsWholes: Bool { isNumeric && wholes == numbers }
    /// Texts come again, and not all are the same.
    var groupsTexts: Bool { comesAgain && !isConstant }

    /// - Parameter samples: of all columns; those of the column that is looked at come last.
    mutating func look(at cell: CellTable.Cell, _ samples: inout [CellTable.Cell]) {
        if seen == 0 {
            first = cell
            isFirstEmpty = cell.isEmpty
            sampled = samples.count..<samples.count
        } else if isConstant, !isSame(cell, first) {
            isConstant = false
        }
        seen += 1
        if cell.digits.isNone { lookAtText(cell, &samples) } else { look(at: cell.digits) }
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
            if let whole = digits.wholeBeforeZeros { look(atWhole: whole) } else { increases = false }
            // The point is the fourth character from the end, and one to three digits that are no zero stand before it.
            if digits.nibbles >> 12 & 0xF == PackedDecimal.point, (1..<0x1000).contains(digits.nibbles >> 16) {
                thousandPoints += 1
            }
            return
        }
        look(atWhole: digits.nibbles)
    }

    @inline(__always)
    private mutating func look(atWhole digits: UInt64) {
        wholes += 1
        if wholes > 1, digits <= last { increases = false }
        last = digits
    }

    private mutating func lookAtText(_ cell: CellTable.Cell, _ samples: inout [CellTable.Cell]) {
        // Most columns of texts have few of them.
        if groupedByPoints == 0, samples[sampled].contains(where: { isSame($0, cell) }) {
            texts += 1
            if texts <= ColumnSurvey.mostCompared { comesAgain = true }
            increases = false
            return
        }
        let text = trimmed(cell.text)
        increases = increases && text.isEmpty
        if text.isEmpty {
            empty += 1
        } else if ColumnSurvey.isMissing(text) {
            missing += 1
        } else if let number = WrittenNumber(remarked: text), !ColumnSurvey.isSize(text) {
            numbers += 1
            if number.quantity?.unit != nil, number.value.rounded() != number.value { isMeasured = true }
            if text.contains(ascii(".")) {
                decimalPoints += 1
            } else if text.contains(ascii(",")) {
                thousandCommas += 1
            }
        } else if text.contains(ascii(",")), WrittenNumber(remarked: text, .comma) != nil {
            decimalCommas += 1
            numbers += 1
        } else {
            texts += 1
            if ColumnSurvey.isGroupedByPoints(text) { groupedByPoints += 1 }
            guard texts <= ColumnSurvey.mostCompared, text.count <= 200 else { return }
            let sample = CellTable.Cell(start: text.baseAddress, count: text.count, digits: .none)
            if samples[sampled].contains(where: { isSame($0, sample) }) {
                comesAgain = true
            } else if sampled.count < ColumnSurvey.mostSamples {
                samples.append(sample)
                sampled = sampled.lowerBound..<samples.count
            }
        }
    }

    /// A comma stands before a fraction, and no point does.
    var hasDecimalCommas: Bool { decimalCommas > 0 && decimalPoints == 0 }
    /// Two points separate thousands.
    var hasGroupsByPoints: Bool { groupedByPoints > 0 && groupedByPoints == texts && !hasDecimalPoints }
    /// A point stands before a fraction.
    var hasDecimalPoints: Bool { decimalPoints > thousandPoints }

    /// In a table that has decimal commas, points separate thousands, and commas stand before fractions.
    mutating func takeDecimalCommas() -> Bool {
        guard texts == groupedByPoints, decimalPoints + groupedByPoints + thousandCommas > 0 else { return false }
        (numbers, texts) = (numbers + texts, 0)
        return true
    }

    /// Three groups, each but the first one of three digits.
    private static func isGroupedByPoints(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (9...11).contains(text.count), isDigit(text[0]) else { return false }
        let whole = text.count - 8
        return text.enumerated().allSatisfy { index, byte in
            index >= whole && (index - whole) % 4 == 0 ? byte == ascii(".") : isDigit(byte)
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
