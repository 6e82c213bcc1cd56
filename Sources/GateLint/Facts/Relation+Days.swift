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
}
