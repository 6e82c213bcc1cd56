internal import GateCore
internal import GateVocabulary

/// Which place a name has among its like.
extension Extremes {
    /// Evidence where it has another place among its like; nil within where it has this one; nil where it cannot be told.
    func place(
        _ entity: Reading.Entity, _ column: Int, _ conditions: [Reading.Entity], wantsMost: Bool, rank: Int
    ) -> (evidence: String?, Void)? {
        var verdicts: [(evidence: String?, Void)] = []
        for group in statement.siblings(of: entity.labels, column, under: conditions) {
            let own = group.filter { entity.labels.contains($0.label) }.map(\.values)
            let rivals = group.filter { !entity.labels.contains($0.label) }.map(\.values)
            guard let mine = own.first, own.count == 1, rivals.count >= rank else { continue }
            // Each is meant by its best; who is beaten must be beaten by all that the other one has.
            let better = rivals.filter { wantsMost ? $0.most > mine.most : $0.least < mine.least }
            let surely = rivals.filter { wantsMost ? $0.least > mine.most : $0.most < mine.least }
            if better.count == rank - 1 {
                verdicts.append((nil, ()))
            } else if let rival = surely.first, surely.count >= rank {
                verdicts.append(
                    (
                        "\(relation.describe(wantsMost ? rival.mostEntry : rival.leastEntry)), \(relation.describe(wantsMost ? mine.mostEntry : mine.leastEntry))",
                        ()
                    ))
            }
        }
        // One file in which it is right is enough.
        guard let first = verdicts.first else { return nil }
        return verdicts.allSatisfy { $0.evidence != nil } ? first : (nil, ())
    }
}
