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
        let text = String(decoding: cell, as: UTF8.self)
        if let seconds = WrittenNumber.clock(text) {
            self.init(seconds, Quantity(unit: "s"))
            return
        }
        guard let number = PrintedNumber(text, notation: notation) else { return nil }
        self.init(number)
    }

    /// As above, where remarks may follow: `1.62s (first: 7.84s)`, `449 ms ✅`.
    init?(remarked bytes: UnsafeBufferPointer<UInt8>, _ notation: PrintedNumber.Notation = .point) {
        let cell = trimmed(bytes)
        guard WrittenNumber.mayBegin(cell) else { return nil }
        let text = String(decoding: cell, as: UTF8.self)
        if let seconds = WrittenNumber.clock(text) {
            self.init(seconds, Quantity(unit: "s"))
            return
        }
        guard let number = PrintedNumber(remarked: text, notation: notation) else { return nil }
        self.init(number)
    }

    /// A string that stands alone: a comma that separates no thousands is a decimal one where a unit stands behind the
    /// number or in its name.
    init?(text: UnsafeBufferPointer<UInt8>, _ named: Quantity) {
        if let number = WrittenNumber(cell: text) {
            self = number
        } else {
            guard text.contains(ascii(",")), let number = WrittenNumber(cell: text, .comma),
                number.quantity?.unit != nil || named.unit != nil
            else { return nil }
            self = number
        }
    }

    private init(_ value: Double, _ quantity: Quantity? = nil) {
        self.value = value
        self.quantity = quantity
        spread = nil
    }

    /// `1m32.418s`, `2h05m10s`
    private static func lettered(_ text: String) -> Double? {
        guard text.utf8.last == ascii("s"), let minutes = text.utf8.firstIndex(of: ascii("m")) else { return nil }
        var whole = text[..<minutes]
        let seconds = text[text.utf8.index(after: minutes)...].dropLast()
        var hours = 0
        if let mark = whole.firstIndex(of: "h") {
            guard let count = Int(whole[..<mark]), count >= 0 else { return nil }
            (hours, whole) = (count, whole[whole.index(after: mark)...])
        }
        guard let count = Int(whole), count >= 0, seconds.utf8.first.map(isDigit) == true,
            let rest = Double(seconds), rest < 60
        else { return nil }
        return Double(hours * 3600 + count * 60) + rest
    }

    /// A duration of hours, minutes and seconds: `0:56:09`, `1:02:03.5`. Two parts may be a time of day.
    private static func clock(_ text: String) -> Double? {
        guard text.utf8.contains(ascii(":")) else { return lettered(text) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hours = Int(parts[0]), let minutes = Int(parts[1]), let seconds = Double(parts[2]),
            hours >= 0, (0..<60).contains(minutes), parts[1].count == 2, (0..<60).contains(seconds),
            parts[2].prefix(while: \.isNumber).count == 2
        else { return nil }
        return Double(hours * 3600 + minutes * 60) + seconds
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

/// `256` of `256.000`.
func withoutZeros(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var end = bytes.count
    while end > 0, bytes[end - 1] == ascii("0") { end -= 1 }
    guard end > 1, end < bytes.count, bytes[end - 1] == ascii("."), bytes[..<(end - 1)].allSatisfy(isDigit) else {
        return bytes
    }
    return UnsafeBufferPointer(rebasing: bytes[..<(end - 1)])
}

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
