internal import GateCore
internal import GateVocabulary

/// Which of two was earlier, which of all was first, and how many days lie between them.
struct DayOrders {
    let statement: Statement
    private var days: Days { statement.relation.days }
    private var tokens: [Token] { statement.tokens }

    /// An owner with its first and its last day.
    private struct Span {
        let first: Int
        let last: Int

        init?(_ rows: [Days.Row]) {
            guard let first = rows.map(\.day).min(), let last = rows.map(\.day).max() else { return nil }
            (self.first, self.last) = (first, last)
        }
    }

    private static let reach = 10

    func judge() -> Statement.Outcome {
        var outcome = Statement.Outcome()
        guard !days.rows.isEmpty, !isOpen else { return outcome }
        for index in tokens.indices where tokens[index].isWord {
            if let finding = extreme(index) ?? order(index) { outcome.findings.append(finding) }
        }
        for figure in statement.figures where figure.unit?.dimension == .time {
            if let verdict = between(figure) { outcome.verdicts[figure.token] = verdict }
        }
        return outcome
    }

    private var isOpen: Bool {
        statement.phrase.has(Lexicon.negations) || statement.phrase.has(Lexicon.modals)
            || statement.phrase.leavesSomeOut
    }

    private func events(in range: Range<Int>) -> [Int] {
        Set(range.filter { tokens[$0].isWord && !isNamed($0) }.flatMap { days.events(of: tokens[$0].text) }).sorted()
    }

    private func isNamed(_ place: Int) -> Bool {
        statement.reading.entities.contains { $0.isWhole && !$0.isKey && $0.tokens.contains(place) }
    }

    private func span(_ entity: Reading.Entity, _ events: [Int]) -> Span? {
        let others = statement.reading.entities.filter {
            $0.group != entity.group && ($0.isWhole || $0.isKey) && days.knows($0.labels, events)
        }
        return Span(days.rows([Set(entity.labels)] + others.map { Set($0.labels) }, of: events))
    }

    /// Whole names of the clause that have such days.
    private func owners(_ clause: Range<Int>, _ events: [Int]) -> [Reading.Entity] {
        statement.reading.entities.filter {
            clause.overlaps($0.tokens) && $0.isWhole && !$0.isKey && days.knows($0.labels, events)
                && statement.relation.isAlone($0, among: events, statement.phrase)
        }
    }

    // MARK: - Of all

    /// `The most recently released system is A`, `A is the oldest`, `the first engine to be tested was A`.
    private func extreme(_ index: Int) -> Statement.Finding? {
        let clause = statement.clause(around: index)
        guard let age = age(index, clause), !tokens[clause].contains(where: { $0.text == "than" }),
            !Lexicon.pronouns.contains(index > 0 ? tokens[index - 1].text : "")
        else { return nil }
        var events = events(in: clause)
        // `the oldest device` is so by its release.
        if events.isEmpty, Lexicon.ages[tokens[index].text] != nil {
            events = days.events.indices.filter { days.events[$0].line == Lexicon.releasing }
        }
        let owners = owners(clause, events)
        guard let subject = owners.first, owners.count == 1, isSaid(of: subject, index),
            let own = span(subject, events),
            let rivals = rivals(of: subject, events), !rivals.isEmpty
        else { return nil }
        let other = rivals.first { age == .latest ? $0.value.last > own.last : $0.value.first < own.first }
        guard let other else { return nil }
        let (mine, theirs) = age == .latest ? (own.last, other.value.last) : (own.first, other.value.first)
        return Statement.Finding(
            tokens: min(index, subject.tokens.lowerBound)..<max(index + 1, subject.tokens.upperBound), rule: .I03,
            evidence: "\(text(other.key)) \(ReportDate(days: theirs).text), \(ReportDate(days: mine).text)",
            message: "By the data another one is \(tokens[index].text).")
    }

