package import GateCore

/// A number with its unit, as people write it.
enum Quantity {
    static let timeUnits = ["us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600]
    static let sizeUnits = ["B": 1.0, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824]
    /// At most nine digits on either side of the point.
    private static let digits = #"[0-9]{1,9}(\.[0-9]{1,9})? ?"#

    /// A time greater than 0.
    static let positiveTimePattern = "^(?=.*[1-9])\(digits)(us|ms|s|min|h)$"
    static let timePattern = "^\(digits)(us|ms|s|min|h)$"
    static let ratePattern = "^\(digits)tok/s$"
    static let requestRatePattern = "^\(digits)req/s$"
    static let plainRatePattern = "^\(digits)/s$"
    static let sizePattern = "^\(digits)(B|KiB|MiB|GiB)$"
    static let relativeSizePattern = oneOrTwo("\(digits)(%|B|KiB|MiB|GiB)")
    static let relativeTimePattern = oneOrTwo("\(digits)(%|us|ms|s|min|h)")
    static let relativeRatePattern = oneOrTwo("\(digits)(%|tok/s)")
    static let relativeRequestRatePattern = oneOrTwo("\(digits)(%|req/s)")
    static let relativePlainRatePattern = oneOrTwo("\(digits)(%|/s)")
    static let relativeNumberPattern = oneOrTwo("\(digits)%?")

    /// `25%`, or `25% or 50 ms`.
    private static func oneOrTwo(_ pattern: String) -> String { "^\(pattern)( or \(pattern))?$" }

    /// Number and unit of a text that matches one of the patterns.
    static func split(_ text: String) -> (number: Double, unit: String)? {
        let number = text.prefix { $0.isNumber || $0 == "." }
        return Double(number).map { ($0, text.dropFirst(number.count).filter { $0 != " " }) }
    }

    /// `5 tok/s`; a time as seconds, and without zeros at its end.
    static func text(_ number: Double, _ unit: String) -> String {
        let digits = Int(exactly: number).map { "\($0)" } ?? "\(number)"
        return unit == "s" || unit == "%" || unit.isEmpty ? digits + unit : "\(digits) \(unit)"
    }

    /// A value of a unit in its base unit.
    static func base(_ number: Double, _ unit: String) -> Double {
        number * (timeUnits[unit] ?? sizeUnits[unit] ?? 1)
    }

    /// In seconds; nil where there is no unit of time.
    static func seconds(_ text: String) -> Double? {
        split(text).flatMap { number, unit in timeUnits[unit].map { number * $0 } }
    }
}

extension ValueReader where Value == Double {
    /// A time in seconds, greater than 0 and at most a day.
    package static var timeout: ValueReader {
        let shape = ValueShape.text(
            pattern: Quantity.positiveTimePattern,
            words: "a time greater than 0 with its unit (us, ms, s, min, h), as in '10s' or '500 ms'")
        return ValueReader(shape) { (node) throws(Refusal) in
            guard let text = node.text, matches(text, Quantity.positiveTimePattern),
                let seconds = Quantity.seconds(text)
            else { return nil }
            guard seconds <= 86_400 else { throw Refusal("found \(node.found); allowed: at most 24 h") }
            return seconds
        }
    }

    /// A limit of a metric, in its base unit.
    package static func limit(of unit: MetricUnit) -> ValueReader {
        switch unit {
        case .seconds:
            let words = "a time with its unit (us, ms, s, min, h), as in '2 s' or '350ms'"
            return ValueReader(.text(pattern: Quantity.timePattern, words: words)) { node in
                node.text.flatMap { matches($0, Quantity.timePattern) ? Quantity.seconds($0) : nil }
            }
        case .tokensPerSecond: return rate(Quantity.ratePattern, words: "a rate with its unit, as in '20 tok/s'")
        case .requestsPerSecond:
            return rate(Quantity.requestRatePattern, words: "a rate with its unit, as in '5 req/s'")
        case .perSecond: return rate(Quantity.plainRatePattern, words: "a rate with its unit, as in '5 /s'")
        case .ratio: return .number(NumberRange(minimum: 0, maximum: 1))
        case .count, .cost: return .number(NumberRange(minimum: 0))
        case .bytes:
            let words = "a size with its unit (B, KiB, MiB, GiB), as in '200 MiB'"
            return ValueReader(.text(pattern: Quantity.sizePattern, words: words)) { node in
                node.text.flatMap { matches($0, Quantity.sizePattern) ? Quantity.split($0).map(Quantity.base) : nil }
            }
        }
    }

    private static func rate(_ pattern: String, words: String) -> ValueReader {
        ValueReader(.text(pattern: pattern, words: words)) { node in
            node.text.flatMap { matches($0, pattern) ? Quantity.split($0)?.number : nil }
        }
    }
}

extension ValueReader where Value == Tolerance {
    /// How much worse a metric may become: per cent, a value in the metric's own unit, or the larger of both.
    static func tolerance(of metric: Metric) -> ValueReader {
        let shape = toleranceShape(of: metric.unit)
        return ValueReader(shape) { (node) throws(Refusal) in
            guard case .text(let pattern, _) = shape, let text = node.text, let pattern, matches(text, pattern) else {
                return nil
            }
            var (percent, absolute): (Double?, Double?) = (nil, nil)
            for part in text.split(separator: " or ") {
                guard let (number, unit) = Quantity.split(String(part)) else { return nil }
                guard (unit == "%" ? percent : absolute) == nil else {
                    throw Refusal("found \(node.found), twice the same kind; allowed: \(shape.words)")
                }
                if unit == "%" { percent = number } else { absolute = Quantity.base(number, unit) }
            }
            // A value that falls cannot fall by more than all of it.
            if let percent, metric.direction == .higherIsBetter, percent >= 100 {
                throw Refusal("found \(node.found); allowed: less than 100%, as '\(metric.id)' cannot fall by more")
            }
            return switch (percent, absolute) {
            case (let percent?, let absolute?): .larger(percent: percent, absolute: absolute)
            case (let percent?, nil): .relative(percent: percent)
            case (nil, let absolute?): .absolute(absolute)
            case (nil, nil): nil
            }
        }
    }

    static func toleranceShape(of unit: MetricUnit) -> ValueShape {
        switch unit {
        case .seconds:
            .text(
                pattern: Quantity.relativeTimePattern,
                words: "per cent as in '25%', or a time as in '50 ms', or the larger of both as in '25% or 50 ms'")
        case .tokensPerSecond:
            .text(
                pattern: Quantity.relativeRatePattern,
                words: "per cent as in '10%', or a rate as in '5 tok/s', or the larger of both as in '10% or 5 tok/s'")
        case .requestsPerSecond:
            .text(
                pattern: Quantity.relativeRequestRatePattern,
                words: "per cent as in '10%', or a rate as in '2 req/s', or the larger of both as in '10% or 2 req/s'")
        case .perSecond:
            .text(
                pattern: Quantity.relativePlainRatePattern,
                words: "per cent as in '10%', or a rate as in '2 /s', or the larger of both as in '10% or 2 /s'")
        case .bytes:
            .text(
                pattern: Quantity.relativeSizePattern,
                words: "per cent as in '10%', or a size as in '20 MiB', or the larger of both as in '10% or 20 MiB'")
        case .count, .ratio, .cost:
            .text(
                pattern: Quantity.relativeNumberPattern,
                words: "per cent as in '10%', or a number, or the larger of both as in '10% or 2'")
        }
    }
}
