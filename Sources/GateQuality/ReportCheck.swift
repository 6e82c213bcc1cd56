public import GateCore

/// Checks a report against the facts that it was written from: the same text and facts give the same findings.
public enum ReportCheck {
    public static func assess(_ text: String, against facts: FactStore) -> ReportAssessment {
        assess(ReportDocument(text), against: facts)
    }

    public static func assess(_ document: ReportDocument, against facts: FactStore) -> ReportAssessment {
        let claims = ReportClaims(document, facts)
        let grounding = GroundingRules(claims).run()
        var measures = ReportMeasures()
        measures.isDateCorrect = grounding.isDateCorrect
        return ReportAssessment(
            findings: grounding.findings + ComparisonRules(claims: claims).findings()
                + ArithmeticRules(claims: claims).findings() + MultipleRules(claims: claims).findings()
                + EntityRules(claims: claims).findings(),
            claims: grounding.counts, measures: measures)
    }
}
