import GateCore
import GateJSON

/// Compares the first rows of a table by some of their cells.
struct RowSignatures {
    /// Columns whose cells are compared; the others tell no rows apart.
    private let telling: [Bool]

    /// So many rows tell whether they differ.
    private static let mostRows = 64
    private static let mostColumns = 24

    init(_ columns: [SurveyedColumn]) {
        var count = 0
        telling = columns.map {
            count += $0.tellsRows ? 1 : 0
            return $0.tellsRows && count <= RowSignatures.mostColumns
        }
    }

    /// Whether no two rows have the same cells in these columns.
    func areUnique(_ columns: [Int], _ table: borrowing CellTable) -> Bool {
        let rows = min(table.rows.count, RowSignatures.mostRows)
        var seen = SeenNumbers()
        for row in 0..<rows {
            var signature: UInt64 = 0
            for column in columns where telling[column] {
                signature = (signature &+ RowSignatures.hash(table[row, column])) &* 0x9E37_79B9_7F4A_7C15
            }
            guard seen.insert(signature) else { return false }
        }
        return true
    }

    /// Whether some of a column's numbers come again; `12,5` has no digits yet.
    func repeats(_ column: Int, _ table: borrowing CellTable) -> Bool {
        var seen = SeenNumbers()
        for row in 0..<min(table.rows.count, RowSignatures.mostRows) {
            guard seen.insert(RowSignatures.hash(table[row, column])) else { return true }
        }
        return false
    }

    /// Whether all of a column's whole numbers come again and about as often, as the settings of a sweep do.
    func isBalanced(_ column: Int, _ table: borrowing CellTable) -> Bool {
        var counts: [UInt64: Int] = [:]
        for row in 0..<min(table.rows.count, RowSignatures.mostRows) {
            counts[RowSignatures.hash(table[row, column]), default: 0] += 1
        }
        guard counts.count > 1, let least = counts.values.min(), let most = counts.values.max() else { return false }
        return least > 1 && most <= 2 * least
    }

    /// A row that is taken for another one by its hash is read as one more key would have it: nothing is lost by it.
    private static func hash(_ cell: CellTable.Cell) -> UInt64 {
        guard cell.digits.isNone else { return cell.digits.nibbles &* 0x9E37_79B9_7F4A_7C15 | 1 }
        let text = cell.text
        var (hash, start) = (UInt64(truncatingIfNeeded: text.count), 0)
        while text.count - start > 8 {
            hash = mixed(hash ^ EightBytes(text, at: start).bits)
            start += 8
        }
        return mixed(hash ^ EightBytes(all: UnsafeBufferPointer(rebasing: text[start...])).bits)
    }

    private static func mixed(_ bits: UInt64) -> UInt64 {
        let product = bits.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    /// A set of up to ``mostRows`` numbers.
    private struct SeenNumbers {
        private var slots = InlineArray<128, UInt64>(repeating: 0)
        private var hasZero = false

        /// - Returns: whether it is new.
        mutating func insert(_ number: UInt64) -> Bool {
            guard number != 0 else {
                defer { hasZero = true }
                return !hasZero
            }
            var slot = Int(truncatingIfNeeded: (number &* 0x9E37_79B9_7F4A_7C15) >> 57)
            while slots[slot] != 0 {
                if slots[slot] == number { return false }
                slot = (slot + 1) & 127
            }
            slots[slot] = number
            return true
        }
    }
}
