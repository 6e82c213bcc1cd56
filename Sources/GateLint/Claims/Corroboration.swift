internal import GateCore
internal import GateVocabulary

/// What the rest of the report says of how its words were read.
///
/// A table uses its words alike: where those that call a cell wrong call others of its column right, they were read well, and
/// the cell is wrong; where they call nothing right, rather the reading is wrong. What a sentence leaves unsaid is its own,
/// and neither its other numbers nor other sentences tell it: there an error that rests on words is one only where each of them
/// is understood, the metric is named to the letter beside the number, or has one value in all of the data.
struct Corroboration {
    private let binder: Binder
    private let values: ValueJudge
    private let counts: Counts
    private var relation: Relation { values.relation }

    init(_ binder: Binder, _ values: ValueJudge, _ counts: Counts) {
        self.counts = counts
        self.binder = binder
        self.values = values
    }

    private struct Column: Hashable {
        let table: Int
        let column: Int
    }

    private struct Tally {
        var right = 0
        var wrong = 0
        /// Nowhere in the data.
        var missing = 0
    }

    /// Below this share of words that English sentences are made of, a text is in another language.
    private static let leastEnglish = 0.2
    /// Tokens between a metric's name and its number.
    private static let reach = 7
    /// More values may be meant by a number that is one of them.
    private static let mostMeant = 8
    /// Fewer words tell no language.
    private static let fewestWords = 8

    /// The words between names and numbers are read: what is a mean, a sum, a plan.
    private var isRead: Bool {
        var (known, all) = (0, 0)
        for phrase in binder.phrases where phrase.kind == .sentence {
            for token in phrase.tokens where token.isWord {
                all += 1
                if Lexicon.isEnglish(token.text) { known += 1 }
            }
        }
        return all < Corroboration.fewestWords || Double(known) >= Corroboration.leastEnglish * Double(all)
    }

    func review(_ judged: inout [JudgedClaim]) {
        var columns: [Column: Tally] = [:]
        var tables: [Int: Tally] = [:]
        var wrong: [Int: Int] = [:]
        for claim in judged {
            guard claim.figure != nil else { continue }
            let (isRight, isWrong) = ([.grounded, .derivable].contains(claim.verdict.kind), isDoubtable(claim))
            func count(_ tally: inout Tally) {
                if isRight { tally.right += 1 }
                if isWrong { tally.wrong += 1 }
                if claim.verdict.kind == .unsupported { tally.missing += 1 }
            }
            if let column = column(of: claim) {
                count(&columns[column, default: Tally()])
                count(&tables[column.table, default: Tally()])
            }
            if isWrong { wrong[claim.phrase, default: 0] += 1 }
        }
        let isRead = isRead
        for index in judged.indices {
            guard let figure = judged[index].figure else { continue }
            let place = column(of: judged[index])
            let column = place.map { columns[$0] ?? Tally() }
            if judged[index].verdict.kind == .unsupported {
                // In a table of the data, a column of which nothing is found is computed in a way that was not read.
                let isOfData = place.map { tables[$0.table]?.right ?? 0 > 0 } ?? false
                if column.map({ isOfData && $0.missing > 1 && $0.right < $0.missing }) ?? !isRead {
                    judged[index].verdict = lost(judged[index].verdict)
                }
            } else if isDoubtable(judged[index]) {
                let isBorneOut: Bool
                if let column {
                    isBorneOut =
                        column.right > column.wrong || isInNamedUnit(figure)
                        || judged[index].verdict.ground != .exclusion && column.missing == 0
                            && column.right > 0 && column.right >= column.wrong
                } else {
                    let isLoneWord = judged[index].verdict.ground == .words && wrong[judged[index].phrase] == 1
                    isBorneOut =
                        isRead
                        && (isUnderstood(judged[index], figure)
                            || isLoneWord && (isLiteral(figure) || isConstant(figure)))
                }
                if !isBorneOut || isTaken(judged[index], judged) {
                    judged[index].verdict = doubted(judged[index].verdict, figure, isRead)
                }
            } else if judged[index].verdict.severity == .error, judged[index].verdict.entry != nil,
                isTaken(judged[index], judged)
            {
                judged[index].verdict = doubted(judged[index].verdict, figure, isRead)
            }
            if isRead, judged[index].verdict.kind == .unsupported, column.map({ $0.right > $0.missing }) ?? true,
                !isTaken(judged[index], judged), !isCost(figure), let none = values.noneOfThem(figure)
            {
                judged[index].verdict = none
            }
        }
    }

    /// Another number of the sentence is said to be, and is, the value that this one was held against: it is said once, and
    /// this is of something else.
    private func isTaken(_ claim: JudgedClaim, _ judged: [JudgedClaim]) -> Bool {
        guard let own = claim.figure, !own.isCell else { return false }
        let meant = claim.verdict.entry.map { [$0] } ?? values.meant(by: own, values.candidates(own))
        guard meant.count <= Corroboration.mostMeant, let first = meant.first else { return false }
        let isOneValue = meant.allSatisfy { relation.entries[$0].value == relation.entries[first].value }
        return judged.contains { other in
            guard let figure = other.figure, other.phrase == claim.phrase, other.bytes != claim.bytes,
                other.verdict.kind == .grounded, figure.quantity.significant > 1,
                isOneValue || isSetAgainst(own, figure), meant.contains(where: { values.prints(figure, $0) })
            else { return false }
            return !values.candidates(figure).entries.allSatisfy { !meant.contains($0) }
        }
    }

