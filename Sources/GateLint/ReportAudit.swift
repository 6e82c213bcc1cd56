public import GateCore

/// Everything that is checked of a report, under the settings of a team: structure, grounding, consistency, entities.
public enum ReportAudit {
    /// - Parameters:
    ///   - bytes: of the report; what is no UTF-8 becomes U+FFFD and is a finding.
    ///   - day: of the check, `2026-11-25`: allowed findings expire.
    public static func assess(
        _ bytes: [UInt8], known: ReportFacts, settings: QualitySettings, day: String
    ) -> ReportAssessment {
        explained(bytes, known: known, settings: settings, day: day, explains: false).assessment
    }

    /// - Returns: also what each number was bound to, where that is wanted.
    public static func explained(
        _ bytes: [UInt8], known: ReportFacts, settings: QualitySettings, day: String, explains: Bool = true
    ) -> (assessment: ReportAssessment, bindings: [ClaimBinding]) {
        // The part that the program wrote itself below the model's text is true by construction.
        let text = ReportBody.modelsPart(of: String(decoding: bytes, as: UTF8.self))
        let lines = ReportLines(text)
        let degeneration = Degeneration(lines)
        let required = settings.sections(facts: known.requiredSections)
        let claims = ClaimAudit(ReportDocument(text), known, explains: explains)
        let audit = Audit(
            lines: lines, headings: lines.headings(), degeneration: degeneration, required: required,
            names: known.names + settings.vocabulary + settings.entities, claims: claims)
        let found = RuleRegistry.rules.flatMap { $0.findings(audit) }
        let findings = settings.applied(to: Findings.reduced(found), on: day)
        var measures = ReportMeasures()
        measures.isDateCorrect = claims.isDateCorrect
        measures.words = degeneration.words
        measures.distinctBigrams = degeneration.distinct2
        measures.repeatedFourGrams = degeneration.repeated4
        measures.hasChatter = found.contains { $0.rule == .S06 }
        measures.sectionCoverage =
            required.isEmpty ? nil : Double(required.count - found.count { $0.rule == .S01 }) / Double(required.count)
        return (
            ReportAssessment(findings: findings, claims: claims.claimCounts, measures: measures),
            explains ? claims.bindings : []
        )
    }
}

/// What a claim was bound to and why, for `lint --explain-binding`.
public struct ClaimBinding: Sendable, Equatable {
    public let place: ReportPlace
    /// As the report writes it.
    public let claim: String
    /// `grounded`, `contradicted` …
    public let verdict: String
    /// The subjects with how surely they belong to it, and the values that these leave.
    public let binding: String
    /// What decided.
    public let evidence: String
}

extension ClaimAudit {
    var bindings: [ClaimBinding] {
        judged.map { claim in
            let place = finding(.G01, .info, claim.phrase, claim.bytes, evidence: "", message: "")
            return ClaimBinding(
                place: place.place, claim: place.claim, verdict: "\(claim.verdict.kind)", binding: claim.binding,
                evidence: claim.verdict.evidence.isEmpty ? claim.verdict.message : claim.verdict.evidence)
        }
    }
}

/// What is left of findings where some say the same.
enum Findings {
    /// A text that goes round in circles repeats its defects; more than so many alike tell nothing new.
    private static let mostAlike = 5

    static func reduced(_ findings: [Finding]) -> [Finding] {
        // A fragment in broken emphasis is one defect.
        let strays = Set(findings.filter { $0.rule == .S09 }.map(\.place.line))
        var counts: [String: Int] = [:]
        return findings.filter { finding in
            if finding.rule == .S08, strays.contains(finding.place.line) { return false }
            guard finding.rule.family == .structure else { return true }
            let kind = "\(finding.rule.rawValue) \(finding.claim)"
            counts[kind, default: 0] += 1
            return counts[kind, default: 0] <= mostAlike
        }
    }
}
