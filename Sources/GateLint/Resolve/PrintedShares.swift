internal import GateCore
internal import GateVocabulary

/// What one printed number is of another that the sentence prints before it: `27 of 6,823 requests failed (0.40 %)`,
/// `3.15 million of 358 million parameters, which is 0.88 %`, `of 2,210 requests 1,607 (72.7 %) failed`.
struct PrintedShares {
    let statement: Statement
    private var tokens: [Token] { statement.tokens }

    /// Words between the part and the whole, and between the whole and the share.
    private static let reach = 6
    private static let reachOfShare = 9

    func judge() -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        for (place, figure) in statement.figures.enumerated()
        where place > 1 && figure.quantity.isPercent && figure.hedge != .bound {
            let (first, second) = (statement.figures[place - 2], statement.figures[place - 1])
            if isShare(figure, first, of: second) {
                verdicts[figure.token] = judge(figure, first, of: second)
            } else if isShareBehind(figure, second, of: first) {
                verdicts[figure.token] = judge(figure, second, of: first)
            }
        }
        return verdicts
    }

    private func judge(_ figure: Figure, _ part: Figure, of whole: Figure) -> Verdict {
        let share = 100 * part.quantity.value / whole.quantity.value
        let rounding = [part, whole].reduce(0) { sum, figure in
            sum + (figure.quantity.scale > 1 ? figure.quantity.halfStep / figure.quantity.value : 0)
        }
        let text = "\(tokens[part.token].text) of \(tokens[whole.token].text)"
        let isRight = [share, 100 - share].contains {
            figure.quantity.prints($0, slack: figure.slack + 1.01 * rounding * share)
        }
        return isRight
            ? .derivable("follows from \(text)")
            : .contradicted(.I02, text, "\(text) are \(shown((1000 * share).rounded() / 1000)) %.")
    }

    private func isShare(_ figure: Figure, _ part: Figure, of whole: Figure) -> Bool {
        isCount(part) && isCount(whole) && part.quantity.value <= whole.quantity.value
            && (part.quantity.scale == whole.quantity.scale || part.quantity.significant > 1)
            && isOf(part.token, whole.token) && leads(whole.token + 1..<figure.token) && !goesOn(behind: figure.token)
    }

    /// `of 2,210 requests 1,607 (72.7 %) failed`: the percentage behind a count is that of the whole before it.
    private func isShareBehind(_ figure: Figure, _ part: Figure, of whole: Figure) -> Bool {
        let between = tokens[(part.token + 1)..<figure.token]
        return isCount(part) && isCount(whole) && whole.quantity.value > part.quantity.value && between.count <= 4
            && between.contains { $0.isMark("(") }
            && tokens[..<part.token].suffix(8).contains { ["of", "out", "which", "/"].contains($0.text) }
    }

    private func isCount(_ figure: Figure) -> Bool {
        !figure.isRelative && figure.hedge == .exact && (figure.quantity.isWhole || figure.quantity.scale > 1)
            && figure.quantity.value > 0 && (figure.unit.map { $0.dimension == .count } ?? true)
    }

    /// `27 of 6,823`, `three failures out of 120 requests`
    private func isOf(_ part: Int, _ whole: Int) -> Bool {
        let between = tokens[(part + 1)..<whole].filter { !$0.isMark("*_`") }
        return between.count <= PrintedShares.reach && between.contains { $0.text == "of" }
            && between.allSatisfy { $0.isWord && $0.text != "and" && !Lexicon.clauseWords.contains($0.text) }
    }

    /// `requests failed (`, `requests, or`, `parameters, which is`
    private func leads(_ between: Range<Int>) -> Bool {
        let words = tokens[between].filter { !$0.isMark("*_`") && !Lexicon.about.contains($0.text) }
        guard words.count <= PrintedShares.reachOfShare, let last = words.last,
            !words.contains(where: { $0.isMark(";.)") || $0.text == "and" || Lexicon.clauseWords.contains($0.text) })
        else { return false }
        if last.isMark("(,:=–—") { return true }
        let two = words.suffix(2).map(\.text)
        return ["or", "i.e"].contains(last.text) && words.dropLast().last?.isMark(",(") ?? false
            || ["which", "that"].contains(two.first ?? "") && Lexicon.concluding.contains(last.text)
    }

    /// `4 % of which`, `5 % more`, `2.2 % in A`: it is of something else.
    private func goesOn(behind token: Int) -> Bool {
        let next = tokens[(token + 1)...].first { !$0.isMark("*_`") && $0.text != "percent" }
        guard let next, next.isWord else { return false }
        return next.text == "of" || Lexicon.comparisons[next.text] != nil || Lexicon.points.contains(next.text)
            || Lexicon.places.contains(next.text)
    }
}
