public import GateCore
import GateVocabulary

/// A unit as a tool or a person writes it, and what one of it is in a metric's own unit.
public struct ImportedUnit: Sendable, Equatable {
    public let unit: MetricUnit
    public let factor: Double

    /// `ms`, `MiB`, `tokens/sec`, `op/s`, `%`, `ratio`, `count`, `cost`; nil for what no metric is in.
    public init?(_ written: String) {
        switch written {
        case "ratio": self.init(.ratio, 1)
        case "count": self.init(.count, 1)
        case "cost": self.init(.cost, 1)
        default:
            guard let unit = MeasuredUnit(written) else { return nil }
            self.init(unit)
        }
    }

    init?(_ measured: MeasuredUnit) {
        switch measured.dimension {
        // Time for each of something is time, too.
        case .time: self.init(.seconds, measured.factor)
        case .bytes: self.init(.bytes, measured.factor)
        // A factor (`x`) is no share.
        case .ratio where measured.factor < 1: self.init(.ratio, measured.factor)
        case .count: self.init(.count, measured.factor)
        case .rate:
            let unit: MetricUnit =
                switch measured.counted {
                case "token": .tokensPerSecond
                case "request": .requestsPerSecond
                default: .perSecond
                }
            self.init(unit, measured.factor)
        default: return nil
        }
    }

    private init(_ unit: MetricUnit, _ factor: Double) {
        self.unit = unit
        self.factor = factor
    }
}
