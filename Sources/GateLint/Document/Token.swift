internal import GateVocabulary

/// A stretch of a line that means one thing.
struct Token {
    enum Kind {
        /// Lower case, as in ``Token/text``.
        case word
        case number(Quantity)
        case date(ReportDate)
        case file
        /// A name with digits, underscores or brackets: `gemma3_270m`, `json_results[1].ttft_s`.
        case identifier
        /// A single punctuation mark, in ``Token/text``; curly quotes and dashes come as their ASCII forms.
        case mark
    }

    let kind: Kind
    /// In the report's bytes.
    let bytes: Range<Int>
    /// In lower case.
    let text: String
    /// Begins with a capital letter.
    var isCapitalised = false
    /// All of it is capital letters.
    var isCapitals = false
    /// As it stands in the report, where its case tells its words apart.
    var written: String?

    var number: Quantity? { if case .number(let number) = kind { number } else { nil } }
    var date: ReportDate? { if case .date(let date) = kind { date } else { nil } }
    var isWord: Bool { if case .word = kind { true } else { false } }
    var isIdentifier: Bool { if case .identifier = kind { true } else { false } }
    /// Written as no word of a sentence is: `vLLM`, `TensorRT-LLM`, `H100`.
    var isName: Bool { isIdentifier || written?.dropFirst().contains(where: \.isUppercase) ?? false }
    var isFile: Bool { if case .file = kind { true } else { false } }

    func isMark(_ marks: String) -> Bool {
        guard case .mark = kind else { return false }
        guard let byte = text.utf8.first, text.utf8.count == 1 else { return marks.contains(text) }
        return marks.utf8.contains(byte)
    }
}

/// A number as a text prints it: its value and how precisely it is known.
struct Quantity {
    /// With a scale word behind it (`2.6 billion`) applied.
    var value: Double
    /// Digits behind the point.
    let decimals: Int
    /// Significant digits as printed; trailing zeros of a whole number count.
    let digits: Int
    /// Half of the last printed digit's worth.
    var halfStep: Double
    /// What the word behind it multiplies it by: `2.6 billion`.
    var scale = 1.0
    var unit: MeasuredUnit?
    /// The unit in the report's bytes.
    var unitBytes: Range<Int>?
    /// `50th`
    var isOrdinal = false
    /// `nine`
    var isSpelled = false

    /// Digits without zeros at the end of a whole number, which may be rounded.
    var significant: Int {
        guard isWhole, value != 0, value.isFinite else { return digits }
        var (rest, zeros) = (abs(value / scale), 0)
        while rest >= 10, (rest / 10).rounded() * 10 == rest { (rest, zeros) = (rest / 10, zeros + 1) }
        return max(1, digits - zeros)
    }

    /// The worth of its last digit that is no zero at the end of a whole number.
    var lastPlace: Double { 2 * halfStep * powerOfTen(digits - significant) }

    /// As limits are: `200`, `15`, `15.5`, `1,150`.
    var isRoundLimit: Bool {
        guard significant == 3, value.isFinite else { return significant < 3 }
        var digits = abs(value / scale)
        for _ in 0..<decimals { digits *= 10 }
        digits = digits.rounded()
        while digits >= 1000 { digits = (digits / 10).rounded() }
        return digits.truncatingRemainder(dividingBy: 10) == 5
    }

    var isWhole: Bool { decimals == 0 && value.rounded() == value }
    var isPercent: Bool { unit?.name == "%" }
    /// `2.77x`, `3.9 times`
    var isFactor: Bool { unit?.name == "x" }
    /// The value as a whole number; nil where it is none or no Int can hold it.
    var int: Int? { Int(exactly: value) }

    mutating func scaled(by scale: Double) {
        self.scale *= scale
        value *= scale
        halfStep *= scale
    }

    /// Whether a value prints as this number: rounded or cut off at its last digit.
    ///
    /// - Parameter slack: what it may be off besides, for `about`.
    func prints(_ exact: Double, slack: Double = 0) -> Bool {
        guard exact.isFinite, value.isFinite else { return false }
        // What a double cannot tell apart is the same.
        let noise = max(abs(exact), abs(value)) * 1e-9
        let isRounded = abs(exact - value) <= halfStep + noise + slack
        let cut = value >= 0 ? exact - value : value - exact
        return isRounded || (cut >= -noise && cut < 2 * halfStep - noise)
    }
}

/// Ten to a power, exact where a double can be.
func powerOfTen(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<min(abs(exponent), 300) { result *= 10 }
    return exponent < 0 ? 1 / result : result
}

/// A date as a text prints it: a day, or a month where no day is given.
struct ReportDate: Equatable {
    let year: Int
    let month: Int
    let day: Int?
    /// `November 14`: the year is not given, and ``year`` is none.
    var hasYear = true

    /// Days since 1970-01-01 in the proleptic Gregorian calendar; the first of the month where no day is given.
    ///
    /// Source: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
    var days: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (day ?? 1) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date in the year of another where it has none of its own.
    func inYear(of other: ReportDate?) -> ReportDate {
        guard !hasYear, let other else { return self }
        return ReportDate(year: other.year, month: month, day: day) ?? self
    }

    func isSameMonth(as other: ReportDate) -> Bool { year == other.year && month == other.month }

    /// Reads `2025-11-14`, whatever follows it.
    init?(iso text: String) {
        let parts = text.prefix(10).split(separator: "-")
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    init?(year: Int, month: Int, day: Int?) {
        guard (1900...2999).contains(year), (1...12).contains(month), (1...31).contains(day ?? 1) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    var text: String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(padded(month))" + (day.map { "-\(padded($0))" } ?? "")
    }
}
