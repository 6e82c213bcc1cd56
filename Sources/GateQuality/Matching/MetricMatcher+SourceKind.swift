import GateCore
import GateVocabulary

/// `Tokens per second (CSV): 14.11`: a figure of files of one kind, which stands in files of another kind only.
extension MetricMatcher {
    func inItsKind(_ judged: Judged, _ claim: NumberClaim) -> Judged {
        let isExtreme = claim.statistic == .max || claim.statistic == .min
        guard judged.verdict == .grounded || (judged.verdict == .derivable && isExtreme), claim.number.digits >= 3,
            claim.keys.isEmpty, claim.cells.isEmpty, claim.tables.isEmpty, let family = claim.family,
            let kind = namedKind(claim)
        else { return judged }
        let facts = (store.byFamily[family] ?? []).lazy.map { store.facts[$0] }
            .filter { claim.allows($0.dimension) && prints(claim, $0) }
        let kinds = facts.map(fileKind)
        guard !kinds.contains(kind), let other = zip(facts, kinds).first(where: { $1 != nil })?.0 else { return judged }
        return .misattributed(
            evidence(other), "No \(kind.uppercased()) file has this value; it stands in data of another kind.")
    }

    private func namedKind(_ claim: NumberClaim) -> String? {
        let phrase = claims.phrases[claim.phrase]
        guard case .cell = phrase.kind else { return kindOfFiles(claim.phrase) }
        let labels = [claims.cell(of: phrase, column: 0), claims.header(of: phrase)].compactMap { $0 }
        return labels.lazy.compactMap(kindOfFiles).first
    }

    /// `the CSV data`, `(JSON)`; nil where several kinds are named.
    private func kindOfFiles(_ phrase: Int) -> String? {
        let types = claims.mentions[phrase].types
        let tokens = claims.phrases[phrase].tokens
        guard let first = types.first, first.value != "markdown", types.allSatisfy({ $0.value == first.value }) else {
            return nil
        }
        let next = first.index + 1 < tokens.count ? tokens[first.index + 1] : nil
        let isAside = first.index > 0 && tokens[first.index - 1].isMark("(") && next?.isMark(")") == true
        // `CSV throughput`
        let isOfMetric = claims.mentions[phrase].families.contains { $0.index == first.index + 1 }
        return isAside || isOfMetric || next.map { dataNouns.contains($0.text) } == true ? first.value : nil
    }

    private func fileKind(_ fact: StoredFact) -> String? {
        for kind in ["csv", "json"] where fact.metric.hasPrefix(kind + "_") || fact.source.contains("." + kind) {
            return kind
        }
        return nil
    }
}

private let dataNouns: Set<String> = ["files", "file", "data", "results", "records", "metrics", "entries", "dataset"]
