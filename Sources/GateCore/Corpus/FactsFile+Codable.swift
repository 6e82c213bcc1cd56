/// The keys are those of the format, whatever key strategy a coder has: the keys of the dictionaries are data, and no
/// strategy may touch them.
extension FactsFile: Codable {
    public init(from decoder: any Decoder) throws {
        let fields = try SnakeFields(decoder)
        formatVersion = try fields.optional("format_version")
        reportId = try fields.optional("report_id")
        generatedDate = try fields.required("generated_date")
        model = try fields.required("model")
        agent = try fields.optional("agent")
        config = try fields.optional("config") ?? [:]
        ingest = try fields.required("ingest")
        performanceMetrics = try fields.required("performance_metrics")
        requiredSections = try fields.optional("required_sections") ?? []
        run = try fields.optional("run") ?? [:]
        facts = try fields.optional("facts") ?? []
        factsLeftOut = try fields.optional("facts_left_out")
        mentions = try fields.optional("mentions") ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SnakeKey.self)
        try container.encodeIfPresent(formatVersion, forKey: "format_version")
        try container.encodeIfPresent(reportId, forKey: "report_id")
        try container.encode(generatedDate, forKey: "generated_date")
        try container.encode(model, forKey: "model")
        try container.encodeIfPresent(agent, forKey: "agent")
        try container.encode(config, forKey: "config")
        try container.encode(ingest, forKey: "ingest")
        try container.encode(performanceMetrics, forKey: "performance_metrics")
        try container.encode(requiredSections, forKey: "required_sections")
        try container.encode(run, forKey: "run")
        try container.encode(facts, forKey: "facts")
        try container.encodeIfPresent(factsLeftOut, forKey: "facts_left_out")
        if !mentions.isEmpty { try container.encode(mentions, forKey: "mentions") }
    }
}

extension FactsFile.Ingest: Codable {
    public init(from decoder: any Decoder) throws {
        let fields = try SnakeFields(decoder)
        totalFiles = try fields.required("total_files")
        byType = try fields.required("by_type")
        latestModified = try fields.required("latest_modified")
        listedFiles = try fields.required("listed_files")
        notListed = try fields.required("not_listed")
        totalBytes = try fields.required("total_bytes")
        dataTypes = try fields.required("data_types")
        passedOver = try fields.optional("passed_over") ?? 0
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SnakeKey.self)
        try container.encode(totalFiles, forKey: "total_files")
        try container.encode(byType, forKey: "by_type")
        try container.encode(latestModified, forKey: "latest_modified")
        try container.encode(listedFiles, forKey: "listed_files")
        try container.encode(notListed, forKey: "not_listed")
        try container.encode(totalBytes, forKey: "total_bytes")
        try container.encode(dataTypes, forKey: "data_types")
        if passedOver > 0 { try container.encode(passedOver, forKey: "passed_over") }
    }
}

extension FactsFile.MetricValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .names(try container.decode([String].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .names(let names): try container.encode(names)
        }
    }
}

/// A key in snake case, which a strategy that makes snake case leaves as it is.
private struct SnakeKey: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init(stringLiteral: String) { stringValue = stringLiteral }
    init?(intValue: Int) { nil }

    /// As a decoder that undoes snake case presents the key.
    var camelCased: SnakeKey {
        let words = stringValue.split(separator: "_")
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return SnakeKey(stringValue: (words.prefix(1).map(String.init) + rest).joined())
    }
}

/// Reads fields whether or not the decoder undoes snake case.
private struct SnakeFields {
    private let container: KeyedDecodingContainer<SnakeKey>

    init(_ decoder: any Decoder) throws { container = try decoder.container(keyedBy: SnakeKey.self) }

    func required<Value: Decodable>(_ key: SnakeKey) throws -> Value {
        try container.decode(Value.self, forKey: container.contains(key.camelCased) ? key.camelCased : key)
    }

    func optional<Value: Decodable>(_ key: SnakeKey) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: container.contains(key.camelCased) ? key.camelCased : key)
    }
}
