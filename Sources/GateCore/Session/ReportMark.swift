/// Why a run's report is not a whole one: how long it took is not how long a report takes.
public enum ReportMark: String, Codable, Sendable, CaseIterable {
    /// The answer was cut off.
    case truncated
    /// It goes round in circles.
    case runaway
}

extension [ReportMark] {
    /// `was cut off and goes round in circles`; nil for a whole report.
    public var words: String? {
        guard !isEmpty else { return nil }
        return map { $0 == .truncated ? "was cut off" : "goes round in circles" }.joined(separator: " and ")
    }
}

extension CheckID {
    /// True where the value grows with the length of the report.
    package var growsWithReport: Bool {
        switch stage {
        case .report: ["total", "eval", "tokens"].contains(metric)
        case .run: ["report", "workflow", "tokens"].contains(metric)
        default: false
        }
    }
}

extension Run {
    /// Nil where the server did not count them.
    fileprivate var reportTokens: Int? {
        stages.first { $0.name == .report }?.exchanges.last?.server.tokens
    }

    package var isMarked: Bool { reportMarks?.isEmpty == false }

    /// What all stages wrote together; nil where one of them was not counted.
    package var tokens: Int? {
        let counts = stages.compactMap { $0.exchanges.last?.server.tokens }
        return counts.count == stages.count ? counts.reduce(0, +) : nil
    }
}

extension Session {
    /// The numbers of the measured runs whose durations of the report do not count, because it is marked.
    ///
    /// None where every report is marked and all have the same length, as those of a model that always ends at its token
    /// cap: the same work can be compared, whatever it says.
    package var partialReports: Set<Int> {
        let complete = runs.filter { !$0.isWarmup && $0.isComplete }
        let marked = complete.filter(\.isMarked)
        let lengths = Set(marked.map(\.reportTokens))
        if marked.count == complete.count, lengths.count == 1, lengths.first != .some(nil) { return [] }
        return Set(marked.map(\.index))
    }

    /// What the runs that count have of reports.
    package var reportsKind: ReportsKind {
        let complete = measuredRuns.filter(\.isComplete)
        return ReportsKind(marked: complete.count(where: \.isMarked), of: complete.count)
    }

    /// The session with the marks of its reports as they are judged now.
    public func marking(_ reports: [ReportQuality]) -> Session {
        let marks = Dictionary(reports.map { ($0.run, $0.marks) }) { first, _ in first }
        var session = self
        for index in session.runs.indices {
            if let marks = marks[session.runs[index].index] { session.runs[index].reportMarks = marks }
        }
        return session
    }
}

/// Whether the reports of a session are whole ones.
package enum ReportsKind: Sendable, Equatable {
    /// All, or all but so few that these can be left out.
    case whole
    /// None is.
    case marked
    case mixed

    /// More reports than this share that are not whole leave too few.
    package static let largestMarkedShare = 0.2

    init(marked: Int, of count: Int) {
        if Double(marked) <= ReportsKind.largestMarkedShare * Double(count) {
            self = .whole
        } else {
            self = marked == count ? .marked : .mixed
        }
    }
}

extension ApprovedSession {
    /// Nil where nothing was approved of its reports.
    package var reportsKind: ReportsKind? {
        quality.map { ReportsKind(marked: $0.reports.count { !$0.marks.isEmpty }, of: $0.reports.count) }
    }
}
