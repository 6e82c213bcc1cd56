/// The one place where numbers become what people read.
///
/// - A measured value has the decimals of its unit (``value(_:unit:)``), so that columns and later reports compare; a
///   figure of a sentence has only as many digits as tell something (``significant(_:digits:)``, ``trimmed(_:decimals:)``).
/// - A unit stands behind a space, a percent sign at its number. Times are milliseconds, from 10 s on seconds, from 10
///   minutes on minutes.
/// - Only a change has a plus. Digits are not grouped, decimals follow a point, whatever the locale. What is not finite is
///   `n/a`.
public enum DisplayFormat {
    /// A value with its unit as shown to people: `431.20 ms`, `41.02 tok/s`, `214`.
    public static func value(_ value: Double, unit: MetricUnit) -> String {
        switch unit {
        case .seconds: time(value)
        case .tokensPerSecond: "\(fixed(value, decimals: 2)) tok/s"
        case .requestsPerSecond: "\(fixed(value, decimals: 2)) req/s"
        case .perSecond: "\(fixed(value, decimals: 2)) /s"
        case .ratio: ratio(value)
        case .count: value == value.rounded() ? fixed(value, decimals: 0) : fixed(value, decimals: 1)
        case .bytes: "\(fixed(value / bytesOfMebibyte, decimals: 1)) MiB"
        case .cost: cost(value)
        }
    }

    /// Milliseconds; what would be next to nothing of one in microseconds or nanoseconds, and what would be tens of thousands
    /// in seconds or minutes.
    private static func time(_ seconds: Double) -> String {
        switch abs(seconds) {
        case 600...: "\(fixed(seconds / 60, decimals: 2)) min"
        case 10...: "\(fixed(seconds, decimals: 2)) s"
        case 0, 1e-4...: "\(fixed(seconds * 1000, decimals: 2)) ms"
        case 1e-7...: "\(fixed(seconds * 1e6, decimals: 2)) µs"
        default: "\(fixed(seconds * 1e9, decimals: 2)) ns"
        }
    }

    /// Four decimals; of one that would be next to nothing in them three digits that tell something.
    private static func ratio(_ value: Double) -> String {
        abs(value) >= 0.001 || value == 0 ? fixed(value, decimals: 4) : significant(value, digits: 3)
    }

    private static let bytesOfMebibyte = 1_048_576.0

    /// As many decimals as a fraction of a cent needs: `12.50`, `0.000315`.
    private static func cost(_ value: Double) -> String { fixed(value, decimals: abs(value) >= 1 ? 2 : 6) }

    /// The same value without its unit, for columns that name the unit in their header.
    public static func number(_ value: Double, unit: MetricUnit) -> String {
        switch unit {
        case .seconds: fixed(value * 1000, decimals: 2)
        case .tokensPerSecond, .requestsPerSecond, .perSecond: fixed(value, decimals: 2)
        case .ratio: ratio(value)
        case .count: value == value.rounded() ? fixed(value, decimals: 0) : fixed(value, decimals: 1)
        case .bytes: fixed(value / bytesOfMebibyte, decimals: 1)
        case .cost: cost(value)
        }
    }

    /// The unit as shown to people (`ms` for seconds).
    public static func unit(_ unit: MetricUnit) -> String {
        switch unit {
        case .seconds: "ms"
        case .tokensPerSecond: "tok/s"
        case .requestsPerSecond: "req/s"
        case .perSecond: "/s"
        case .ratio: "ratio"
        case .count: "count"
        case .bytes: "MiB"
        case .cost: "cost"
        }
    }

    /// A relative change with its sign: 0.214 becomes `+21.4%`.
    public static func change(_ ratio: Double) -> String {
        let percent = ratio * 100
        guard percent.isFinite else { return "n/a" }
        let text = fixed(abs(percent), decimals: 1)
        if text == "0.0" { return "0.0%" }
        return (percent < 0 ? "-" : "+") + text + "%"
    }

    /// A share of 1: 0.214 becomes `21.4%`, or `21%` without decimals.
    public static func percent(_ share: Double, decimals: Int = 1) -> String {
        "\(fixed(share * 100, decimals: decimals))%"
    }

    /// A span of time in a sentence: `12.6 s`.
    public static func seconds(_ seconds: Double, decimals: Int = 1) -> String {
        "\(fixed(seconds, decimals: decimals)) s"
    }

    /// A probability as it stands in a sentence: `p = 0.0039`, `p < 0.0001`; never as if it were nothing.
    public static func probability(_ p: Double) -> String {
        p < 0.0001 ? "p < 0.0001" : "p = " + fixed(p, decimals: 4)
    }

    /// A tolerance with the sign of what counts as worse: `+25%`, `-15%`, `+5.00 ms`, `+25% or +5.00 ms`.
    public static func allowance(_ tolerance: Tolerance, direction: Direction, unit: MetricUnit) -> String {
        let sign = direction == .higherIsBetter ? "-" : "+"
        let relative = tolerance.percent.map { "\(sign)\(fixed($0, decimals: $0.rounded() == $0 ? 0 : 1))%" }
        let absolute = tolerance.absolute.map { "\(sign)\(value($0, unit: unit))" }
        return [relative, absolute].compactMap(\.self).joined(separator: " or ")
    }

    /// A budget: `at most 2000.00 ms`, `at least 30.00 tok/s`, or both with `and`.
    public static func limits(_ budget: Budget, unit: MetricUnit) -> String {
        let most = budget.max.map { "at most \(value($0, unit: unit))" }
        let least = budget.min.map { "at least \(value($0, unit: unit))" }
        return [most, least].compactMap(\.self).joined(separator: " and ")
    }

    /// `1 file`, `2 files`: the noun with an `s` for every number but one.
    public static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// With at most that many digits that tell something, and all those of a whole number: `0.001235`, `1235`, `12`.
    public static func significant(_ value: Double, digits: Int) -> String {
        var decimals = value == value.rounded() ? 0 : digits - 1
        var magnitude = abs(value)
        while magnitude >= 10, decimals > 0 { (magnitude, decimals) = (magnitude / 10, decimals - 1) }
        while magnitude < 1, decimals > 0, decimals < 16 { (magnitude, decimals) = (magnitude * 10, decimals + 1) }
        return trimmed(value, decimals: decimals)
    }

    /// With at most that many decimals, and no zeros at their end: `5`, `5.25`.
    public static func trimmed(_ value: Double, decimals: Int) -> String {
        let text = fixed(value, decimals: decimals)
        guard decimals > 0, text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }
        return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
    }

    /// A decimal number with exactly that many decimals, half away from zero, independent of any locale.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "n/a" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * scale).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e15 else { return String(value) }
        let digits = String(Int64(clamping: scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
