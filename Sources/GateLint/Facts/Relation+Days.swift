internal import GateCore
internal import GateVocabulary

/// Days that the data has as seconds since 1970.
extension Relation {
    /// 2001 to 2100, in seconds.
    private static let moments = 1e9...4.1e9
    private static let words: Set<String> = ["time", "timestamp", "ts", "epoch", "date", "created", "started", "start"]

    /// `tstamp` is one written together.
    private static func isMoment(_ word: String) -> Bool { words.contains(word) || word.hasSuffix("stamp") }

    /// `"start_time": 1776254412.8` is the 15th of April 2026 in UTC.
    static func day(of fact: Fact, _ value: Double) -> ReportDate? {
        guard value >= moments.lowerBound, fact.dimension == .time || fact.dimension == .unknown,
            let seconds = [value, value / 1000, value / 1e6, value / 1e9].first(where: moments.contains),
            NameWords.words(of: fact.metric).contains(where: isMoment), let whole = Int64(checked: seconds)
        else { return nil }
        return ReportDate(iso: UTCTime(unixSeconds: whole).date)
    }

    /// Rows that are named by a day, by their other names.
    func rowsOfDays() -> [Days.Dated] {
        dateLabels.flatMap { date, label in
            labels[label].rows.map { row in
                Days.Dated(
                    labels: rows[row].labels.filter { $0 != label && !isPlace(labels[$0]) },
                    name: labelNames[labels[label].name], date: date)
            }
        }
    }

    /// A word of a file's name names no owner of what happened on a day.
    private func isPlace(_ label: Label) -> Bool {
        label.kind == .path || label.kind == .file && labelNames[label.name].isEmpty
    }

    /// `02/03/2026` is a day in March to some and one in February to others.
    static func writings(of date: String) -> [String] {
        let parts = date.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 ? [date, "\(parts[1])/\(parts[0])/\(parts[2])"] : [date]
    }
}

extension Relation.Column {
    /// The fact of a text is one of the same in another size of the unit.
    func isAlike(_ fact: Fact, _ other: MeasuredUnit) -> Bool {
        guard fact.source.isOfText, name == fact.metric, statistic == fact.statistic, let unit else { return false }
        return unit.isComparable(with: other) && unit.counted == other.counted && unit.per == other.per
    }
}

extension FactSource {
    /// Neither a column nor a key tells where it stands.
    var isOfText: Bool { line != nil && column == nil && pointer == nil }
}
