/// Splits names as data and reports write them into their words.
public enum NameWords {
    /// The words in lower case: of snake and camel case, of paths with dots and slashes, of what stands in brackets.
    ///
    /// `http_req_duration.p(95)` gives http, req, duration, p95; `TTFTMs` gives ttft, ms; `latency p99.9` keeps its
    /// point, as does any number; `%` is the word percent.
    public static func words(of name: String) -> [String] {
        var words: [String] = []
        var piece: [Unicode.Scalar] = []
        let scalars = Array(name.unicodeScalars)
        func finish() {
            if !piece.isEmpty { words += camelWords(piece).flatMap(Percentile.split) }
            piece.removeAll(keepingCapacity: true)
        }
        for (index, scalar) in scalars.enumerated() {
            if belongs(scalar) || isPoint(scalars, index) || isPrime(scalars, index) {
                piece.append(scalar)
            } else if scalar == ",", isPercentile(piece), index + 1 < scalars.count, isDigit(scalars[index + 1]) {
                // "p99,9" is "p99.9".
                piece.append(".")
            } else if scalar == "_", isPercentile(piece), isNines(piece),
                isNines(Array(scalars[(index + 1)...].prefix(while: belongs)))
            {
                // As is "p99_9".
                piece.append(".")
            } else if scalar == "(", isPercentileLetter(piece), index + 1 < scalars.count, isDigit(scalars[index + 1]) {
                // "p(95)" is "p95".
                continue
            } else {
                finish()
                if scalar == "%" { words.append("percent") }
            }
        }
        finish()
        return words
    }

    private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isLetter(scalar) || isDigit(scalar) }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "°"
    }

    /// Between digits, as in `p99.9` and `3.2`.
    private static func isPoint(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        scalars[index] == "." && index > 0 && isDigit(scalars[index - 1]) && index + 1 < scalars.count
            && isDigit(scalars[index + 1])
    }

    /// Inside a word, as in `don't`.
    private static func isPrime(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        scalars[index] == "'" && index > 0 && index + 1 < scalars.count && belongs(scalars[index - 1])
            && belongs(scalars[index + 1])
    }

    private static func isPercentile(_ piece: [Unicode.Scalar]) -> Bool {
        piece.count >= 2 && isPercentileLetter(Array(piece.prefix(1))) && piece.dropFirst().allSatisfy(isDigit)
    }

    /// `p99`, or the nines behind it.
    private static func isNines(_ piece: [Unicode.Scalar]) -> Bool {
        let digits = piece.drop { $0 == "p" || $0 == "P" }
        return !digits.isEmpty && digits.count >= piece.count - 1 && digits.allSatisfy { $0 == "9" }
            && (digits.count == 2 || digits.count == piece.count)
    }

    private static func isPercentileLetter(_ piece: [Unicode.Scalar]) -> Bool {
        guard let last = piece.last, last == "p" || last == "P" else { return false }
        return piece.count == 1
    }

    /// Splits where a small letter meets a capital one, and before the last capital of several where a word follows:
    /// `p95LatencyMs`, `TTFTMean`; but `MHz`, `MiB` and `GPUs` stay whole.
    private static func camelWords(_ piece: [Unicode.Scalar]) -> [String] {
        guard piece.contains(where: isUpper), piece.contains(where: isLower) else { return [text(piece[...])] }
        var words: [String] = []
        var start = 0
        for index in 1..<piece.count where isUpper(piece[index]) && !isUpper(piece[index - 1]) {
            // "3B" and "Q4K" are no camel case, "p95Latency" is.
            let beginsWord = index + 1 < piece.count && isLower(piece[index + 1])
            guard isLower(piece[index - 1]) || (isDigit(piece[index - 1]) && beginsWord) else { continue }
            if UnitTable.isUnit(text(piece[start...])) { break }
            words += acronymWords(piece[start..<index])
            start = index
        }
        return words + acronymWords(piece[start...])
    }

    private static func acronymWords(_ piece: ArraySlice<Unicode.Scalar>) -> [String] {
        let whole = text(piece)
        let capitals = piece.prefix(while: isUpper).count
        let tail = piece.dropFirst(capitals)
        guard capitals >= 2, !tail.isEmpty, tail.allSatisfy({ !isUpper($0) }), !UnitTable.isUnit(whole) else {
            return [whole]
        }
        let small = text(tail)
        let name = text(piece.prefix(capitals - 1))
        if Subjects.isTime(name) { return [name, text(piece.dropFirst(capitals - 1))] }
        if small == "s" || !tail.contains(where: isLower) || tail.contains(where: { !isLower($0) }) { return [whole] }
        if small.count >= 2, UnitTable.isUnit(small) { return [text(piece.prefix(capitals)), small] }
        return [name, text(piece.dropFirst(capitals - 1))]
    }

    private static func text(_ piece: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(piece)).lowercased()
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { (scalar.value | 0x20) &- 0x61 < 26 }
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }
    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value &- 0x41 < 26 : scalar.properties.isUppercase
    }
    private static func isLower(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value &- 0x61 < 26 : scalar.properties.isLowercase
    }
}
