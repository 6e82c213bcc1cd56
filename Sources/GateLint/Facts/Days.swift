internal import GateCore
internal import GateVocabulary

/// Which row has which day: `Released` of a table, `started` of a run, a column of days that names rows.
struct Days: Sendable {
    struct Row: Sendable, Hashable {
        /// Of the relation, sorted.
        let labels: [Int]
        /// Into ``events``.
        let event: Int
        let day: Int
    }

    /// What happened on the days, by the words of the column's name; words of one meaning are one event.
    struct Event: Sendable, Hashable {
        /// Of ``Lexicon/events``; nil where the column is called by no such word.
        let line: Int?
        /// Stems of the column's words, where it is no line of the lexicon.
        let stems: [String]
    }

    private(set) var rows: [Row] = []
    private(set) var events: [Event] = []

    /// More tell of moments rather than of days, and each sentence would go through all of them.
    private static let most = 512

    /// A day before its labels are known to the relation.
    struct Dated: Sendable {
        let labels: [Int]
        let name: String
        let date: ReportDate
    }

    init() {}

    init(_ dated: [Dated]) {
        guard dated.count <= Days.most else { return }
        var known: [Event: Int] = [:]
        var seen: Set<Row> = []
        for one in dated where one.date.day != nil && !one.labels.isEmpty {
            let event = Days.event(one.name)
            let place = known[event] ?? events.count
            if place == events.count {
                known[event] = place
                events.append(event)
            }
            let row = Row(labels: one.labels.sorted(), event: place, day: one.date.days)
            if seen.insert(row).inserted { rows.append(row) }
        }
    }

    private static func event(_ name: String) -> Event {
        let words = NameWords.words(of: name)
        if let line = words.lazy.compactMap({ Lexicon.events[$0] }).first { return Event(line: line, stems: []) }
        // `day`, `timestamp` of a run: when it was.
        guard words.contains(where: { !Lexicon.moments.contains($0) }) else {
            return Event(line: Lexicon.running, stems: [])
        }
        return Event(line: nil, stems: words.map(stem).filter { !Lexicon.moments.contains($0) }.sorted())
    }

    /// Events that a word of a text tells of.
    func events(of word: String) -> [Int] {
        let line = Lexicon.events[word]
        let stem = stem(word)
        return events.indices.filter { place in
            line.map { events[place].line == $0 } ?? false || events[place].stems.contains(stem)
        }
    }

    /// Rows that have a label of each of the names.
    func rows(_ names: [Set<Int>], of events: [Int]) -> [Row] {
        rows.filter { row in events.contains(row.event) && names.allSatisfy { !$0.isDisjoint(with: row.labels) } }
    }

    /// Whether any row has one of the labels.
    func knows(_ labels: [Int], _ events: [Int]) -> Bool {
        let labels = Set(labels)
        return rows.contains { events.contains($0.event) && !labels.isDisjoint(with: $0.labels) }
    }
}
