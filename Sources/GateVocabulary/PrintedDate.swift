/// A day as a text prints it, or a month where no day is given.
public struct PrintedDate: Hashable, Sendable {
    public let year: Int
    /// 1...12
    public let month: Int
    /// 1...31; nil where only the month is given.
    public let day: Int?

    private init?(year: Int, month: Int, day: Int?) {
        guard (1900...2999).contains(year), (1...12).contains(month),
            (1...PrintedDate.days(in: month, of: year)).contains(day ?? 1)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads a text that is nothing but a date: `2025-11-14`, `2025/11/14`, `14.11.2025`, `11/14/2025`, `Nov 14, 2025`,
    /// `14 November 2025`, `November 2025`, each with a time behind it or none.
    public init?(_ text: String) {
        guard (8...40).contains(text.utf8.count), text.utf8.contains(where: { $0 &- 0x30 < 10 }) else { return nil }
        let trimmed = text.trimmed
        var date = trimmed[...]
        if let mark = PrintedDate.startOfTime(trimmed) {
            date = trimmed[..<mark]
            guard PrintedDate.isTime(trimmed[trimmed.index(after: mark)...]) else { return nil }
        }
        guard let read = PrintedDate.numeric(date) ?? PrintedDate.worded(date) else { return nil }
        self.init(year: read.0, month: read.1, day: read.2)
    }
}

extension PrintedDate {
    private static func days(in month: Int, of year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// The T, blank or underscore between day and time.
    private static func startOfTime(_ text: String) -> String.Index? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        return text[..<colon].lastIndex { $0 == "T" || $0 == "t" || $0 == " " || $0 == "_" }
    }

    /// `14:05`, `14:05:09.123Z`, `14:05:09+02:00`, `14:05:09 UTC`, `2:05 PM`
    private static func isTime(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2, let hour = Int(parts[0]), (0...24).contains(hour),
            let minute = Int(parts[1].prefix(2)), (0..<60).contains(minute)
        else { return false }
        return text.utf8.allSatisfy {
            $0 &- 0x30 < 10 || ":.,+- ".utf8.contains($0) || ($0 | 0x20) &- 0x61 < 26
        }
    }

    private static func numeric(_ text: Substring) -> (Int, Int, Int?)? {
        for separator in ["-", "/", "."] as [Character] {
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let numbers = parts.compactMap { $0.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int($0) : nil }
            guard numbers.count == 3 else { continue }
            if parts[0].count == 4 { return (numbers[0], numbers[1], numbers[2]) }
            guard parts[2].count == 4 else { return nil }
            // A point stands between day, month and year; a slash between month, day and year, where that can be.
            let isDayFirst = separator == "." || numbers[0] > 12 || (separator == "-" && numbers[1] <= 12)
            return isDayFirst ? (numbers[2], numbers[1], numbers[0]) : (numbers[2], numbers[0], numbers[1])
        }
        return nil
    }

    /// `Nov 14, 2025`, `14th of November 2025`, `Fri, 14 Nov 2025`, `November 2025`
    private static func worded(_ text: Substring) -> (Int, Int, Int?)? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" || $0 == "." || $0 == "/" }.map { $0.lowercased() }
        var (year, month, day): (Int?, Int?, Int?)
        for word in words {
            let digits = word.prefix { $0.isNumber }
            if let number = Int(digits) {
                guard ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) else { return nil }
                if digits.count == 4, year == nil {
                    year = number
                } else if day == nil {
                    day = number
                } else {
                    return nil
                }
            } else if let number = PrintedDate.month(word) {
                guard month == nil else { return nil }
                month = number
            } else if !(word == "of" || PrintedDate.weekdays.contains(String(word.prefix(3)))) {
                return nil
            }
        }
        guard let year, let month else { return nil }
        return (year, month, day)
    }

    /// 1...12 of `nov`, `november`.
    public static func month(_ word: String) -> Int? {
        let word = word.lowercased()
        guard word.count >= 3 else { return nil }
        return months.firstIndex { $0 == word || ($0.hasPrefix(word) && word.count <= 4) }.map { $0 + 1 }
    }

    private static let weekdays: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