    /// `Going to eight warps costs 166 µs`: by how much it is more than before.
    private func isCost(_ figure: Figure) -> Bool {
        binder.phrases[figure.phrase].tokens[..<figure.token].suffix(2).contains { Lexicon.costing[$0.text] != nil }
    }

    /// `189 against 172`
    private func isSetAgainst(_ second: Figure, _ first: Figure) -> Bool {
        first.token < second.token
            && binder.phrases[first.phrase].tokens[first.token..<second.token].contains {
                Lexicon.references.contains($0.text)
            }
    }

    /// Nothing stands in the phrase whose meaning is not known, so that nothing unread can turn what is said; and of whom it is
    /// said stands there.
    private func isUnderstood(_ claim: JudgedClaim, _ figure: Figure) -> Bool {
        let (reading, phrase) = (binder.readings[figure.phrase], binder.phrases[figure.phrase])
        // `from 8.15 to 2.59`: the first is what something was before.
        let isBefore = figure.token > 0 && phrase.tokens[figure.token - 1].text == "from"
        // An item goes on with its heading.
        let certainty = phrase.isItem ? Figure.Certainty.context : .own
        // A sentinel such as -1 is no value.
        let isOfSize = claim.verdict.entry.map { values.isOfSize(figure, [$0]) } ?? true
        return !isBefore && isOfSize
            && (figure.entities.contains { $0.certainty <= certainty && !phrase.isReferred($0.mention.tokens) }
                || phrase.has(Lexicon.wholes))
            && phrase.tokens.indices.allSatisfy { reading.understands($0, of: phrase, relation) }
    }

    /// The header names the metric as a whole and in its unit, and the number stands nowhere.
    private func isInNamedUnit(_ figure: Figure) -> Bool {
        guard let metric = figure.metric?.mention, metric.isWhole, let unit = figure.unit, unit.dimension != .count,
            !values.isKnown(figure)
        else { return false }
        return metric.columns.contains { relation.columns[$0].unit.map { $0.isComparable(with: unit) } ?? false }
    }

    private func lost(_ verdict: Verdict) -> Verdict {
        .unverifiable("From what it follows was not read.", verdict.evidence)
    }

    /// What stands nowhere is wrong whatever it is of; of what it is wrong is not told.
    private func doubted(_ verdict: Verdict, _ figure: Figure, _ isRead: Bool) -> Verdict {
        if isRead, let doubt = counts.doubt(figure, binder.phrases[figure.phrase]) { return doubt }
        guard isRead, !values.isKnown(figure) else {
            return .unverifiable(
                "That its words mean this is borne out by no other number of the report.",
                verdict.evidence + unread(figure))
        }
        return .unsupported(
            .G01, verdict.evidence,
            "Nothing in the data is \(values.shownNumber(figure)); of what it is was not read for sure.")
    }

    /// What of its sentence was read as nothing.
    private func unread(_ figure: Figure) -> String {
        let (reading, phrase) = (binder.readings[figure.phrase], binder.phrases[figure.phrase])
        let words = phrase.tokens.indices.filter { !reading.understands($0, of: phrase, relation) }
        return words.isEmpty || phrase.isCell
            ? "" : "; not understood: \(words.map { phrase.tokens[$0].text }.joined(separator: ", "))"
    }

    private func isDoubtable(_ claim: JudgedClaim) -> Bool {
        claim.verdict.severity == .error && claim.verdict.ground != .numbers
    }

    private func column(of claim: JudgedClaim) -> Column? {
        guard case .cell(let table, _, let column) = binder.phrases[claim.phrase].kind else { return nil }
        return Column(table: table, column: column)
    }

    /// `24 layers`, where all of the data has 12.
    private func isConstant(_ figure: Figure) -> Bool {
        guard figure.quantity.isWhole, figure.unit.map({ $0.dimension == .count }) ?? true,
            let metric = figure.metric, metric.mention.isWhole, metric.certainty == .own,
            (1...2).contains(metric.mention.tokens.lowerBound - figure.token)
        else { return false }
        let values = metric.mention.columns.flatMap { relation.columns[$0].entries.prefix(64) }
        return Set(values.map { relation.entries[$0].value }).count == 1
            && values.allSatisfy { relation.entries[$0].value.rounded() == relation.entries[$0].value }
    }

    /// The metric is named to the letter just before the number, which is in its unit: `a load_ms of 229.9`.
    private func isLiteral(_ figure: Figure) -> Bool {
        guard let metric = figure.metric, metric.mention.isWhole, metric.certainty == .own,
            figure.entities.allSatisfy({ $0.mention.isWhole || $0.certainty >= .loose }),
            (0...Corroboration.reach).contains(figure.token - metric.mention.tokens.upperBound),
            // `throughput: 2,871 to 3,340`
            !binder.phrases[figure.phrase].tokens[metric.mention.tokens.upperBound..<figure.token].contains(where: {
                $0.number != nil
            })
        else { return false }
        let tokens = binder.phrases[figure.phrase].tokens[metric.mention.tokens]
        let said = Set(tokens.flatMap { Canon.terms(ofName: $0.written ?? $0.text) })
        return metric.mention.columns.contains { column in
            let column = relation.columns[column]
            let isInUnit =
                figure.unit.map { unit in column.unit?.isComparable(with: unit) ?? false }
                ?? (column.unit == nil && figure.quantity.decimals > 1)
            // `memory` of a column `memory.total`
            let isPlain =
                [.raw, .count, .rate, .unknown].contains(column.statistic)
                || figure.namedStatistics.contains(column.statistic)
            return !column.terms.isEmpty && said.isSuperset(of: column.terms) && isPlain
                && (isInUnit || tokens.contains { $0.text == column.name.lowercased() && $0.isIdentifier })
        }
    }
}
