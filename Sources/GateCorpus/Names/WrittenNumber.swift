import GateCore
import GateJSON

/// A number as a cell or a string writes it: with thousands commas, a sign, a unit behind it.
struct WrittenNumber: Equatable {
    let value: Double
    /// The unit behind the number; nil where none stands there.
    let quantity: Quantity?

    /// A cell of a CSV file or a string of a JSON one: nothing but a number and perhaps its unit.
    init?(cell bytes: UnsafeBufferPointer<UInt8>) {
        let cell = trimmed(bytes)
        if let value = DecimalText.double(cell) {
            self.value = value
            quantity = nil
            return
        }
        guard let (number, rest) = WrittenNumber.split(cell), let value = WrittenNumber.value(number) else {
            return nil
        }
        if rest.isEmpty {
            quantity = nil
        } else {
            guard let unit = Quantity(unit: String(decoding: rest, as: UTF8.self)) else { return nil }
            quantity = unit
        }
        self.value = value
    }

    /// As above, where remarks may follow: `1.62s (first: 7.84s)`, `99.16 ± 0.25 tok/s`, `449 ms ✅`.
    init?(remarked bytes: UnsafeBufferPointer<UInt8>) {
        let cell = trimmed(bytes)
        guard let (number, rest) = WrittenNumber.split(cell), let value = WrittenNumber.value(number) else {
            return nil
        }
        self.value = value
        guard let first = rest.first else {
            quantity = nil
            return
        }
        let unit = UnsafeBufferPointer(rebasing: rest.prefix { $0 != ascii(" ") && $0 != ascii("(") })
        if let written = Quantity(unit: String(decoding: unit, as: UTF8.self)) {
            let remark = trimmed(UnsafeBufferPointer(rebasing: rest[unit.count...]))
            guard remark.isEmpty || WrittenNumber.beginsRemark(remark[0]) else { return nil }
            quantity = written
        } else {
            guard WrittenNumber.beginsRemark(first) else { return nil }
            // "99.16 ± 0.25 tok/s": the unit follows the spread.
            let last = rest.split(separator: ascii(" ")).last.map { String(decoding: $0, as: UTF8.self) }
            quantity = rest.starts(with: "±".utf8) ? last.flatMap(Quantity.init(unit:)) : nil
        }
    }

    /// A bracket, or any character beyond ASCII such as `±` and `✅`.
    private static func beginsRemark(_ byte: UInt8) -> Bool { byte == ascii("(") || byte >= 0x80 }

    /// The digits in front with their sign, point, commas and exponent, and what follows them.
    private static func split(
        _ cell: UnsafeBufferPointer<UInt8>
    ) -> (number: UnsafeBufferPointer<UInt8>, rest: UnsafeBufferPointer<UInt8>)? {
        var end = 0
        while end < cell.count {
            let byte = cell[end]
            let isSign = byte == ascii("-") || byte == ascii("+")
            let isExponent =
                byte | 0x20 == ascii("e") && end > 0 && end + 1 < cell.count
                && (cell[end + 1] == ascii("-") || cell[end + 1] == ascii("+") || isDigit(cell[end + 1]))
            let isInside = isDigit(byte) || byte == ascii(".") || byte == ascii(",") || isExponent
            guard isInside || (isSign && (end == 0 || cell[end - 1] | 0x20 == ascii("e"))) else { break }
            end += 1
        }
        guard cell[..<end].contains(where: isDigit) else { return nil }
        return (
            UnsafeBufferPointer(rebasing: cell[..<end]), trimmed(UnsafeBufferPointer(rebasing: cell[end...]))
        )
    }

    /// Commas count as separators of groups of three, or of two before the last group; `1,5` is no number.
    private static func value(_ number: UnsafeBufferPointer<UInt8>) -> Double? {
        guard number.contains(ascii(",")) else { return DecimalText.double(number) }
        let whole = number.prefix { $0 != ascii(".") }
        let groups = whole.split(separator: ascii(","), omittingEmptySubsequences: false)
        guard let last = groups.last, last.count == 3, let first = groups.first, first.contains(where: isDigit),
            groups.dropFirst().dropLast().allSatisfy({ $0.count == 3 || $0.count == 2 })
        else { return nil }
        return number.filter { $0 != ascii(",") }.withUnsafeBufferPointer { DecimalText.double($0) }
    }
}

/// Without ASCII white space at both ends.
@inline(__always)
func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = bytes.count
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
}

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
