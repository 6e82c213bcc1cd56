/// The values of several metrics in their base units. Written as a list of `{metric, unit, value}`, so that no figure
/// stands without its unit.
public struct Measurements: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    private var values: [MetricID: Double] = [:]

    public init() {}

    public init(dictionaryLiteral elements: (MetricID, Double)...) {
        for (metric, value) in elements { self[metric] = value }
    }

    /// The value of a metric; nil where it was not measured. A value that cannot have been measured is not kept.
    public subscript(metric: MetricID) -> Double? {
        get { values[metric] }
        set {
            let isPossible = newValue.map { MetricCatalogue.metric(metric)?.unit.allows($0) ?? $0.isFinite } ?? false
            values[metric] = isPossible ? newValue : nil
        }
    }

    public var isEmpty: Bool { values.isEmpty }

    /// Metric and value, in the order of the catalogue; those of other tools by their names.
    public var ordered: [(metric: Metric, value: Double)] {
        let own = MetricCatalogue.all.compactMap { metric in values[metric.id].map { (metric, $0) } }
        guard own.count < values.count else { return own }
        let others = values.keys.sorted().compactMap { id in DeclaredMetric(id).map { ($0.metric, values[id] ?? 0) } }
        return own + others
    }
}

extension Measurements: Codable {
    private struct Entry: Codable {
        let metric: MetricID
        let unit: MetricUnit
        let value: Double
    }

    public init(from decoder: any Decoder) throws {
        for entry in try decoder.singleValueContainer().decode([Entry].self) {
            guard let metric = MetricCatalogue.metric(entry.metric), metric.unit == entry.unit, entry.value.isFinite
            else {
                throw DecodingError.dataCorrupted(
                    .init(
                        codingPath: decoder.codingPath,
                        debugDescription:
                            "'\(entry.metric)' in '\(entry.unit.rawValue)' is not a metric of this version"
                    ))
            }
            guard metric.unit.allows(entry.value) else {
                throw DecodingError.dataCorrupted(
                    .init(
                        codingPath: decoder.codingPath,
                        debugDescription: "cannot have '\(entry.metric)' of \(entry.value) \(entry.unit.rawValue)"))
            }
            self[entry.metric] = entry.value
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(ordered.map { Entry(metric: $0.metric.id, unit: $0.metric.unit, value: $0.value) })
    }
}
