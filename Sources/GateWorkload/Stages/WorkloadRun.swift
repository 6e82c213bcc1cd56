public import GateCore

/// What one run leaves behind: its figures for the session, and its files.
public struct WorkloadRun: Sendable {
    public let run: Run
    public let corpus: Corpus
    /// Markdown; nil where a stage failed, so that nothing was written.
    public let report: String?
    /// What the model wrote of the report, as it came; nil where there is no report.
    public let modelText: String?
    /// The collector's inventory as a report of its own (dual workload); nil elsewhere.
    public let inventory: String?
    public let facts: FactsFile
    /// One for each valid call, in order.
    public let recordings: [ExchangeRecording]
}

/// How far a run is, for people who wait.
public enum RunProgress: Sendable, Equatable {
    case ingested(files: Int, facts: Int)
    case stageStarted(StageName)
    /// - Parameter throughput: tokens a second; nil where it is not known.
    case stageEnded(StageName, ExchangeOutcome, tokens: Int?, wallSeconds: Double, throughput: Double?)
    case retrying(StageName, attempt: Int, InvalidCall)
    case commandStarted(program: String)
    /// A command has ended with so many calls; why it failed, where it did.
    case commandEnded(RunFailure?, calls: Int, wallSeconds: Double)
}
