import GateCore

/// How the run was set up, in words: `a context size of 1024 tokens`, `GPU layers: 60`.
struct SettingRule {
    let claims: ReportClaims

    /// Nil where the number is no setting.
    func judge(_ claim: NumberClaim) -> Judged? {
        let tokens = claims.phrases[claim.phrase].tokens
        let start = tokens[..<claim.index].lastIndex { $0.number != nil } ?? -1
        let before = tokens[max(start + 1, claim.index - 8)..<claim.index].filter { $0.isWord || $0.isIdentifier }.map(
            \.text)
        guard let option = option(before, claim) else { return nil }
        // Not the run's setting, but one of the data's own.
        if let fact = (claims.store.byName[option] ?? []).lazy.map({ claims.store.facts[$0] })
            .first(where: { claim.number.prints($0.value) })
        {
            return .grounded("\(fact.source) = \(shown(fact.value))")
        }
        guard let value = claims.store.config[option] else {
            return Judged(verdict: .unverifiable, message: "The facts do not say how \(option) was set.")
        }
        // Temperatures come through 32 bits.
        let isSame =
            claim.number.prints(value)
            || claim.number.prints(Double(Float(claim.number.value)), slack: 0)
                && abs(value - claim.number.value) < 1e-6
        if isSame { return .grounded("config \(option) = \(shown(value))") }
        return .contradicted(
            .G04, "config \(option) = \(shown((value * 1e6).rounded() / 1e6))",
            "The run was set up with another \(option).")
    }

    private func option(_ before: [String], _ claim: NumberClaim) -> String? {
        for (position, word) in before.enumerated().reversed() {
            let next = position + 1 < before.count ? before[position + 1] : ""
            switch word {
            case "num_ctx", "ctx": return "num_ctx"
            case "context"
            where ["size", "window", "length"].contains(next)
                || before[(position + 1)...].allSatisfy({ ["of", "is", "was", "at"].contains($0) }):
                return "num_ctx"
            case "num_gpu": return "num_gpu"
            case "layers",
                "layer" where before.contains("gpu"):
                return "num_gpu"
            case "temp",
                "temperature" where claim.unit == nil:
                return "temperature"
            case "top_p", "top_k", "repeat_penalty", "num_predict", "seed": return word
            case "top" where next == "p" || next == "k": return "top_" + next
            case "penalty" where before.contains("repeat"): return "repeat_penalty"
            default: continue
            }
        }
        return nil
    }
}
