/// Numbers as texts write them.
public enum DecimalText {
    /// The value of `[+-] digits [. digits] [(e|E) [+-] digits]` with a digit at least on one side of the point.
    ///
    /// Exact and fast while the mantissa is below 2^53 and the power of ten is exact, the standard library's correctly
    /// rounded reader elsewhere (W. D. Clinger, "How to read floating point numbers accurately", 1990: the fast path).
    /// - Returns: nil where the bytes as a whole are not such a number, or it is too large for a Double.
    public static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let decimal = scan(bytes) else { return nil }
        if decimal.isExact, decimal.mantissa <= 1 << 53, abs(decimal.exponent) <= 22 {
            let magnitude = Double(decimal.mantissa)
            let power = powersOfTen[abs(decimal.exponent)]
            let value = decimal.exponent < 0 ? magnitude / power : magnitude * power
            return decimal.isNegative ? -value : value
        }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// As above, for the bytes of a text.
    public static func double(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { double($0) }
    }

    private struct Decimal {
        var mantissa: UInt64 = 0
        var exponent = 0
        var isNegative = false
        /// False once a digit did not fit into the mantissa.
        var isExact = true
        var digits = 0

        mutating func append(_ digit: UInt8) {
            digits += 1
            if mantissa < 1_000_000_000_000_000_000 {
                mantissa = mantissa * 10 + UInt64(digit)
            } else {
                isExact = false
            }
        }
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Decimal? {
        var decimal = Decimal()
        var index = 0
        if index < bytes.count, bytes[index] == ascii("-") || bytes[index] == ascii("+") {
            decimal.isNegative = bytes[index] == ascii("-")
            index += 1
        }
        while index < bytes.count, let digit = digitValue(bytes[index]) {
            decimal.append(digit)
            index += 1
        }
        if index < bytes.count, bytes[index] == ascii(".") {
            index += 1
            while index < bytes.count, let digit = digitValue(bytes[index]) {
                decimal.append(digit)
                decimal.exponent -= 1
                index += 1
            }
        }
        guard decimal.digits > 0 else { return nil }
        if index < bytes.count, bytes[index] | 0x20 == ascii("e") {
            index += 1
            guard let exponent = scanExponent(bytes, &index) else { return nil }
            decimal.exponent += exponent
        }
        return index == bytes.count ? decimal : nil
    }

    private static func scanExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int? {
        var isNegative = false
        if index < bytes.count, bytes[index] == ascii("-") || bytes[index] == ascii("+") {
            isNegative = bytes[index] == ascii("-")
            index += 1
        }
        let start = index
        var exponent = 0
        while index < bytes.count, let digit = digitValue(bytes[index]) {
            exponent = min(exponent * 10 + Int(digit), 1_000_000)
            index += 1
        }
        guard index > start else { return nil }
        return isNegative ? -exponent : exponent
    }

    /// Exact as Doubles up to 10^22.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

/// The byte of a character of ASCII.
@inlinable @inline(__always)
public func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }

@inlinable @inline(__always)
func digitValue(_ byte: UInt8) -> UInt8? {
    let value = byte &- 0x30
    return value < 10 ? value : nil
}
