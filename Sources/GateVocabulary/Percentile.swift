/// Percentiles as names write them.
enum Percentile {
    /// `p50`, `p99.9`, `p999` (three nines), `q25`, `q1` (a quartile), `95th`: the percent; nil for other words.
    static func percent(ofWord word: String) -> Double? {
        let bytes = Array(word.utf8)
        guard let first = bytes.first, bytes.count >= 2, bytes.count <= 16 else { return nil }
        let isLetter = first == UInt8(ascii: "p") || first == UInt8(ascii: "q")
        if isLetter, let number = number(bytes[1...]) {
            if first == UInt8(ascii: "q"), bytes.count == 2 {
                return (1...3).contains(number) ? number * 25 : nil
            }
            return percent(digits: bytes[1...], number)
        }
        // `99pct`, `999pct`; a share of 5 % is none.
        for suffix in suffixes where word.hasSuffix(suffix) {
            let digits = bytes.dropLast(suffix.utf8.count)
            return number(digits).flatMap { percent(digits: digits, $0) }.flatMap { $0 >= 50 ? $0 : nil }
        }
        if word.hasSuffix("th"), let number = number(bytes.dropLast(2)) {
            return percent(digits: bytes.dropLast(2), number)
        }
        return nil
    }

    /// Behind the digits of a percentile.
    static let suffixes = ["percentile", "pctl", "pct", "ptile", "perc"]

    /// `latency99pct` is `latency 99pct`.
    static func split(_ word: String) -> [String] {
        guard let suffix = suffixes.first(where: word.hasSuffix) else { return [word] }
        let rest = word.dropLast(suffix.utf8.count)
        let digits = rest.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard digits > 1, digits < rest.count, percent(ofWord: String(word.suffix(digits + suffix.utf8.count))) != nil
        else { return [word] }
        return [String(word.dropLast(digits + suffix.utf8.count)), String(word.suffix(digits + suffix.utf8.count))]
    }

    /// `50`, `99.9`; 0...100 with both ends.
    static func percent(ofNumber text: some StringProtocol) -> Double? {
        number(Array(text.utf8)[...]).flatMap { $0 <= 100 ? $0 : nil }
    }

    /// `0.999` gives `99.9`, without the noise of a product.
    static func text(ofFraction fraction: Double) -> String {
        let rounded = (fraction * 1e8).rounded() / 1e6
        let text = "\(rounded)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Of digits without a point, those behind the second are decimals: 999 is 99.9; but 100 is the maximum.
    private static func percent(digits: ArraySlice<UInt8>, _ number: Double) -> Double? {
        if number <= 100 { return number }
        guard digits.count <= 5, digits.allSatisfy({ $0 == UInt8(ascii: "9") || $0 == UInt8(ascii: "5") }) else {
            return nil
        }
        return digits.dropFirst(2).reduce(number) { number, _ in number / 10 }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Double? {
        guard let first = digits.first, let last = digits.last, first &- 0x30 < 10, last &- 0x30 < 10,
            digits.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") })
        else { return nil }
        return Double(String(decoding: digits, as: UTF8.self))
    }
}
