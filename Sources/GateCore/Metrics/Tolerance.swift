/// How much worse than its baseline a metric may become before that is a regression. Where both limits are given, the
/// larger counts: relative for large values, absolute for those that are small enough to be noise.
public struct Tolerance: Sendable, Equatable {
    /// Per cent of the baseline, at least 0; below 100 for a metric that gets worse by falling.
    public let percent: Double?
    /// The same as a share: 0.05 for 5 %. Kept beside the percentage, so that neither is a rounded form of the other.
    public let share: Double?
    /// In the metric's base unit (seconds, tokens per second, count), at least 0.
    public let absolute: Double?

    private init(percent: Double? = nil, share: Double? = nil, absolute: Double? = nil) {
        self.percent = percent ?? share.map { $0 * 100 }
        self.share = share ?? percent.map { $0 / 100 }
        self.absolute = absolute
    }

    /// - Parameter percent: 5 for 5 %.
    public static func relative(percent: Double) -> Tolerance { Tolerance(percent: percent) }
    /// - Parameter share: 0.05 for 5 %.
    public static func relative(share: Double) -> Tolerance { Tolerance(share: share) }
    /// - Parameter value: in the metric's base unit.
    public static func absolute(_ value: Double) -> Tolerance { Tolerance(absolute: value) }
    /// The larger of the two counts.
    public static func larger(percent: Double, absolute: Double) -> Tolerance {
        Tolerance(percent: percent, absolute: absolute)
    }
    /// The larger of the two counts.
    public static func larger(share: Double, absolute: Double) -> Tolerance {
        Tolerance(share: share, absolute: absolute)
    }

    /// The largest worsening that is still allowed from a baseline, in the base unit.
    public func allowance(from baseline: Double) -> Double {
        max(abs(baseline) * (percent ?? 0) / 100, absolute ?? 0)
    }
}

extension Tolerance: Codable {
    private enum Keys: String, CodingKey { case percent, absolute }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        guard let percent = try container.decodeIfPresent(Double.self, forKey: .percent) else {
            self.init(absolute: try container.decode(Double.self, forKey: .absolute))
            return
        }
        self.init(percent: percent, absolute: try container.decodeIfPresent(Double.self, forKey: .absolute))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encodeIfPresent(percent, forKey: .percent)
        try container.encodeIfPresent(absolute, forKey: .absolute)
    }
}

/// Absolute limits in the metric's base unit; they stand beside the tolerance because a baseline can drift.
public struct Budget: Codable, Sendable, Equatable {
    /// At least.
    public var min: Double?
    /// At most.
    public var max: Double?

    public init(min: Double? = nil, max: Double? = nil) {
        self.min = min
        self.max = max
    }
}

extension Budget {
    /// A limit that a value does not keep.
    package enum Breach: Equatable {
        case above(Double)
        case below(Double)
    }

    /// Nil where a value keeps both limits; what is no number keeps none.
    package func breach(by value: Double) -> Breach? {
        if let max, !(value <= max) { return .above(max) }
        if let min, !(value >= min) { return .below(min) }
        return nil
    }
}
