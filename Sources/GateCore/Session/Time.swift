/// A length of time or an offset in whole nanoseconds; encoded as an integer, under names that end in `_ns`. Sums and
/// differences end at the range of 292 years: files are edited by hand, and servers answer what they like.
public struct Nanoseconds: Hashable, Comparable, Codable, Sendable, AdditiveArithmetic {
    public var count: Int64

    public init(_ count: Int64) { self.count = count }
    public init(seconds: Double) { self.count = Int64(clamping: (seconds * 1e9).rounded()) }
    public init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int64.self)
        guard count.magnitude <= Nanoseconds.longest.magnitude else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "should be less than \(Nanoseconds.longest) nanoseconds, but is \(count)"))
        }
    }

    /// 146 years: differences of such values still fit.
    private static let longest: Int64 = 1 << 62

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }

    public var seconds: Double { Double(count) / 1e9 }

    public static let zero = Nanoseconds(0)
    public static func < (left: Nanoseconds, right: Nanoseconds) -> Bool { left.count < right.count }
    public static func + (left: Nanoseconds, right: Nanoseconds) -> Nanoseconds {
        Nanoseconds(left.count.adding(clamping: right.count))
    }
    public static func - (left: Nanoseconds, right: Nanoseconds) -> Nanoseconds {
        Nanoseconds(left.count.subtracting(clamping: right.count))
    }
}

/// A moment in UTC with the precision of a second, written as ISO 8601 (`2026-11-23T20:30:00Z`).
public struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let unixSeconds: Int64

    public init(unixSeconds: Int64) { self.unixSeconds = unixSeconds }

    /// Reads `YYYY-MM-DDTHH:MM:SSZ`; nil for anything else.
    public init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[10] == 0x54, bytes[13] == 0x3a,
            bytes[16] == 0x3a, bytes[19] == 0x5a
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        let days = UTCTime.daysFromCivil(year: year, month: month, day: day)
        unixSeconds = days * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// `2026-11-23T20:30:00Z`
    public var description: String { "\(date)T\(clock)Z" }
    /// `2026-11-23`
    public var date: String {
        let (year, month, day) = UTCTime.civilFromDays(floorDivided(unixSeconds, by: 86_400))
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
    }
    /// `20:30:00`
    public var clock: String {
        let second = unixSeconds - floorDivided(unixSeconds, by: 86_400) * 86_400
        return "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60)):\(twoDigits(second % 60))"
    }
    /// `2026-11-23 20:30:00 UTC`
    public var spaced: String { "\(date) \(clock) UTC" }

    public static func < (left: UTCTime, right: UTCTime) -> Bool { left.unixSeconds < right.unixSeconds }

    /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible
    /// low-level date algorithms", days_from_civil).
    private static func daysFromCivil(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = floorDivided(y, by: 400)
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The inverse (civil_from_days, same source).
    private static func civilFromDays(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivided(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex + (monthIndex < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }
}

extension UTCTime: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let time = UTCTime(iso8601: text) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "'\(text)' is not a UTC time like 2026-11-23T20:30:00Z"))
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

private func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

private func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
