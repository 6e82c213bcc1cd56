import GateCore
import GateJSON
import GateVocabulary

/// A number as a cell or a string writes it: with separated thousands, a sign, a scale, a unit and a spread behind it.
struct WrittenNumber: Equatable {
    let value: Double
    /// The unit behind the number; nil where none stands there.
    let quantity: Quantity?
    /// Behind a ±, in the number's own unit.
    let spread: PrintedNumber.PrintedSpread?

    /// A cell of a CSV file or a string of a JSON one: nothing but a number and perhaps its unit and its spread.
    init?(cell bytes: UnsafeBufferPointer<UInt8>, _ notation: PrintedNumber.Notation = .point) {
        let cell = trimmed(bytes)
        guard WrittenNumber.mayBegin(cell) else { return nil }
        if notation == .point, let value = DecimalText.double(cell) {
            self.init(value)
            return
        }
        guard let number = PrintedNumber(String(decoding: cell, as: UTF8.self), notation: notation) else { return nil }
        self.init(number)
    }

    /// As above, where remarks may follow: `1.62s (first: 7.84s)`, `449 ms ✅`.
    init?(remarked bytes: UnsafeBufferPointer<UInt8>, _ notation: PrintedNumber.Notation = .point) {
        let cell = trimmed(bytes)
        guard WrittenNumber.mayBegin(cell),
            let number = PrintedNumber(remarked: String(decoding: cell, as: UTF8.self), notation: notation)
        else { return nil }
        self.init(number)
    }

    private init(_ value: Double) {
        self.value = value
        quantity = nil
        spread = nil
    }

    private init?(_ number: PrintedNumber) {
        guard number.value.isFinite else { return nil }
        value = number.value
        spread = number.spread
        if let unit = number.unit {
            guard let quantity = Quantity(unit: unit) else { return nil }
            self.quantity = quantity
        } else {
            quantity = nil
        }
    }

    /// A digit, a sign, a point or a currency stands first; most texts are told from numbers by that.
    private static func mayBegin(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = cell.first, cell.count <= 60 else { return false }
        guard first < 0x80 else { return first == 0xE2 || first == 0xC2 }
        guard !isDigit(first) else { return true }
        let follows = cell.dropFirst().prefix(4).contains(where: isDigit)
        return follows && (first == ascii("-") || first == ascii("+") || first == ascii(".") || first == ascii("$"))
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
