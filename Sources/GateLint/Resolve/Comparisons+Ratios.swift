internal import GateCore
internal import GateVocabulary

/// How many times one is the other, which part of it, and how far they are apart.
extension Comparisons {
    /// `A delivers 18 % of the throughput of B`
    private func isShareOfOther(_ figure: Figure) -> Bool {
        let next = tokens[(figure.token + 1)...].filter { !$0.isMark("*_`") && $0.text != "percent" }.prefix(2).map(
            \.text)
        return figure.quantity.isPercent && next.first == "of" && ["the", "that", "what"].contains(next.last ?? "")
    }

    /// `the cost of A is 13.5x that of B`, `A has 1.9 times the latency of B`
    func ratios(_ outcome: inout Statement.Outcome) {
        for figure in statement.figures
        where figure.quantity.isFactor || isTimes(figure.token) || isShareOfOther(figure) {
            let clause = statement.clause(around: figure.token)
            let entities = statement.reading.entities.filter { clause.overlaps($0.tokens) }
            for group in Set(entities.map(\.group)).sorted() {
                let members = entities.filter { $0.group == group }
                guard members.count == 2, members[0].tokens.upperBound <= figure.token,
                    members[1].tokens.lowerBound > figure.token, statement.metric(near: figure.token) != nil,
                    isOneComparison(figure.token + 1..<members[1].tokens.lowerBound)
                else { continue }
                // What is fast takes less time or does more in it.
                let isOfSpeed = tokens[(figure.token + 1)...].prefix(4).contains {
                    ["fast", "quick", "quickly", "slow", "slowly", "long"].contains($0.text)
                }
                let pairs = pairs(Sides(left: members[0], right: members[1]), figure.token, nil).filter {
                    (!isOfSpeed || [.time, .rate].contains(relation.columns[$0.column].dimension)) && $0.left.isOne
                        && $0.right.isOne && $0.right.least != 0
                }
                guard let pair = pairs.first else { continue }
                let ratios = pairs.map {
                    (figure.quantity.isPercent ? 100 : 1) * $0.left.least / $0.right.least
                }
                if ratios.contains(where: { figure.quantity.prints($0, slack: figure.slack) }) {
                    outcome.verdicts[figure.token] = .derivable("follows from \(text(of: pair))")
                } else if pairs.count == 1, figure.hedge != .bound {
                    outcome.verdicts[figure.token] = .contradicted(
                        .I02, text(of: pair),
                        "The ratio of the two values is \(shown((100 * ratios[0]).rounded() / 100)).")
                }
                return
            }
        }
    }

    /// `A failed 17 times, B six times` are two counts; `six times what B needs` is of something that was said before.
    private func isOneComparison(_ between: Range<Int>) -> Bool {
        !tokens[between].contains { $0.isMark(",;:") || $0.number != nil || $0.text == "what" }
    }

    // MARK: - Gaps

    /// `the gap between A and B in TTFT amounts to 29.9 ms`, `A and B differ by 12 %`
    func gaps(_ outcome: inout Statement.Outcome) {
        for (index, token) in tokens.enumerated() where isGap(token) {
            let clause = statement.clause(around: index)
            guard let figure = statement.figures.first(where: { $0.token > index && clause.contains($0.token) }),
                outcome.verdicts[figure.token] == nil, figure.hedge == .exact, !figure.quantity.isSpelled,
                !statement.phrase.isOfPair(figure.token),
                let sides = two(near: index, before: figure.token, in: clause),
                !tokens[index..<figure.token].contains(where: { $0.isMark(";") || $0.text == "from" })
            else { continue }
            let pairs = pairs(sides, index, nil).filter { $0.left.isOne && $0.right.isOne }
            guard let first = pairs.first, pairs.count == 1 else { continue }
            let column = relation.columns[first.column]
            let amounts = amounts(first.left.least, first.right.least, figure, column, figure.token)
            guard let amount = amounts.first else { continue }
            outcome.verdicts[figure.token] =
                amounts.contains { figure.quantity.prints($0, slack: figure.slack) }
                ? .derivable("follows from \(text(of: first))")
                : .contradicted(
                    .I02, text(of: first), "From the two values follows \(shown((1000 * amount).rounded() / 1000)).")
        }
    }

    private func isGap(_ token: Token) -> Bool {
        ["gap", "difference", "distance", "margin", "differ", "differs"].contains(token.text)
    }

    /// `between A and B` behind the word, `A and B` before it: nothing else of their kind is named.
    private func two(near index: Int, before figure: Int, in clause: Range<Int>) -> Sides? {
        let entities = statement.reading.entities.filter { clause.overlaps($0.tokens) && $0.tokens.lowerBound < figure }
        let groups = Dictionary(grouping: entities, by: \.group).values.filter { $0.count > 1 }
        guard groups.count == 1, let two = groups.first, two.count == 2,
            intersection(two[0].rows, two[1].rows).isEmpty,
            tokens[two[0].tokens.upperBound..<two[1].tokens.lowerBound].contains(where: { $0.text == "and" })
        else { return nil }
        return Sides(left: two[0], right: two[1])
    }

    /// `is more than twice that of B`, `half the latency of B`: a multiple in words, far from what the values come to.
    func multiples(_ outcome: inout Statement.Outcome) {
        for (index, token) in tokens.enumerated() {
            guard let multiple = Lexicon.multiples[token.text], !isNegated(index),
                let next = tokens[(index + 1)...].first(where: { !$0.isMark("*_`") }),
                ["the", "that", "as"].contains(next.text), let metric = statement.metric(near: index), metric.isWhole,
                case let clause = statement.clause(around: index), clause.overlaps(metric.tokens),
                !statement.figures.contains(where: { clause.contains($0.token) && $0.isRelative })
            else { continue }
            let entities = statement.reading.entities.filter { clause.overlaps($0.tokens) }
            let groups = Dictionary(grouping: entities, by: \.group).values.filter { $0.count == 2 }
            guard groups.count == 1, let two = groups.first, two[0].tokens.upperBound <= index,
                two[1].tokens.lowerBound > index
            else { continue }
            let pairs = pairs(Sides(left: two[0], right: two[1]), index, nil).filter {
                $0.left.isOne && $0.right.isOne && $0.right.least > 0
            }
            guard let first = pairs.first else { continue }
            let range = range(of: multiple, index)
            guard pairs.allSatisfy({ !range.contains($0.left.least / $0.right.least) }) else { continue }
            outcome.findings.append(
                Statement.Finding(
                    tokens: index..<index + 1, rule: .I02, evidence: text(of: first),
                    message:
                        "By the data it is \(shown((100 * first.left.least / first.right.least).rounded() / 100)) times."
                ))
        }
    }

    /// What people call so: a fifth more or less is still twice.
    private func range(of multiple: Double, _ index: Int) -> ClosedRange<Double> {
        let before = tokens[..<index].suffix(2).map(\.text)
        if before == ["more", "than"] || before.last == "over" { return 0.99 * multiple...Double.infinity }
        if before == ["less", "than"] || before.last == "under" { return 0...1.01 * multiple }
        return 0.75 * multiple...1.3 * multiple
    }
}
