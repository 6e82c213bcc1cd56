internal import GateCore

/// What came out of the claims.
extension ClaimAudit {
    /// Claims of numbers, dates and files.
    var claimCounts: ClaimCounts {
        var result = ClaimCounts()
        for claim in judged where claim.verdict.rule.map({ $0.family != .consistency && $0 != .E02 }) ?? true {
            switch claim.verdict.kind {
            case .grounded: result.grounded += 1
            case .derivable: result.derivable += 1
            case .contradicted: result.contradicted += 1
            case .misattributed: result.misattributed += 1
            case .unsupported where known.isPartial && claim.verdict.rule == .G01: result.unverifiable += 1
            case .unsupported: result.unsupported += 1
            case .unverifiable: result.unverifiable += 1
            }
        }
        return result
    }

    /// The data was not understood: what is not found in it proves nothing.
    var isLost: Bool {
        let counts = claimCounts
        guard !known.relation.isEmpty, counts.all >= ClaimAudit.fewestForShare else { return false }
        return Double(counts.grounded + counts.derivable + counts.contradicted + counts.misattributed) < ClaimAudit
            .leastBound * Double(counts.all)
    }

    /// The data says just this number of what stands there.
    func isBorneOut(_ bytes: Range<Int>) -> Bool {
        judged.contains { $0.bytes.overlaps(bytes) && [.grounded, .derivable].contains($0.verdict.kind) }
    }

    var declarations: Declarations { Declarations(binder: binder, relation: known.relation) }

    /// The findings of a rule.
    func findings(of rule: RuleID) -> [Finding] {
        let isLost = isLost
        return judged.compactMap { claim in
            let verdict = claim.verdict
            guard verdict.rule == rule, verdict.severity > .info else { return nil }
            return finding(
                rule, (isLost || known.isPartial) && rule == .G01 ? .info : verdict.severity, claim.phrase, claim.bytes,
                evidence: verdict.evidence,
                message: verdict.message)
        }
    }

    /// A finding at a stretch of a phrase; of one that goes over several lines, the part on the first one.
    func finding(
        _ rule: RuleID, _ severity: Severity, _ phrase: Int, _ bytes: Range<Int>, evidence: String, message: String
    ) -> Finding {
        let line = document.line(of: bytes.lowerBound, near: binder.phrases[phrase].line)
        let end = max(bytes.lowerBound, min(bytes.upperBound, document.lines[line - 1].bytes.upperBound))
        return Finding(
            rule: rule, severity: severity, place: document.place(bytes.lowerBound..<end, line: line),
            claim: document.text(bytes.lowerBound..<end), evidence: evidence, message: message)
    }
}
