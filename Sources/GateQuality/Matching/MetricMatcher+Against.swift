import GateCore
import GateVocabulary

/// A number against the one fact that it must be.
extension MetricMatcher {
    func against(_ facts: [StoredFact], _ claim: NumberClaim, name: String) -> Judged {
        guard let first = facts.first else { return .unsupported("Nothing in the data gives this number.") }
        if claim.bound != .exact, facts.allSatisfy({ claim.holds(for: $0) }) { return .grounded(evidence(first)) }
        if let clash = unitClash(claim, facts.map { ($0.value, $0.unit, $0.dimension) }, evidence(first)) {
            return clash
        }
        return .contradicted(
            .G04, evidence(first),
            "The data says \(shown(first.value))\(first.unit.map { " " + $0 } ?? "") for \(name), not \(claim.token.text)."
        )
    }

    /// The digits are right and the unit is not.
    func unitClash(
        _ claim: NumberClaim, _ facts: [(value: Double, unit: String?, dimension: Dimension)], _ evidence: String
    ) -> Judged? {
        guard let unit = claim.unit, claim.number.unit != nil else { return nil }
        for fact in facts where fact.unit != nil && fact.unit != unit.name {
            // 2.319 s as "2.32 ms", and 0.0612 s as "61.2 s" where a unit was converted and then not written.
            let scales = fact.dimension == .time ? [1, 1e-3, 1e3] : [1]
            guard scales.contains(where: { claim.number.prints(fact.value / $0) }) else { continue }
            var judged = Judged.contradicted(
                .G05, evidence,
                "The number is the data's, the unit is not: it is \(shown(fact.value)) \(fact.unit ?? "").")
            judged.isUnit = true
            return judged
        }
        for fact in facts where fact.unit == unit.name && fact.dimension == .time {
            guard [1e-3, 1e3].contains(where: { claim.number.prints(fact.value / $0) }), claim.number.digits <= 5 else {
                continue
            }
            var judged = Judged.contradicted(
                .G05, evidence,
                "The number is the data's in another unit: it is \(shown(fact.value)) \(fact.unit ?? "").")
            judged.isUnit = true
            return judged
        }
        return nil
    }

    func prints(_ claim: NumberClaim, _ fact: StoredFact) -> Bool {
        claim.prints(base: fact.base, dimension: fact.dimension, factScale: fact.scale)
    }

    /// In the report's unit; a fact of an unknown unit is taken to be in it.
    func size(_ fact: StoredFact, _ claim: NumberClaim) -> Double {
        guard let unit = claim.unit else { return fact.value }
        return fact.dimension == unit.dimension ? fact.base / unit.scale : fact.value
    }

    func nearest(_ claim: NumberClaim, _ facts: [StoredFact]) -> String {
        let scale = claim.unit?.scale ?? facts.first?.scale ?? 1
        let near = facts.min { abs($0.base / scale - claim.number.value) < abs($1.base / scale - claim.number.value) }
        return near.map { "nearest: " + evidence($0) } ?? ""
    }

    func evidence(_ fact: StoredFact) -> String {
        "\(fact.source) = \(shown(fact.value))\(fact.unit.map { " " + $0 } ?? "")"
    }
}
