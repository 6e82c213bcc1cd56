internal import GateCore

/// A number with its unit, as people write it.
enum Quantity {
    static let timeUnits = ["us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600]
    /// At most nine digits on either side of the point.
    private static let digits = #"[0-9]{1,9}(\.[0-9]{1,9})? ?"#

    /// A time greater than 0.
    static let positiveTimePattern = "^(?=.*[1-9])\(digits)(us|ms|s|min|h)$"
    static let timePattern = "^\(digits)(us|ms|s|min|h)$"
    static let ratePattern = "^\(digits)tok/s$"
    static let requestRatePattern = "^\(digits)req/s$"
    static let relativeTimePattern = "^\(digits)(%|us|ms|s|min|h)$"
    static let relativeRatePattern = "^\(digits)(%|tok/s)$"
    static let relativeRequestRatePattern = "^\(digits)(%|req/s)$"

    /// Number and unit of a text that matches one of the patterns.
    static func split(_ text: String) -> (number: Double, unit: String)? {
        let number = text.prefix { $0.isNumber || $0 == "." }
        return Double(number).map { ($0, text.dropFirst(number.count).filter { $0 != " " }) }
    }

    /// In seconds; nil where there is no unit of time.
    static func seconds(_ text: String) -> Double? {
        split(text).flatMap { number, unit in timeUnits[unit].map { number * $0 } }
    }
}

extension ValueReader where Value == Double {
    /// A time in seconds, greater than 0 and at most a day.
    static var timeout: ValueReader {
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
    static func limit(of unit: MetricUnit) -> ValueReader {
        switch unit {
        case .seconds:
            let words = "a time with its unit (us, ms, s, min, h), as in '2 s' or '350ms'"
            return ValueReader(.text(pattern: Quantity.timePattern, words: words)) { node in
                node.text.flatMap { matches($0, Quantity.timePattern) ? Quantity.seconds($0) : nil }
            }
        case .tokensPerSecond: return rate(Quantity.ratePattern, words: "a rate with its unit, as in '20 tok/s'")
        case .requestsPerSecond:
            return rate(Quantity.requestRatePattern, words: "a rate with its unit, as in '5 req/s'")
        case .ratio: return .number(NumberRange(minimum: 0, maximum: 1))
        case .count: return .number(NumberRange(minimum: 0))
        }
    }

    private static func rate(_ pattern: String, words: String) -> ValueReader {
        ValueReader(.text(pattern: pattern, words: words)) { node in
            node.text.flatMap { matches($0, pattern) ? Quantity.split($0)?.number : nil }
        }
    }
}

extension ValueReader where Value == Tolerance {
    /// How much worse a metric may become: per cent, or a value in the metric's own unit.
    static func tolerance(of metric: Metric) -> ValueReader {
        let shape = toleranceShape(of: metric.unit)
        return ValueReader(shape) { (node) throws(Refusal) in
            guard case .text(let pattern, _) = shape, let text = node.text, let pattern, matches(text, pattern),
                let (number, unit) = Quantity.split(text)
            else { return nil }
            if unit != "%" { return .absolute(number * (Quantity.timeUnits[unit] ?? 1)) }
            // A value that falls cannot fall by more than all of it.
            guard metric.direction != .higherIsBetter || number < 100 else {
                throw Refusal("found \(node.found); allowed: less than 100%, as '\(metric.id)' cannot fall by more")
            }
            return .relative(percent: number)
        }
    }

    static func toleranceShape(of unit: MetricUnit) -> ValueShape {
        switch unit {
        case .seconds:
            .text(pattern: Quantity.relativeTimePattern, words: "per cent as in '25%', or a time as in '50 ms'")
        case .tokensPerSecond:
            .text(pattern: Quantity.relativeRatePattern, words: "per cent as in '10%', or a rate as in '5 tok/s'")
        case .requestsPerSecond:
            .text(
                pattern: Quantity.relativeRequestRatePattern,
                words: "per cent as in '10%', or a rate as in '2 req/s'")
        case .count, .ratio:
            .text(pattern: #"^[0-9]{1,9}(\.[0-9]{1,9})? ?%?$"#, words: "per cent as in '10%', or a number")
        }
    }
}
