/// The name of a metric, the same in code, configuration, output and documentation: `ttft`, `itl.p99`, `throughput`.
public struct MetricID: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }
    /// Takes a name that older files have for the one of today.
    public init(from decoder: any Decoder) throws {
        let name = MetricID(rawValue: try decoder.singleValueContainer().decode(String.self))
        self = MetricID.renamed[name] ?? name
    }

    /// Of sessions, baselines and configurations: `load` is a command and a workload now.
    package static let renamed: [MetricID: MetricID] = ["load": "model_load"]

    public var description: String { rawValue }
    /// True for figures of the gaps between tokens.
    public var isInterToken: Bool { rawValue.hasPrefix("itl.") }
    public static func < (left: MetricID, right: MetricID) -> Bool { left.rawValue < right.rawValue }
}

/// What a metric counts. Values are kept in these base units everywhere; only ``DisplayFormat`` converts.
public enum MetricUnit: String, Codable, Sendable, CaseIterable {
    case seconds = "s"
    case tokensPerSecond = "tok/s"
    case requestsPerSecond = "req/s"
    /// Anything else a second: operations, bytes, iterations. Only metrics of other tools are.
    case perSecond = "/s"
    /// A share, 0 to 1.
    case ratio = "ratio"
    case count = "count"
    case bytes = "B"
    /// Money, in whatever currency the configured prices are.
    case cost = "cost"

    /// True for times and rates, which a busy machine makes worse; counts, shares, memory and money are the same on any.
    package var isOfSpeed: Bool {
        switch self {
        case .seconds, .tokensPerSecond, .requestsPerSecond, .perSecond: true
        case .ratio, .count, .bytes, .cost: false
        }
    }

    /// Whether a value can have been measured: nothing is shorter than a thousandth of a nanosecond, and nothing that was
    /// measured is below zero. Ratios with what cannot be have no meaning.
    public func allows(_ value: Double) -> Bool {
        guard value != 0 else { return true }
        let range: ClosedRange<Double> =
            switch self {
            case .seconds: 1e-12...1e9
            case .tokensPerSecond, .requestsPerSecond: 1e-9...1e12
            case .perSecond: 1e-9...1e18
            case .ratio: 1e-12...1
            case .count: 1e-9...1e15
            case .bytes: 1...1e18
            case .cost: 1e-15...1e15
            }
        return range.contains(value)
    }
}

/// Which way is better. The metric owns it and nobody guesses it.
public enum Direction: String, Codable, Sendable, CaseIterable {
    case lowerIsBetter = "lower"
    case higherIsBetter = "higher"
    /// Reported, never judged for better or worse (a token count, for instance); only a budget can gate it.
    case neutral

    /// What makes a cost of a value, of which more is worse: 1, or -1 where higher is better.
    package var costSign: Double { self == .higherIsBetter ? -1 : 1 }
}

/// Whose clock or counter a metric comes from.
public enum MetricOrigin: String, Codable, Sendable {
    /// Measured by chimera-gate's own monotonic clock.
    case client
    /// Claimed by the model server; never mixed with the client's figures.
    case server
}

/// A quantity that chimera-gate measures, with everything needed to judge it.
public struct Metric: Codable, Sendable, Equatable {
    public let id: MetricID
    public let unit: MetricUnit
    public let direction: Direction
    public let origin: MetricOrigin
    /// One sentence that says exactly what is measured, from which event to which.
    public let definition: String
    /// The tolerance that gates this metric where the configuration says nothing; `nil` for a metric that only informs.
    public let defaultTolerance: Tolerance?
}

extension Metric {
    /// The metric of the same call that counts what this one grows with; nil where it grows with nothing that is counted.
    public var growsWith: MetricID? { MetricCatalogue.length(of: id) }
}
