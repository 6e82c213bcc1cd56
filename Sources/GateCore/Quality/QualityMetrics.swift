extension StageName {
    /// Not a stage of the work: the scope of figures of the reports.
    public static let quality: StageName = "quality"
}

extension MetricCatalogue {
    /// The metrics of one report.
    public static let quality: [Metric] = [
        of(
            "groundedness", .ratio, .higherIsBetter, tolerance: 0.1,
            "Claims that the data gives or that follow from it, over all claims that can be checked."),
        of("contradictions", .count, .lowerIsBetter, tolerance: 1, "Claims that the data contradicts."),
        of("unsupported_numbers", .count, .lowerIsBetter, tolerance: 3, "Numbers that nothing in the data supports."),
        of("invented_files", .count, .lowerIsBetter, tolerance: 0.5, "Names of files that the data does not have."),
        of("section_coverage", .ratio, .higherIsBetter, tolerance: 0.15, "Required sections that the report has."),
        of(
            "report_date", .ratio, .higherIsBetter, tolerance: 0.5,
            "1 where the report's date is that of its run, else 0."),
        of(
            "repetition", .ratio, .lowerIsBetter, tolerance: 0.1,
            "Sequences of four words that occurred before, over all of them (rep-4)."),
        of("words", .count, .neutral, tolerance: nil, "Length of the report in words."),
        of("chatter", .ratio, .lowerIsBetter, tolerance: 0.5, "1 where the model speaks to whoever asked, else 0."),
        of(
            "unverifiable_share", .ratio, .lowerIsBetter, tolerance: 0.2,
            "Claims that can neither be confirmed nor denied, over all claims."),
    ]

    private static func of(
        _ id: MetricID, _ unit: MetricUnit, _ direction: Direction, tolerance: Double?, _ definition: String
    ) -> Metric {
        Metric(
            id: id, unit: unit, direction: direction, origin: .client, definition: definition,
            defaultTolerance: tolerance.map(Tolerance.absolute))
    }
}

extension ReportAssessment {
    /// The figures that a baseline keeps; a share of nothing is absent.
    public var measurements: Measurements {
        var figures: Measurements = [:]
        figures["groundedness"] = claims.groundedness
        figures["contradictions"] = Double(claims.contradicted + claims.misattributed)
        figures["unsupported_numbers"] = Double(count(of: .G01))
        figures["invented_files"] = Double(count(of: .E01))
        figures["section_coverage"] = measures.sectionCoverage
        figures["report_date"] = measures.isDateCorrect.map { $0 ? 1 : 0 }
        figures["repetition"] = measures.repeatedFourGrams
        figures["words"] = Double(measures.words)
        figures["chatter"] = measures.hasChatter ? 1 : 0
        figures["unverifiable_share"] = claims.unverifiableShare
        return figures
    }
}