    private func age(_ index: Int, _ clause: Range<Int>) -> Lexicon.Age? {
        let word = tokens[index].text
        let before = index > 0 ? tokens[index - 1].text : ""
        if ["recent", "recently"].contains(word) {
            return before == "most" ? .latest : before == "least" ? .earliest : nil
        }
        if let age = Lexicon.ages[word] {
            // `the second oldest`
            return Lexicon.ordinals[before] == nil && !(index > 0 && tokens[index - 1].number?.isOrdinal ?? false)
                ? age : nil
        }
        guard let age: Lexicon.Age = ["first": .earliest, "last": .latest][word] else { return nil }
        // `the first engine to be tested`, `A was tested first`
        let behind = tokens[(index + 1)..<clause.upperBound].prefix(DayOrders.reach)
        let isToBe = zip(behind, behind.dropFirst(2)).contains { first, third in
            first.text == "to" && Lexicon.events[third.text] != nil
        }
        let isDone =
            index > 1 && Lexicon.events[before] != nil && Lexicon.copulas.contains(tokens[index - 2].text)
            && (behind.first.map { !$0.isWord || $0.number != nil } ?? true)
        return isToBe || isDone ? age : nil
    }

    /// Stands before or behind a copula, or beside it behind a comma.
    private func isSaid(of subject: Reading.Entity, _ index: Int) -> Bool {
        let range = subject.tokens
        if range.upperBound <= index {
            let between = tokens[range.upperBound..<index].filter { !$0.isMark("*_`\"") }
            return between.count <= 4 && between.first.map { Lexicon.copulas.contains($0.text) } ?? false
                && between.allSatisfy {
                    $0.isWord && (Lexicon.stop.contains($0.text) || Lexicon.events[$0.text] != nil)
                }
        }
        let between = tokens[(index + 1)..<range.lowerBound].filter { !$0.isMark("*_`\"") }
        guard between.count <= DayOrders.reach, !between.contains(where: { $0.number != nil || $0.isMark(";:") }),
            let last = between.last(where: { $0.text != "the" })
        else { return false }
        let isBeside = last.isMark(",(") || Lexicon.copulas.contains(last.text)
        let isKind = { (token: Token) in
            statement.relation.kindTerms.contains(stem(token.text)) || Lexicon.things.contains(stem(token.text))
        }
        let small = between.filter {
            !($0.isMark(",(") || Lexicon.stop.contains($0.text) || Lexicon.copulas.contains($0.text)
                || Lexicon.events[$0.text] != nil)
        }
        // `The newest system, which needs more memory than A`
        return isBeside && between.count { Lexicon.copulas.contains($0.text) && $0.text != "be" } <= 1
            && between.count { $0.isMark(",(") } <= 1
            // `the newest drive`: what the data calls by another word, and nothing else of it.
            && (small.allSatisfy(isKind) || small.count == 1 && small[0].isWord)
    }

    /// The other names of the same kind with their days.
    private func rivals(of subject: Reading.Entity, _ events: [Int]) -> [(key: Int, value: Span)]? {
        let relation = statement.relation
        let own = Set(subject.labels)
        let conditions = statement.reading.entities.filter {
            $0.group != subject.group && ($0.isWhole || $0.isKey) && days.knows($0.labels, events)
        }.map { Set($0.labels) }
        let rows = days.rows(conditions, of: events)
        // The kind of name that its rows are told apart by.
        let kinds = Set(
            rows.flatMap(\.labels).filter { own.contains($0) && relation.labels[$0].kind == .text }.map {
                relation.labels[$0].name
            })
        guard kinds.count == 1, let kind = kinds.first else { return nil }
        var groups: [Int: [Days.Row]] = [:]
        for row in rows where own.isDisjoint(with: row.labels) {
            guard let label = row.labels.first(where: { relation.labels[$0].name == kind }) else { continue }
            groups[label, default: []].append(row)
        }
        return groups.sorted { $0.key < $1.key }.compactMap { key, rows in Span(rows).map { (key, $0) } }
    }

    private func text(_ label: Int) -> String { statement.relation.labels[label].text }

    // MARK: - Of two

    /// `A was released earlier than B`, `A is older than B`, `A was tested before B`.
    private func order(_ index: Int) -> Statement.Finding? {
        guard let age = Lexicon.earlier[tokens[index].text], let sides = sides(index) else { return nil }
        let isWrong = age == .earliest ? sides.left.first > sides.right.last : sides.left.last < sides.right.first
        guard isWrong else { return nil }
        return Statement.Finding(
            tokens: sides.tokens, rule: .I03,
            evidence: "\(ReportDate(days: sides.left.first).text), \(ReportDate(days: sides.right.first).text)",
            message: "By the data it is the other way round.")
    }

