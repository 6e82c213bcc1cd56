import GateCore
import GateVocabulary

/// What a report says against itself: sums, shares, bounds and averages of its own figures, I01 and I02.
struct ArithmeticRules {
    let claims: ReportClaims

    func findings() -> [Finding] {
        shares() + tables() + twoValues()
    }

    private func finding(
        _ rule: RuleID, _ severity: Severity, _ phrase: Phrase, _ token: Token, _ evidence: String, _ message: String
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, place: claims.document.place(token.bytes, line: phrase.line),
            claim: claims.document.text(token.bytes), evidence: evidence, message: message)
    }

    // MARK: - Shares of one whole

    /// Shares of kinds of files that are more than everything together.
    private func shares() -> [Finding] {
        claims.phrases.indices.compactMap { index in
            let phrase = claims.phrases[index]
            guard case .sentence = phrase.kind, !phrase.isProposal else { return nil }
            let percents = phrase.tokens.filter { $0.number?.unit?.isPercent == true }
            let kinds = Set(claims.mentions[index].types.map(\.value))
            guard percents.count >= 2, percents.count == kinds.count, claims.mentions[index].types.count == kinds.count
            else { return nil }
            let sum = percents.reduce(0) { $0 + ($1.number?.value ?? 0) }
            guard sum > 101.5, let first = percents.first else { return nil }
            return finding(
                .I02, .error, phrase, first,
                percents.map { $0.text + " %" }.joined(separator: " + ") + " = \(shown(sum)) %",
                "Shares of one whole cannot be more than 100 %.")
        }
    }

    // MARK: - Tables

    private func tables() -> [Finding] {
        claims.document.tables.indices.flatMap { bounds($0) + averageRow($0) }
    }

    private func cells(_ table: Int, _ row: ReportTable.Row) -> [Phrase] {
        guard let first = claims.firstOfLine[row.line] else { return [] }
        return claims.phrases[first...].prefix(row.cells.count).filter { $0.line == row.line }
    }

    private func number(_ phrase: Phrase?) -> PrintedNumber? {
        guard let phrase else { return nil }
        let numbers = phrase.tokens.compactMap(\.number)
        return numbers.count == 1 ? numbers.first : nil
    }

    /// Minimum ≤ mean ≤ maximum.
    private func bounds(_ index: Int) -> [Finding] {
        let table = claims.document.tables[index]
        let header = cells(index, table.header)
        func column(_ statistic: Statistic) -> Int? {
            let found = header.indices.filter { column in
                header[column].tokens.contains { statisticWords[$0.text] == statistic }
            }
            return found.count == 1 ? found.first : nil
        }
        let mean = column(.mean)
        let low = column(.min)
        let high = column(.max)
        guard let mean, low != nil || high != nil else { return [] }
        return table.rows.compactMap { row in
            let cells = cells(index, row)
            guard cells.indices.contains(mean), let middle = number(cells[mean]) else { return nil }
            let least = low.flatMap { cells.indices.contains($0) ? number(cells[$0]) : nil }
            let most = high.flatMap { cells.indices.contains($0) ? number(cells[$0]) : nil }
            let isBelow = least.map { middle.value + middle.halfStep < $0.value - $0.halfStep } ?? false
            let isAbove = most.map { middle.value - middle.halfStep > $0.value + $0.halfStep } ?? false
            guard isBelow || isAbove, let token = cells[mean].tokens.first(where: { $0.number != nil }) else {
                return nil
            }
            return finding(
                .I02, .error, cells[mean], token,
                "minimum \(least.map { shown($0.value) } ?? "–"), mean \(shown(middle.value)), maximum \(most.map { shown($0.value) } ?? "–")",
                "A mean lies between the minimum and the maximum.")
        }
    }

    /// A row called Average or Total against the rows above it.
    private func averageRow(_ index: Int) -> [Finding] {
        let table = claims.document.tables[index]
        guard let last = table.rows.last, table.rows.count >= 3 else { return [] }
        let cells = cells(index, last)
        let label = cells.first?.tokens.map(\.text) ?? []
        let isMean = label.contains { ["average", "mean", "avg"].contains($0) }
        let isTotal = label.contains { ["total", "sum"].contains($0) }
        guard isMean != isTotal, label.count(where: { !["*", "_"].contains($0) }) == 1 else { return [] }
        return cells.indices.dropFirst().compactMap { column in
            guard let printed = number(cells[column]), printed.unit?.isFactor != true else { return nil }
            let above = table.rows.dropLast().compactMap { row -> PrintedNumber? in
                let others = self.cells(index, row)
                return others.indices.contains(column) ? number(others[column]) : nil
            }
            guard above.count == table.rows.count - 1, above.allSatisfy({ $0.unit == printed.unit }) else { return nil }
            let sum = above.reduce(0) { $0 + $1.value }
            let expected = isMean ? sum / Double(above.count) : sum
            let slack = above.reduce(0) { $0 + $1.halfStep } / (isMean ? Double(above.count) : 1)
            guard !printed.prints(expected, slack: slack),
                let token = cells[column].tokens.first(where: { $0.number != nil })
            else { return nil }
            return finding(
                .I02, .warning, cells[column], token,
                "\(isMean ? "mean" : "sum") of the \(above.count) rows above = \(shown(expected))",
                "The row's figure does not follow from the rows above it.")
        }
    }

    // MARK: - Two values

    private struct Labelled {
        let phrase: Int
        let token: Token
        let number: PrintedNumber
    }

    /// `Total Files: 101` here and `Total Files: 2` there.
    private func twoValues() -> [Finding] {
        var known: [String: Labelled] = [:]
        var findings: [Finding] = []
        for (index, phrase) in claims.phrases.enumerated() {
            guard case .sentence = phrase.kind, phrase.near == 0, !phrase.isProposal,
                let (label, token) = labelled(phrase),
                let number = token.number
            else { continue }
            let new = Labelled(phrase: index, token: token, number: number)
            guard let old = known[label] else {
                known[label] = new
                continue
            }
            guard old.number.unit == number.unit, !isSame(old.number, number) else { continue }
            findings.append(
                finding(
                    .I01, .error, phrase, token,
                    "line \(claims.phrases[old.phrase].line): \(claims.document.text(old.token.bytes))",
                    "The report gives two values for one figure."))
        }
        return findings
    }

    private func isSame(_ left: PrintedNumber, _ right: PrintedNumber) -> Bool {
        left.prints(right.value, slack: right.halfStep) || right.prints(left.value, slack: left.halfStep)
    }

    /// A label that means the same wherever it stands: the whole of the data, not a part of it.
    private func labelled(_ phrase: Phrase) -> (String, Token)? {
        guard let colon = phrase.tokens.firstIndex(where: { $0.isMark(":") }), colon <= 10 else { return nil }
        let words = phrase.tokens[..<colon].filter { $0.isWord && !["the", "number", "of", "bytes"].contains($0.text) }
            .map(\.text)
        guard words.first == "total", words.count >= 2, words.count <= 4,
            phrase.tokens[..<colon].allSatisfy({ $0.isWord || $0.isMark("*_-+(`)") }),
            !words.contains(where: { typeWords[$0] != nil })
        else { return nil }
        let numbers = phrase.tokens[colon...].prefix(5).filter { $0.number != nil }
        guard numbers.count == 1, let token = numbers.first else { return nil }
        let label = words.filter { !["analyzed", "processed", "ingested", "analysed"].contains($0) }.joined(
            separator: " ")
        // Of files there is one whole; a run, an agent or a call has a total of its own.
        return label.contains("file") || label.contains("document") ? (label, token) : nil
    }
}
