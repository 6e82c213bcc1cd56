internal import GateCore

/// What a sentence says of more than one value, by all forms.
struct Forms {
    let known: ReportFacts

    func judge(_ statement: Statement) -> Statement.Outcome {
        let comparisons = Comparisons(statement)
        let (extremes, contrasts) = (Extremes(statement), Contrasts(statement))
        var outcome = comparisons.judge()
        for figure in statement.figures
        where outcome.verdicts[figure.token]?.rule == .I02 && contrasts.isPrinted(figure) {
            outcome.verdicts[figure.token] = .derivable("follows from numbers of the report")
        }
        for other in [extremes.judge(), Quantities(statement).judge()] {
            outcome.findings += other.findings
            outcome.verdicts.merge(other.verdicts) { first, _ in first }
        }
        outcome.verdicts.merge(Conclusions(statement: statement).judge().verdicts) { first, concluded in
            first.kind == .unverifiable ? concluded : first
        }
        outcome.verdicts.merge(PrintedShares(statement: statement).judge()) { $1 }
        let isOrdered = outcome.findings.isEmpty
        outcome.verdicts.merge(References(statement).judge().verdicts) { first, referred in
            first.kind == .unverifiable && isOrdered ? referred : first
        }
        outcome.verdicts.merge(Spans(statement: statement).judge().verdicts) { $1 }
        let aggregates = known.aggregates.relation
        let totals = Totals(statement: statement, aggregates: Search(relation: aggregates))
        outcome.verdicts.merge(totals.judge()) { first, total in first.kind == .unverifiable ? total : first }
        outcome.verdicts.merge(Shares(statement: statement).judge()) { first, share in
            first.kind == .unverifiable ? share : first
        }
        outcome.verdicts.merge(MixedStatistics(statement, aggregates: aggregates).judge()) { first, _ in first }
        outcome.verdicts.merge(Ranges(statement, aggregates: aggregates).judge()) { first, ranged in
            first.kind == .unverifiable ? ranged : first
        }
        for figure in statement.figures
        where outcome.verdicts[figure.token].map({ $0.kind == .unverifiable }) ?? true
            && !outcome.findings.contains(where: { $0.tokens.contains(figure.token) })
        {
            outcome.verdicts[figure.token] = contrasts.judge(figure) ?? outcome.verdicts[figure.token]
        }
        let changes = Changes(statement: statement, comparisons: comparisons).judge()
        for (token, verdict) in changes.verdicts
        where outcome.verdicts[token].map({ $0.kind == .unverifiable }) ?? true {
            outcome.verdicts[token] = verdict
        }
        outcome.findings += comparisons.directions() + Trends(statement: statement).judge()
        outcome.findings += changes.findings.filter { change in
            !outcome.findings.contains { $0.tokens.overlaps(change.tokens) }
        }
        add(Records(extremes, aggregates: aggregates).judge(), to: &outcome)
        let days = DayOrders(statement: statement).judge()
        outcome.findings += days.findings.filter { day in
            !outcome.findings.contains { $0.tokens.overlaps(day.tokens) }
        }
        outcome.verdicts.merge(days.verdicts) { $1 }
        return outcome
    }

    /// What is wrong already is not wrong once more; and the first of all by its own number is that, whatever the metric was
    /// taken for.
    private func add(_ records: Statement.Outcome, to outcome: inout Statement.Outcome) {
        let wrong = outcome.verdicts.filter { $0.value.severity > .info }.keys
        let known = outcome.findings
        outcome.findings += records.findings.filter { record in
            !known.contains { $0.tokens.overlaps(record.tokens) } && !wrong.contains(where: record.tokens.contains)
        }
        for (token, verdict) in records.verdicts {
            let own = outcome.verdicts[token]
            if own == nil && verdict.kind != .derivable || own?.rule == .I03 && verdict.kind == .derivable {
                outcome.verdicts[token] = verdict
            }
        }
    }
}
