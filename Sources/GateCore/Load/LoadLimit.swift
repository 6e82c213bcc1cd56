/// What a load must stay within: a limit for every single request, or for a figure of the whole window.
public struct LoadLimit: Codable, Sendable, Equatable {
    public let metric: MetricID
    /// In the metric's base unit; a minimum where more is better, else a maximum. At least 0.
    public let value: Double

    public init(metric: MetricID, value: Double) {
        self.metric = metric
        self.value = value
    }

    /// The figures of one request that can be limited.
    public static let ofRequest: [MetricID] = ["ttft", "itl.p50", "itl.p99", "itl.max", "throughput", "e2e"]
    /// The figures of a window that can be limited.
    public static let ofWindow: [MetricID] = MetricCatalogue.window.map(\.id)
        .filter { $0 != "goodput" && $0 != "concurrency.max" }

    /// What a limit may be named for, and the metric that owns unit and direction.
    public static func metric(named name: MetricID) -> Metric? {
        // The end-to-end latency of one request is what the calls of the other workloads know as their total.
        if name == "e2e" { return MetricCatalogue.metric("total") }
        return ofRequest.contains(name) || ofWindow.contains(name) ? MetricCatalogue.metric(name) : nil
    }

    /// True where every request is asked; false for a figure of the window.
    public var isOfRequest: Bool { LoadLimit.ofRequest.contains(metric) }

    /// Whether a value keeps the limit; one that was not measured does not.
    public func allows(_ measured: Double?) -> Bool {
        guard let measured, let metric = LoadLimit.metric(named: metric) else { return false }
        return metric.direction == .higherIsBetter ? measured >= value : measured <= value
    }

    /// `ttft at most 500.00 ms`
    public var description: String {
        guard let owner = LoadLimit.metric(named: metric) else { return metric.rawValue }
        let word = owner.direction == .higherIsBetter ? "at least" : "at most"
        return "\(metric) \(word) \(DisplayFormat.value(value, unit: owner.unit))"
    }
}
