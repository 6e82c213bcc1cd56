import GateCore
import GateVocabulary

/// How long the data spans: `over six weeks`, from its first date to its last.
struct SpanRule {
    let claims: ReportClaims

    /// Nil where the number is no span of time of the data.
    func judge(_ claim: NumberClaim) -> Judged? {
        guard let unit = claim.unit, unit.dimension == .time, unit.scale >= 86_400, let ingest = claims.store.ingest
        else { return nil }
        let dates = Array(ingest.latest.values) + ingest.namedDates
        guard let first = dates.min(by: { $0.days < $1.days }), let last = dates.max(by: { $0.days < $1.days }) else {
            return nil
        }
        let span = Double(last.days - first.days) * 86_400 / unit.scale
        let evidence = "\(first.text) to \(last.text): \(shown((span * 10).rounded() / 10)) \(unit.name)"
        if abs(span - claim.number.value) <= 1 { return .derivable(evidence) }
        return Judged(
            verdict: .unverifiable, evidence: evidence,
            message: "Only the dates in names and of the latest changes are known.")
    }
}