    private func sides(_ index: Int) -> (left: Span, right: Span, tokens: Range<Int>)? {
        let clause = statement.clause(around: index)
        let isOfAge = ["older", "newer", "younger", "predates", "predated"].contains(tokens[index].text)
        let events =
            isOfAge
            ? days.events.indices.filter { days.events[$0].line == Lexicon.releasing }
            : events(in: clause.lowerBound..<index)
        let owners = owners(clause, events)
        guard let left = owners.last(where: { $0.tokens.upperBound <= index }),
            let right = owners.first(where: { $0.tokens.lowerBound > index }), left.group == right.group,
            owners.count(where: { $0.group == left.group }) == 2,
            isPlain(left.tokens.upperBound..<index), isPlain(index + 1..<right.tokens.lowerBound),
            let (one, other) = span(left, events).flatMap({ one in span(right, events).map { (one, $0) } })
        else { return nil }
        return (one, other, left.tokens.lowerBound..<right.tokens.upperBound)
    }

    /// Only small words, words of events and amounts of days.
    private func isPlain(_ range: Range<Int>) -> Bool {
        range.count <= DayOrders.reach
            && range.allSatisfy { place in
                let token = tokens[place]
                return token.isMark("*_`\"") || Lexicon.stop.contains(token.text) || Lexicon.events[token.text] != nil
                    || Lexicon.copulas.contains(token.text) || token.number != nil
                    || MeasuredUnit(token.text)?.dimension == .time
                    || token.isWord && Lexicon.things.contains(stem(token.text))
            }
    }

    // MARK: - Days between

    /// `17 days after B`, `17 days lie between A and B`, `passed between the oldest and the newest`.
    private func between(_ figure: Figure) -> Verdict? {
        guard let unit = figure.unit, unit.factor >= 86_400, figure.hedge == .exact, figure.quantity.isWhole else {
            return nil
        }
        let behind = tokens[(figure.token + 1)...].prefix(4)
        let gaps: [Int]?
        var direction: Bool?
        if let order = behind.indices.first(where: { Lexicon.earlier[tokens[$0].text] != nil }),
            let sides = sides(order)
        {
            gaps = self.gaps(sides.left, sides.right)
            direction = (Lexicon.earlier[tokens[order].text] == .latest) == (sides.left.first >= sides.right.first)
        } else {
            gaps = ends(figure)
        }
        guard let gaps, !gaps.isEmpty, direction ?? true else { return nil }
        let amount = figure.quantity.value * unit.factor / 86_400
        let slack = unit.factor / 86_400 - 1
        if gaps.contains(where: { abs(Double($0) - amount) <= slack }) {
            return .derivable("between two days of the data")
        }
        return .contradicted(.I02, "\(gaps[0]) days", "By the data there are \(gaps[0]) days between them.")
    }

    private func gaps(_ left: Span, _ right: Span) -> [Int] {
        [
            abs(left.first - right.first), abs(left.last - right.last), abs(left.first - right.last),
            abs(left.last - right.first),
        ]
    }

    private func ends(_ figure: Figure) -> [Int]? {
        let clause = statement.clause(around: figure.token)
        guard let link = clause.first(where: { tokens[$0].text == "between" }),
            clause.contains(where: { Lexicon.passing.contains(tokens[$0].text) && $0 != link })
        else { return nil }
        let behind = link + 1..<clause.upperBound
        let events = events(in: clause)
        let owners = owners(behind, events)
        if owners.count == 2, owners[0].group == owners[1].group, let one = span(owners[0], events),
            let other = span(owners[1], events)
        {
            return gaps(one, other)
        }
        // From the first to the last of all.
        let words = behind.map { tokens[$0].text }
        let isOfEnds =
            words.contains { Lexicon.ages[$0] == .earliest || $0 == "first" }
            && words.contains { Lexicon.ages[$0] == .latest || $0 == "last" }
        guard owners.isEmpty, isOfEnds, let all = Span(days.rows([], of: events)) else { return nil }
        return [all.last - all.first]
    }
}
