internal import GateCore
internal import GateVocabulary

/// Several numbers of one name that are all those of another one of its kind.
///
/// `SET falls from 150,263 to 122,926`, where both are what GET has. One number may be another one's by accident, or of
/// something that was not read; two that agree on whose they are are not, although nothing else of the sentence is understood.
struct SharedStrangers {
    let relation: Relation
    private let search: Search

    init(_ relation: Relation) {
        self.relation = relation
        search = Search(relation: relation)
    }

    private static let mostHits = 6
    private static let fewestDigits = 3
    /// Of all numbers together.
    private static let fewestDigitsOfAll = 6

    private struct Sighting {
        let figure: Figure
        let hits: [Int]
    }

    /// - Parameters:
    ///   - figures: of one sentence.
    ///   - named: what the sentence names, what stands right above it, and its headings: none of these is a stranger.
    func find(_ figures: [Figure], in phrase: Phrase, named: [Reading.Entity]) -> [SwappedPairs.Found] {
        let candidates = figures.filter {
            $0.hedge == .exact && !$0.isAmount && !$0.quantity.isFactor && !$0.quantity.isSpelled
                && $0.quantity.significant >= SharedStrangers.fewestDigits
        }
        guard candidates.count > 1 else { return [] }
        var owners: [Reading.Entity] = []
        for owner in candidates.flatMap(\.entities).filter({ $0.certainty <= .inherited }).map(\.mention)
        where owner.isWhole && !owner.isKey && !phrase.isReferred(owner.tokens)
            && !owners.contains(where: { $0.labels == owner.labels })
        {
            owners.append(owner)
        }
        return owners.lazy.map { self.find(candidates, of: $0, named) }.first { !$0.isEmpty } ?? []
    }

    private func find(_ figures: [Figure], of owner: Reading.Entity, _ named: [Reading.Entity]) -> [SwappedPairs.Found]
    {
        let own = figures.filter { figure in
            figure.entities.contains { $0.certainty <= .inherited && $0.mention.labels == owner.labels }
        }
        let sightings = own.map { Sighting(figure: $0, hits: hits($0)) }
        guard sightings.count > 1, sightings.allSatisfy({ !$0.hits.isEmpty }),
            sightings.reduce(0, { $0 + $1.figure.quantity.significant }) >= SharedStrangers.fewestDigitsOfAll,
            Set(sightings.map(\.figure.quantity.value)).count > 1,
            !sightings.contains(where: { $0.hits.contains { isOf(owner, $0) } })
        else { return [] }
        let kinds = relation.kinds(of: owner)
        let strangers = sightings.map { sighting in
            Set(sighting.hits.flatMap { relation.rows[relation.entries[$0].row].labels })
                .filter { kinds.contains(relation.labels[$0].name) }
        }
        let common = strangers.dropFirst().reduce(strangers[0]) { $0.intersection($1) }
            .subtracting(named.flatMap(\.labels))
        let known = Set(named.flatMap(\.labels).map { relation.labels[$0].text })
        for stranger in common.sorted()
        where !known.contains(relation.labels[stranger].text) && !relation.isCompound(stranger, of: owner) {
            let found = sightings.compactMap { sighting -> SwappedPairs.Found? in
                let hits = sighting.hits.filter { contains(relation.labels[stranger].rows, relation.entries[$0].row) }
                for hit in hits {
                    let entries = relation.counterparts(of: hit, in: owner.widened.rows, besides: kinds)
                    if let entry = entries.first {
                        return SwappedPairs.Found(figure: sighting.figure, entry: entry, stranger: hit)
                    }
                }
                return nil
            }
            if found.count == sightings.count, isOfOneMetric(found) || found.allSatisfy(isNamed) { return found }
        }
        return []
    }

    private func isOfOneMetric(_ found: [SwappedPairs.Found]) -> Bool {
        Set(found.map { relation.entries[$0.stranger].column }).count == 1
    }

    private func isNamed(_ found: SwappedPairs.Found) -> Bool {
        found.figure.metric.map { metric in
            metric.certainty <= .inherited && metric.mention.columns.contains(relation.entries[found.stranger].column)
        } ?? false
    }

    /// Where the number stands, in its unit where there is such; none where that tells nothing.
    private func hits(_ figure: Figure) -> [Int] {
        let hits = search.measured(figure, limit: 4 * SharedStrangers.mostHits)
        return hits.count <= SharedStrangers.mostHits ? hits : []
    }

    private func isOf(_ owner: Reading.Entity, _ entry: Int) -> Bool {
        contains(owner.widened.rows, relation.entries[entry].row)
    }
}
