public import GateCore
public import GateVerdict

/// What became of the cases of one call, as far as a report shows it: all are counted, those that block or were not decided
/// are kept before those that passed.
public struct JudgedCases: Sendable {
    /// One of them.
    struct Judged: Sendable {
        /// Counted from 1.
        let number: Int
        let id: String
        let verdict: CaseVerdict
    }

    /// What somebody must look at.
    struct Remark: Sendable {
        let id: String
        /// Nil where the whole case is meant.
        let metric: String?
        let outcome: String
        let words: String
        /// False of what was not decided, which blocks only where that is asked for.
        let isDecided: Bool
    }

    /// Why the call ended before its last case.
    public struct Stop: Sendable {
        let message: String
        let remedy: String
        let exitCode: Int
    }

    /// Under which reports of later calls stand, too.
    static let workload = "judge"
    /// Of each kind; a report shows no more.
    static let mostKept = JUnitDocument.maximumCases

    /// Where the cases came from, as reports of later calls call it, too.
    let source: String
    let toolVersion: String
    let startedAt: UTCTime
    let inconclusive: InconclusivePolicy
    private(set) var counts: [OverallVerdict: Int] = [:]
    private(set) var stop: Stop?
    /// From the start to the end.
    private(set) var seconds = 0.0
    private var doubtful: [Judged] = []
    private var passed: [Judged] = []

    public init(source: String, toolVersion: String, startedAt: UTCTime, inconclusive: InconclusivePolicy) {
        self.source = source
        self.toolVersion = toolVersion
        self.startedAt = startedAt
        self.inconclusive = inconclusive
    }

    public mutating func add(id: String, _ verdict: CaseVerdict) {
        counts[verdict.overall, default: 0] += 1
        let judged = Judged(number: count, id: id, verdict: verdict)
        switch verdict.overall {
        case .pass, .improvement: if passed.count < JudgedCases.mostKept { passed.append(judged) }
        default: if doubtful.count < JudgedCases.mostKept { doubtful.append(judged) }
        }
    }

    /// - Parameter seconds: from the start to here.
    public mutating func end(seconds: Double) { self.seconds = seconds }

    /// An end that came too early: what was judged before stands.
    ///
    /// - Parameter seconds: from the start to here.
    public mutating func end(seconds: Double, exitCode: Int, message: String, remedy: String) {
        self.seconds = seconds
        stop = Stop(message: message, remedy: remedy, exitCode: exitCode)
    }

    /// All of them, those that are not kept, too.
    var count: Int { counts.values.reduce(0, +) }

    /// In their order.
    var kept: [Judged] { (doubtful + passed).sorted { $0.number < $1.number } }

    /// What they come to; a call that was stopped judged too little for that.
    public var overall: OverallVerdict {
        let worst = OverallVerdict.worst(of: counts.keys) ?? .infrastructureError
        return stop == nil ? worst : OverallVerdict.worst(of: [worst, .infrastructureError]) ?? worst
    }

    /// The status that the call ends with.
    public var exitCode: Int {
        if let stop { return stop.exitCode }
        return Int(overall.exit(inconclusive: inconclusive).rawValue)
    }

    /// `300 cases: regression 1, pass 299.`
    var headline: String {
        let parts = OverallVerdict.allCases.compactMap { verdict in
            counts[verdict].map { "\(verdict.caseWord.replacing("_", with: " ")) \($0)" }
        }
        return "\(DisplayFormat.count(count, "case"))\(parts.isEmpty ? "" : ": ")\(parts.joined(separator: ", "))."
    }
}

extension JudgedCases.Judged {
    /// One for each metric that made the verdict; none of a case that passed.
    var remarks: [JudgedCases.Remark] {
        guard ![.pass, .improvement].contains(verdict.overall) else { return [] }
        let metrics = verdict.metrics.filter { $0.finding.outcome.blocks || $0.finding.outcome == .inconclusive }
        guard !metrics.isEmpty else {
            return [remark(nil, verdict.overall.caseWord, verdict.reason, isDecided: verdict.overall != .inconclusive)]
        }
        return metrics.map {
            remark(
                $0.name, $0.finding.outcome.rawValue, $0.finding.sentences,
                isDecided: $0.finding.outcome != .inconclusive)
        }
    }

    private func remark(
        _ metric: String?, _ outcome: String, _ words: String, isDecided: Bool
    ) -> JudgedCases.Remark {
        JudgedCases.Remark(
            id: id, metric: metric, outcome: outcome.replacing("_", with: " "), words: words, isDecided: isDecided)
    }
}

extension Outcome {
    fileprivate var blocks: Bool { isRegression || self == .invalid }
}

extension OverallVerdict {
    /// In the words of a case, which knows nothing of servers.
    public var caseWord: String { self == .infrastructureError ? Outcome.invalid.rawValue : rawValue }
}

extension MetricFinding {
    /// What led to it, and what to do about it.
    public var sentences: String { [reason, remedy].filter { !$0.isEmpty }.joined(separator: ". ") }
}
