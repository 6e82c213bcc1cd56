import GateCore
import GateJSON

/// The grammar of JSON's smallest parts (RFC 8259), over bytes that are valid UTF-8.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    /// Begins behind a byte order mark.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    @inline(__always)
    var isAtEnd: Bool { position == bytes.count }

    /// The byte at the position; 0, which begins nothing, at the end.
    @inline(__always)
    var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    @inline(__always)
    var remaining: Int { bytes.count - position }

    /// - Parameter offset: from the position; at least eight bytes follow it.
    @inline(__always)
    func eight(_ offset: Int) -> EightBytes { EightBytes(bytes, at: position + offset) }

    @inline(__always)
    mutating func pass(_ count: Int) { position += count }

    func slice(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while position < bytes.count, bytes[position] <= 0x20 {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    @inline(__always)
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == ascii(character) else { return false }
        position += 1
        return true
    }

    mutating func skip(word: StaticString) -> Bool {
        guard bytes.count - position >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where bytes[position + offset] != word.utf8Start[offset] {
            return false
        }
        position += word.utf8CodeUnitCount
        return true
    }

    /// Passes a string, from behind its opening quote to behind its closing one.
    /// - Returns: whether it has escapes; nil where it does not end or is none.
    mutating func string() -> Bool? {
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            if bytes.count - position >= 8 {
                let plain = EightBytes(bytes, at: position).leadingInString
                position += plain
                if plain == 8 { continue }
            }
            let byte = bytes[position]
            position += 1
            if byte == ascii("\"") {
                let isValid = !hasEscapes || JSONTokens.unescaped(slice(start, position - 1)) != nil
                return isValid ? hasEscapes : nil
            }
            guard byte >= 0x20 else { return nil }
            if byte == ascii("\\") {
                hasEscapes = true
                position += 1
            }
        }
        return nil
    }

    /// Passes a number that a Double can hold.
    /// - Returns: its digits where it is a plain one; nil where it is no number.
    @inline(__always)
    mutating func number() -> PackedDecimal? {
        let start = position
        let number = PlainNumber(bytes, at: start)
        guard number.wholeDigits > 0, !number.hasPoint || number.decimals > 0 else { return nil }
        let first = bytes[start] == ascii("-") ? start + 1 : start
        guard number.wholeDigits == 1 || bytes[first] != ascii("0") else { return nil }
        position = number.end
        if next | 0x20 != ascii("e"), let packed = number.packed { return packed }
        return unusualNumber(from: start)
    }

    /// With an exponent or many digits; the position is behind the plain part.
    private mutating func unusualNumber(from start: Int) -> PackedDecimal? {
        if next | 0x20 == ascii("e") {
            position += 1
            if !skip("+") { _ = skip("-") }
            let exponent = position
            while position < bytes.count, isDigit(bytes[position]) { position += 1 }
            guard position > exponent else { return nil }
        }
        return DecimalText.double(slice(start, position)) == nil ? nil : PackedDecimal.none
    }
}
