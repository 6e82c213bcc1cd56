internal import GateCore
internal import GateVocabulary

/// The report's date and the dates of the data.
struct DateClaims {
    let binder: Binder
    let relation: Relation
    let ingest: IngestFacts?
    let generated: ReportDate?

    init(_ binder: Binder, _ relation: Relation, _ ingest: IngestFacts?, generated: ReportDate?) {
        self.binder = binder
        self.relation = relation
        self.ingest = ingest
        self.generated = generated
    }

    /// Nil where the date is no claim.
    func judge(_ index: Int, _ token: Int) -> Verdict? {
        let phrase = binder.phrases[index]
        guard let written = phrase.tokens[token].date, phrase.kind != .data else { return nil }
        let date = written.inYear(of: generated ?? ingest?.latest.values.max { $0.days < $1.days })
        if DateClaims.isReportDate(token, phrase, binder, index) { return reportDate(date) }
        let owned = OwnedDays(relation: relation, phrase: phrase, reading: binder.readings[index])
        if isElsewhere(date, phrase) { return owned.judge(date, token) }
        guard !phrase.isProposal, !(isPlanned(phrase) && generated.map { date.days > $0.days } ?? true) else {
            return nil
        }
        return owned.judge(date, token) ?? dataDate(date, index, token)
    }

    /// The next day of what was done is no plan.
    private func isPlanned(_ phrase: Phrase) -> Bool {
        phrase.tokens.indices.contains { index in
            let next = index + 1 < phrase.tokens.count ? phrase.tokens[index + 1].text : ""
            return plans.contains(phrase.tokens[index].text)
                && !(phrase.tokens[index].text == "next" && ["day", "morning", "night"].contains(next))
        }
    }

    /// `**Date:** …`, `Report date: …`, `Prepared on …`
    private static func isReportDate(_ token: Int, _ phrase: Phrase, _ binder: Binder, _ index: Int) -> Bool {
        var words = phrase.tokens[..<token].filter(\.isWord).map(\.text)
        if phrase.isCell, words.isEmpty, let first = binder.row(of: phrase).first, first != index {
            words = binder.phrases[first].tokens.filter(\.isWord).map(\.text)
        }
        guard let last = words.last, words.count <= 4 else { return false }
        switch last {
        case "date":
            return words.count == 1
                || ["report", "publication", "prepared", "issue", "analysis", "generation"].contains(
                    words[words.count - 2])
        case "prepared", "generated", "published", "issued", "timestamp", "日期", "报告日期", "日付", "作成日", "날짜", "datum",
            "fecha":
            return words.count == 1
        case "on":
            return words.dropLast().last.map { ["prepared", "generated", "published", "issued"].contains($0) } ?? false
        default: return false
        }
    }

    /// What may be some day, and what was before any of the data.
    private func isElsewhere(_ date: ReportDate, _ phrase: Phrase) -> Bool {
        let days = (ingest?.latest.values.map(\.days) ?? []) + relation.dates.map(\.date.days)
        guard let first = days.min(), let last = days.max() else { return false }
        return date.days > last && phrase.has(Lexicon.modals) || date.days < first && phrase.has(Lexicon.histories)
    }

    private func reportDate(_ date: ReportDate) -> Verdict? {
        guard let generated else { return nil }
        if date.day == nil ? date.isSameMonth(as: generated) : date == generated {
            return .grounded("the run's date is \(generated.text)")
        }
        let isNear = date.day != nil && abs(date.days - generated.days) == 1
        return .contradicted(
            .G06, "the run's date is \(generated.text)",
            isNear ? "The report's date is one day off that of the run." : "The report's date is not that of the run.",
            isNear ? .warning : .error)
    }

    private func dataDate(_ date: ReportDate, _ index: Int, _ token: Int) -> Verdict? {
        let phrase = binder.phrases[index]
        let kinds = kinds(index, token)
        let isModified = ([phrase.tokens] + phrase.before.prefix(1).map { binder.phrases[$0].tokens }).contains {
            $0.contains { modified.contains($0.text) }
        }
        let latest = ingest?.latest ?? [:]
        if isModified || phrase.isCell, !kinds.isEmpty, case let dates = kinds.compactMap({ latest[$0] }),
            !dates.isEmpty
        {
            if dates.contains(where: { fits(date, $0) }) {
                return .grounded("latest \(kinds.joined(separator: ", ")): \(dates[0].text)")
            }
            return .contradicted(
                .G07, "latest \(kinds.joined(separator: ", ")): \(dates.map(\.text).joined(separator: ", "))",
                "No such files were modified last on \(date.text).", .warning)
        }
        let all = dataDates + (generated.map { [$0] } ?? [])
        guard all.count > (generated == nil ? 0 : 1) || ingest != nil else { return nil }
        if all.contains(where: { fits(date, $0) }) { return .grounded("a date of the data") }
        guard !all.isEmpty else {
            return .unsupported(.G07, "the data has no dates", "Nothing of the data has this date.")
        }
        if date.day == nil, let first = all.min(by: { $0.days < $1.days }),
            let last = all.max(by: { $0.days < $1.days }), date.days > first.days, date.days <= last.days
        {
            return .derivable("between the dates of the data")
        }
        guard isOfData(token, phrase) || isSaidOfData(date, index, token) else {
            return .unverifiable("That the data is of this day is not said.")
        }
        let newest = all.max { $0.days < $1.days }
        return .unsupported(
            .G07, newest.map { "latest in the data: \($0.text)" } ?? "", "Nothing of the data has this date.")
    }

