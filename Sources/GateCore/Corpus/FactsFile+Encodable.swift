extension FactsFile: Encodable {
    private enum CodingKeys: String, CodingKey {
        case formatVersion, reportId, generatedDate, model, agent, config, ingest, performanceMetrics, requiredSections
        case run, facts, factsLeftOut, mentions
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(formatVersion, forKey: .formatVersion)
        try container.encodeIfPresent(reportId, forKey: .reportId)
        try container.encode(generatedDate, forKey: .generatedDate)
        try container.encode(model, forKey: .model)
        try container.encodeIfPresent(agent, forKey: .agent)
        try container.encode(config, forKey: .config)
        try container.encode(ingest, forKey: .ingest)
        try container.encode(performanceMetrics, forKey: .performanceMetrics)
        try container.encode(requiredSections, forKey: .requiredSections)
        try container.encode(run, forKey: .run)
        try container.encode(facts, forKey: .facts)
        try container.encodeIfPresent(factsLeftOut, forKey: .factsLeftOut)
        if !mentions.isEmpty { try container.encode(mentions, forKey: .mentions) }
    }
}

extension FactsFile.Ingest: Encodable {
    private enum CodingKeys: String, CodingKey {
        case totalFiles, byType, latestModified, listedFiles, notListed, totalBytes, dataTypes, passedOver
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(totalFiles, forKey: .totalFiles)
        try container.encode(byType, forKey: .byType)
        try container.encode(latestModified, forKey: .latestModified)
        try container.encode(listedFiles, forKey: .listedFiles)
        try container.encode(notListed, forKey: .notListed)
        try container.encode(totalBytes, forKey: .totalBytes)
        try container.encode(dataTypes, forKey: .dataTypes)
        if passedOver > 0 { try container.encode(passedOver, forKey: .passedOver) }
    }
}

extension FactsFile.MetricValue: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .names(let names): try container.encode(names)
        }
    }
}
