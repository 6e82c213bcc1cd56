internal import GateCore
internal import GateVocabulary

/// A day that a sentence tells of what it names: `MariaDB was released in November 2022`, `the runs of A were made on 4 May`.
///
/// It is wrong where the data has days of just this for it, and none of them is the one.
struct OwnedDays {
    let relation: Relation
    let phrase: Phrase
    let reading: Reading
    private var days: Days { relation.days }

    /// Of more days any may be meant.
    private static let most = 12

    func judge(_ date: ReportDate, _ token: Int) -> Verdict? {
        guard phrase.kind == .sentence, !days.rows.isEmpty, !isEnd(token), case let clause = clause(around: token),
            !clause.contains(where: { isOpen(phrase.tokens[$0].text) })
        else { return nil }
        let events = self.events(in: clause)
        let names = owners(of: token, in: clause, events)
        guard !events.isEmpty, !names.isEmpty else { return nil }
        let own = Set(days.rows(names, of: events).map(\.day))
        guard !own.isEmpty, own.count <= OwnedDays.most else { return nil }
        let written = own.sorted().map { ReportDate(days: $0) }
        if written.contains(where: { fits(date, $0) }) {
            return .grounded("a day of it: \(written[0].text)")
        }
        return .contradicted(
            .G04, written.prefix(3).map(\.text).joined(separator: ", "), "By the data it is another day.")
    }

    private func fits(_ date: ReportDate, _ other: ReportDate) -> Bool {
        guard date.hasYear else { return date.month == other.month && date.day == other.day }
        return date.isSameMonth(as: other) && (date.day == nil || date.day == other.day)
    }

    /// `between 3 May and 4 May`, `before 4 May`: no day on which it was.
    private func isEnd(_ token: Int) -> Bool {
        let before = phrase.tokens[..<token].suffix(3).filter { $0.isWord || $0.isMark("-–") }
        return before.contains { Lexicon.dayBounds.contains($0.text) || $0.isMark("-–") }
            || phrase.tokens.dropFirst(token + 1).first.map {
                ["and", "to", "or", "until", "–", "-"].contains($0.text)
            }
                ?? false
    }

    private func isOpen(_ word: String) -> Bool {
        Lexicon.negations.contains(word) || Lexicon.modals.contains(word) || Lexicon.wishes.contains(word)
    }

    /// To the next clause or day on either side.
    private func clause(around token: Int) -> Range<Int> {
        let tokens = phrase.tokens
        let isEnd = { (place: Int) in
            tokens[place].isMark(";:") || Lexicon.clauseWords.contains(tokens[place].text)
                || place != token && tokens[place].date != nil
        }
        let start = (0..<token).last(where: isEnd).map { $0 + 1 } ?? 0
        return start..<((token + 1..<tokens.count).first(where: isEnd) ?? tokens.count)
    }

    private func events(in clause: Range<Int>) -> [Int] {
        let words = clause.filter { place in
            phrase.tokens[place].isWord
                && !reading.entities.contains { $0.isWhole && !$0.isKey && $0.tokens.contains(place) }
        }
        return Set(words.flatMap { days.events(of: phrase.tokens[$0].text) }).sorted()
    }

    /// The labels of all that the clause names of what has such days; none where it names two of a kind.
    private func owners(of token: Int, in clause: Range<Int>, _ events: [Int]) -> [Set<Int>] {
        let named = reading.entities.filter {
            clause.overlaps($0.tokens) && !$0.tokens.contains(token) && days.knows($0.labels, events)
        }
        guard named.contains(where: { $0.isWhole && !$0.isKey }),
            Dictionary(grouping: named, by: \.group).values.allSatisfy({ same in
                same.allSatisfy { $0.rows == same[0].rows }
            }), named.allSatisfy({ $0.isWhole || $0.isKey }),
            named.allSatisfy({ relation.isAlone($0, among: events, phrase) })
        else { return [] }
        return named.map { Set($0.labels) }
    }
}

extension Relation {
    /// No other rows with such days share its words: what is said of them would be said of it.
    func isAlone(_ entity: Reading.Entity, among events: [Int], _ phrase: Phrase) -> Bool {
        guard entity.wide.allSatisfy({ contains(entity.rows, $0) }) else { return false }
        let words = phrase.tokens[entity.tokens].map(\.text).filter { $0.utf8.count > 2 }
        let own = Set(entity.labels)
        return days.rows([], of: events).allSatisfy { row in
            !own.isDisjoint(with: row.labels)
                || !row.labels.contains { label in words.contains { labels[label].text.lowercased().contains($0) } }
        }
    }
}

extension ReportDate {
    /// Of the proleptic Gregorian calendar, by the days since 1970-01-01.
    ///
    /// Source: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    init(days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.month = month
        self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    }
}
