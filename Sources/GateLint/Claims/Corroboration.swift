internal import GateCore
internal import GateVocabulary

/// What the rest of the report says of how its words were read.
///
/// A report uses its words alike. Where the words that call a number wrong call others right, the words were read well, and
/// the number is wrong; where they call nothing right, rather the reading is wrong. So an error that rests on words has to
/// be borne out by another number that stands with the same words, in a table by the cells of its column; else it is not
/// told.
struct Corroboration {
    private let binder: Binder
    private let values: ValueJudge
    private var relation: Relation { values.relation }

    init(_ binder: Binder, _ values: ValueJudge) {
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
    /// Fewer digits stand in any row.
    private static let fewestDigits = 3
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
                if Lexicon.stop.contains(token.text) { known += 1 }
            }
        }
        return all < Corroboration.fewestWords || Double(known) >= Corroboration.leastEnglish * Double(all)
    }

    func review(_ judged: inout [JudgedClaim]) {
        var columns: [Column: Tally] = [:]
        var tables: [Int: Tally] = [:]
        var words: [String: Tally] = [:]
        var phrases: [Int: Tally] = [:]
        for claim in judged {
            guard let figure = claim.figure else { continue }
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
            if claim.verdict.kind != .derivable, let key = key(figure) { count(&words[key, default: Tally()]) }
            count(&phrases[claim.phrase, default: Tally()])
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
                    let own = phrases[judged[index].phrase] ?? Tally()
                    isBorneOut =
                        isRead
                        && (self.isBorneOut(judged[index].verdict, figure, own, words)
                            || isBorneOutBeside(judged[index], judged))
                }
                if !isBorneOut || isTaken(judged[index], judged) {
                    judged[index].verdict = doubted(judged[index].verdict, figure, isRead)
                }
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

    /// `189 against 172`
    private func isSetAgainst(_ second: Figure, _ first: Figure) -> Bool {
        first.token < second.token
            && binder.phrases[first.phrase].tokens[first.token..<second.token].contains {
                Lexicon.references.contains($0.text)
            }
    }

    private func isBorneOut(_ verdict: Verdict, _ figure: Figure, _ own: Tally, _ words: [String: Tally]) -> Bool {
        let tally = key(figure).flatMap { words[$0] } ?? Tally()
        return verdict.ground == .misplaced && own.wrong <= 2
            || tally.right > 0 && tally.right >= tally.wrong && (own.wrong == 1 || own.right > 0)
            || verdict.ground == .words && own.wrong == 1 && (isLiteral(figure) || isConstant(figure))
    }

    /// Another number of the sentence is one of just the row that this one is not of, or of just the column.
    private func isBorneOutBeside(_ claim: JudgedClaim, _ judged: [JudgedClaim]) -> Bool {
        guard let entry = claim.verdict.entry else { return false }
        let (row, column) = (relation.entries[entry].row, relation.entries[entry].column)
        return judged.contains { other in
            guard let figure = other.figure, other.phrase == claim.phrase, other.verdict.kind == .grounded,
                figure.quantity.significant >= Corroboration.fewestDigits
            else { return false }
            if relation.rows[row].entries.contains(where: { values.prints(figure, $0) }) { return true }
            let owners = figure.entities.filter { $0.certainty == .own }.map(\.mention.rows)
            guard let first = owners.first else { return false }
            let rows = owners.dropFirst().reduce(first, intersection).prefix(ValueJudge.mostOfOwner)
            return rows.contains { row in
                relation.rows[row].entries.contains {
                    relation.entries[$0].column == column && values.prints(figure, $0)
                }
            }
        }
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
        guard isRead, !values.isKnown(figure) else {
            return .unverifiable(
                "That its words mean this is borne out by no other number of the report.", verdict.evidence)
        }
        return .unsupported(
            .G01, verdict.evidence,
            "Nothing in the data is \(values.shownNumber(figure)); of what it is was not read for sure.")
    }

    private func isDoubtable(_ claim: JudgedClaim) -> Bool {
        claim.verdict.severity == .error && claim.verdict.ground != .numbers
    }

    private func column(of claim: JudgedClaim) -> Column? {
        guard case .cell(let table, _, let column) = binder.phrases[claim.phrase].kind else { return nil }
        return Column(table: table, column: column)
    }

    /// The words that name what the number is of, with their statistics; without any, its unit.
    private func key(_ figure: Figure) -> String? {
        guard let metric = figure.metric?.mention else { return figure.unit.map { "in \($0.name)" } }
        guard metric.isWhole else { return nil }
        let columns = metric.columns.map(String.init).joined(separator: " ")
        return columns + figure.namedStatistics.map { " \($0.name)" }.joined()
    }

    /// `24 layers`, where all of the data has 12.
    private func isConstant(_ figure: Figure) -> Bool {
        guard figure.quantity.isWhole, figure.unit.map({ $0.dimension == .count }) ?? true,
            let metric = figure.metric, metric.mention.isWhole, metric.certainty == .own,
            (1...2).contains(metric.mention.tokens.lowerBound - figure.token)
        else { return false }
        let values = metric.mention.columns.flatMap { relation.columns[$0].entries.prefix(64) }
        return Set(values.map { relation.entries[$0].value }).count == 1
    }

    /// The metric is named to the letter just before the number, which is in its unit: `a load_ms of 229.9`.
    private func isLiteral(_ figure: Figure) -> Bool {
        guard let metric = figure.metric, metric.mention.isWhole, metric.certainty == .own,
            figure.entities.allSatisfy({ $0.mention.isWhole || $0.certainty >= .loose }),
            (0...Corroboration.reach).contains(figure.token - metric.mention.tokens.upperBound)
        else { return false }
        let tokens = binder.phrases[figure.phrase].tokens[metric.mention.tokens]
        let said = Set(tokens.flatMap { Canon.terms(ofName: $0.written ?? $0.text) })
        return metric.mention.columns.contains { column in
            let column = relation.columns[column]
            let isInUnit =
                figure.unit.map { unit in column.unit?.isComparable(with: unit) ?? false }
                ?? (column.unit == nil && figure.quantity.decimals > 1)
            return !column.terms.isEmpty && said.isSuperset(of: column.terms)
                && (isInUnit || tokens.contains { $0.text == column.name.lowercased() && $0.isIdentifier })
        }
    }
}
