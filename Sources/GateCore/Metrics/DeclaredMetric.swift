/// A metric of another tool. Its name says in which unit it is and which way is better, so that nobody has to guess either:
/// `time:s:lower`.
public struct DeclaredMetric: Sendable, Hashable {
    /// ``namePattern``
    public let name: String
    public let unit: MetricUnit
    public let direction: Direction

    /// What a name may be: `http_req_duration.p95`.
    public static let namePattern = "[a-z0-9][a-z0-9._-]{0,63}"

    /// Nil for a name that is none.
    public init?(_ name: String, _ unit: MetricUnit, _ direction: Direction) {
        guard SafeName.isValid(name) else { return nil }
        self.name = name
        self.unit = unit
        self.direction = direction
    }

    /// Reads `time:s:lower`; nil for the name of a metric of our own, or of none.
    public init?(_ id: MetricID) {
        let parts = id.rawValue.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let unit = MetricUnit(rawValue: parts[1]), let direction = Direction(rawValue: parts[2])
        else { return nil }
        self.init(parts[0], unit, direction)
    }

    public var id: MetricID { MetricID(rawValue: "\(name):\(unit.rawValue):\(direction.rawValue)") }

    /// It gates within ``Policy/fallbackTolerance`` where nothing else is demanded; a neutral one gates by a budget only.
    public var metric: Metric {
        Metric(
            id: id, unit: unit, direction: direction, origin: .client, definition: "A metric of another tool.",
            defaultTolerance: direction == .neutral ? nil : Policy.fallbackTolerance)
    }
}

/// The figures that another tool measured in one repetition of a thing.
public struct ImportedFigures: Codable, Sendable, Equatable {
    /// What was measured: a command, a test, a benchmark.
    public let stage: StageName
    /// Its metrics. Not empty.
    public let measurements: Measurements

    public init(stage: StageName, measurements: Measurements) {
        self.stage = stage
        self.measurements = measurements
    }
}
