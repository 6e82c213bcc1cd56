public import GateCore

/// Everything that is checked of a report, under the settings of a team: structure, grounding, consistency, entities.
public enum ReportAudit {
    /// - Parameters:
    ///   - bytes: of the report; what is no UTF-8 becomes U+FFFD and is a finding.
    ///   - day: of the check, `2026-11-25`: allowed findings expire.
    public static func assess(
        _ bytes: [UInt8], known: ReportFacts, settings: QualitySettings, day: String
    ) -> ReportAssessment {
        // The part that the program wrote itself below the model's text is true by construction.
        let text = ReportBody.modelsPart(of: String(decoding: bytes, as: UTF8.self))
        let lines = ReportLines(text)
        let degeneration = Degeneration(lines)
        let required = settings.sections(facts: known.requiredSections)
        let structure = StructureRules.findings(
            lines, required: required, names: known.names + settings.vocabulary + settings.entities,
            degeneration: degeneration)
        let grounding = ReportCheck.assess(text, against: known.facts)
        let findings = settings.applied(to: structure + grounding.findings, on: day)
        var measures = grounding.measures
        measures.words = degeneration.words
        measures.distinctBigrams = degeneration.distinct2
        measures.repeatedFourGrams = degeneration.repeated4
        measures.hasChatter = structure.contains { $0.rule == .S06 }
        measures.sectionCoverage =
            required.isEmpty
            ? nil : Double(required.count - structure.count { $0.rule == .S01 }) / Double(required.count)
        return ReportAssessment(findings: findings, claims: grounding.claims, measures: measures)
    }
}
