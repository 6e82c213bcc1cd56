import GateCore
import GateVerdict

/// One remark that a platform shows beside the job, or beside a line of a file.
struct Annotation: Equatable {
    enum Level: String, CaseIterable {
        case error
        case warning
        case notice
    }

    struct Place: Equatable {
        let file: String
        /// Counted from 1.
        let line: Int
        /// Counted from 1; the end is exclusive.
        let columns: Range<Int>
    }

    let level: Level
    /// nil for what is about the whole.
    var place: Place?
    var title: String
    let message: String
}

extension Annotation {
    /// How many of one level are shown of one step: GitHub shows no more of them.
    static let mostPerLevel = 10

    /// No more of each level than are shown; where some are left out, the last one says how many.
    ///
    /// - Parameter rest: where the others are.
    static func capped(_ annotations: [Annotation], rest: String) -> [Annotation] {
        Level.allCases.flatMap { level -> [Annotation] in
            let all = annotations.filter { $0.level == level }
            guard all.count > mostPerLevel else { return all }
            let shown = all.prefix(mostPerLevel - 1)
            return shown + [
                Annotation(
                    level: level, title: "chimera-gate: more", message: "\(all.count - shown.count) more \(rest)")
            ]
        }
    }

    /// What somebody must look at, what blocks first.
    static func all(of input: ReportInput) -> [Annotation] {
        let judgement = input.judgement
        let conclusion = Conclusion(judgement)
        let failures = judgement.failures.map { Annotation(.error, $0.kind.words, $0.message, $0.remedy) }
        let verdicts = conclusion.reasons.map { verdict in
            let causes = (judgement.causes ?? []).filter { $0.stage == verdict.check.stage }.map(\.words)
            return Annotation(
                verdict.outcome == .inconclusive ? .warning : .error, verdict.outcome.words,
                ([verdict.explanation] + causes).joined(separator: "; "), verdict.remedy)
        }
        let quality = (judgement.quality?.reasons ?? []).map { line in
            Annotation(
                line.outcome == .inconclusive ? .warning : .error, line.outcome.words, line.explanation, line.remedy)
        }
        let warnings = judgement.warnings.map { Annotation(.warning, "warning", $0.message, $0.remedy) }
        return failures + verdicts + quality + findings(of: input) + warnings
    }

    /// The same of several workloads, each under its name: the first of each, then the second of each, so that one of which
    /// there is much to say leaves room for the others.
    static func all(of joint: JointInput) -> [Annotation] {
        let parts = joint.reports.sorted { $0.rank < $1.rank }.map { report in
            let own =
                switch report.content {
                case .judged(let input): all(of: input)
                case .notMeasured(let attempt): [Annotation(attempt)]
                }
            return own.map { annotation in
                var named = annotation
                named.title = "\(report.part.name): \(annotation.title)"
                return named
            }
        }
        let turns = (0..<(parts.map(\.count).max() ?? 0)).flatMap { turn in
            parts.compactMap { $0.dropFirst(turn).first }
        }
        return turns + joint.judgement.warnings.map { Annotation(.warning, "warning", $0.message, $0.remedy) }
    }

    static func all(of cases: JudgedCases) -> [Annotation] {
        let stop = cases.stop.map { Annotation(.error, "ended before the last case", $0.message, $0.remedy) }
        let remarks = cases.kept.flatMap(\.remarks).map { remark in
            Annotation(
                remark.isDecided ? .error : .warning, remark.outcome,
                "case \(remark.id)\(remark.metric.map { ", \($0)" } ?? ""): \(remark.words)", "")
        }
        return [stop].compactMap(\.self) + remarks
    }

    /// Of a call that ended without a judgement.
    init(_ attempt: FailedAttempt) {
        self.init(.error, attempt.isInterrupted ? "interrupted" : "could not run", attempt.message, attempt.remedy)
    }

    /// Those that block, in the report itself.
    private static func findings(of input: ReportInput) -> [Annotation] {
        guard let quality = input.judgement.quality, quality.isRegression else { return [] }
        let folder = input.folder.map { "\($0)/" } ?? ""
        let blocking = quality.worst.filter { found in
            found.finding.severity == .error && quality.exceeded?.contains(found.finding.rule) != false
        }
        return blocking.map { Annotation($0.finding, file: folder + $0.file) }
    }

    /// A finding at its place.
    init(_ finding: Finding, file: String) {
        self.init(
            level: Level(finding.severity),
            place: Place(
                file: file, line: finding.place.line,
                columns: finding.place.columnStart..<max(finding.place.columnStart, finding.place.columnEnd)),
            title: "\(finding.rule.rawValue) \(finding.rule.title)", message: finding.explained)
    }

    init(_ level: Level, _ words: String, _ message: String, _ remedy: String) {
        self.init(
            level: level, title: "chimera-gate: \(words)",
            message: remedy.isEmpty ? message : message + (message.hasSuffix(".") ? " " : ". ") + remedy)
    }
}

extension Annotation.Level {
    init(_ severity: Severity) {
        switch severity {
        case .error: self = .error
        case .warning: self = .warning
        case .info: self = .notice
        }
    }
}