    /// The sentence says that the data is of the date. A meeting, a deadline, another report have days of their own.
    private func isOfData(_ token: Int, _ phrase: Phrase) -> Bool {
        guard phrase.kind == .sentence else { return true }
        // What was done on an earlier date is not said of this one: `measured on 8 April and reviewed on 3 May`.
        let start =
            phrase.tokens[..<token].lastIndex { $0.date != nil }.flatMap { date in
                phrase.tokens[(date + 1)..<token].contains(where: isForeign) ? date + 1 : nil
            } ?? 0
        return phrase.tokens[start..<token].suffix(DateClaims.reach).contains {
            Lexicon.measured.contains($0.text) || modified.contains($0.text) || Lexicon.kinds[$0.text] != nil
        } || isJoined(token, phrase)
    }

    /// It is close to a day of the data, in words that tell of no other doing: written off it (`18 May` for `18 April`), or
    /// in the same month where what the data names stands beside it.
    private func isSaidOfData(_ date: ReportDate, _ index: Int, _ token: Int) -> Bool {
        let phrase = binder.phrases[index]
        guard let day = date.day, phrase.kind == .sentence, case let stretch = stretch(token, phrase),
            case let tokens = phrase.tokens[stretch],
            tokens.count(where: { $0.isWord && !Lexicon.stop.contains($0.text) }) > 1,
            !isPlanned(phrase), !tokens.contains(where: { $0.isMark(":") || isOther($0.text) })
        else { return false }
        let known = dataDates.filter { $0.day != nil }
        if known.contains(where: { $0.day == day && ($0.month == date.month || $0.year == date.year) }) { return true }
        guard known.contains(where: { $0.isSameMonth(as: date) }) else { return false }
        let reading = binder.readings[index]
        return reading.entities.contains { $0.tokens.overlaps(stretch) }
            || reading.metrics.contains { $0.isWhole && $0.tokens.overlaps(stretch) }
            || tokens.contains { $0.isWord && relation.kindTerms.contains(stem($0.text)) }
    }

    /// From the date before it, or the sentence's beginning, to the end of its clause.
    private func stretch(_ token: Int, _ phrase: Phrase) -> Range<Int> {
        let start = phrase.tokens[..<token].lastIndex { $0.date != nil }.map { $0 + 1 } ?? 0
        let end = phrase.tokens[(token + 1)...].firstIndex { $0.date != nil || $0.isMark(";") } ?? phrase.tokens.count
        return start..<end
    }

    private func isOther(_ word: String) -> Bool {
        Lexicon.histories.contains(word) || Lexicon.modals.contains(word)
            || Lexicon.doings.contains(word)
    }

    /// `on 3 May and 4 May`: it goes with a date that is one of the data.
    private func isJoined(_ token: Int, _ phrase: Phrase) -> Bool {
        phrase.tokens.indices.contains { other in
            guard other != token, let date = phrase.tokens[other].date else { return false }
            let between = phrase.tokens[(min(token, other) + 1)..<max(token, other)].map(\.text)
            return between.count <= DateClaims.reachOfJoined
                && ["and", "to", "until", "through", "–"].contains { between.contains($0) }
                && !between.contains(",") && isKnown(date)
        }
    }

    /// A word that a list of the data's days has no use for.
    private func isForeign(_ token: Token) -> Bool {
        token.isWord && !Lexicon.stop.contains(token.text) && Lexicon.kinds[token.text] == nil
            && !Lexicon.fileNouns.contains(token.text) && !Lexicon.measured.contains(token.text)
            && !modified.contains(token.text)
    }

    private func isKnown(_ date: ReportDate) -> Bool { dataDates.contains { fits(date, $0) } }

    /// When files were changed, and all days that stand in the data and in its names.
    private var dataDates: [ReportDate] {
        (ingest.map { $0.latest.values.sorted { $0.days < $1.days } + $0.namedDates } ?? [])
            + relation.dates.map(\.date)
    }

    /// Words between what was done to the data and when.
    private static let reach = 16
    /// Words between two dates that go together: `on 8 April and tuned ones on 9 April`.
    private static let reachOfJoined = 5

    private func fits(_ date: ReportDate, _ other: ReportDate) -> Bool {
        if !date.hasYear { return date.month == other.month && date.day == other.day }
        return date.day == nil || other.day == nil
            ? date.isSameMonth(as: other)
            : date.year == other.year && date.month == other.month && date.day == other.day
    }

    /// Kinds that the date speaks of: `JSON: October 2025`, `2025-10-08 for JSON`, a cell in the row of a kind.
    private func kinds(_ index: Int, _ token: Int) -> [String] {
        let phrase = binder.phrases[index]
        if phrase.isCell { return binder.row(of: phrase).first.map { binder.readings[$0].kinds.map(\.kind) } ?? [] }
        let dates = phrase.tokens.indices.filter { phrase.tokens[$0].date != nil }
        let kinds = binder.readings[index].kinds
        let owners = Attachment(phrase: phrase, figures: dates).attach(kinds.map { $0.token..<$0.token + 1 })
        let place = dates.firstIndex(of: token) ?? 0
        let own = owners[place].filter { $0.certainty < .loose }.map { kinds[$0.mention].kind }
        if !own.isEmpty { return Array(Set(own)).sorted() }
        guard kinds.isEmpty, phrase.isItem, let above = phrase.before.first else { return [] }
        let parents = Set(binder.readings[above].kinds.map(\.kind))
        return parents.count == 1 ? Array(parents) : []
    }

    private let modified: Set<String> = [
        "modified", "modification", "modifications", "changed", "update", "updated", "updates", "latest", "newest",
        "recent",
    ]
    private let plans: Set<String> = [
        "planned", "next", "milestone", "milestones", "review", "due", "deadline", "scheduled", "schedule", "follow",
        "upcoming",
    ]
}
