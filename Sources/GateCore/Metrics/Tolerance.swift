/// How much worse than its baseline a metric may become before that is a regression.
public enum Tolerance: Sendable, Equatable {
    /// Per cent of the baseline, at least 0.
    case relative(percent: Double)
    /// In the metric's base unit (seconds, tokens per second, count), at least 0.
    case absolute(Double)

    /// The largest worsening that is still allowed from a baseline, in the base unit.
    public func allowance(from baseline: Double) -> Double {
        switch self {
        case .relative(let percent): abs(baseline) * percent / 100
        case .absolute(let value): value
        }
    }
}

extension Tolerance: Codable {
    private enum Keys: String, CodingKey { case percent, absolute }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        if let percent = try container.decodeIfPresent(Double.self, forKey: .percent) {
            self = .relative(percent: percent)
        } else {
            self = .absolute(try container.decode(Double.self, forKey: .absolute))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        switch self {
        case .relative(let percent): try container.encode(percent, forKey: .percent)
        case .absolute(let value): try container.encode(value, forKey: .absolute)
        }
    }
}

/// Absolute limits in the metric's base unit; they stand beside the tolerance because a baseline can drift.
public struct Budget: Codable, Sendable, Equatable {
    public var min: Double?
    public var max: Double?

    public init(min: Double? = nil, max: Double? = nil) {
        self.min = min
        self.max = max
    }
}
