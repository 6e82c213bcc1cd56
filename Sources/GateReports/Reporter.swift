public import GateCore
public import GateVerdict

/// One format in which a judgement is told. Pure: what is rendered is returned, writing it is somebody else's job.
public protocol Reporter: Sendable {
    func render(_ input: ReportInput) throws -> String
}

/// Everything that a report can tell of.
public struct ReportInput: Sendable {
    public let session: Session
    public let judgement: Judgement
    /// For the differences between then and now; nil where there is none.
    public let baseline: Baseline?
    /// Wall time from the start of the session to its end; the session's own figures where nobody held a clock.
    public let seconds: Double
    /// Where the summary is found, as given to the user; nil where none is written.
    public let summaryFile: String?
    /// Where the pipeline's platform shows the files that findings name; nil where that is not known.
    public let links: SourceLinks?

    public init(
        session: Session, judgement: Judgement, baseline: Baseline? = nil, seconds: Double? = nil,
        summaryFile: String? = nil, links: SourceLinks? = nil
    ) {
        self.session = session
        self.judgement = judgement
        self.baseline = baseline
        self.seconds = seconds ?? session.wallSeconds
        self.summaryFile = summaryFile
        self.links = links
    }
}

extension ReportInput {
    /// What was measured, where there was nothing to compare it with: `new` what would be judged.
    var measured: [Verdict] {
        guard judgement.evidence == .nothing, let policy = judgement.policy else { return [] }
        let samples = session.headAlone.samples()
        return policy.demands.compactMap { demand in
            guard let metric = MetricCatalogue.metric(demand.check.metric),
                let observed = SampleSummary(samples[demand.check]?.values ?? [])
            else { return nil }
            return Verdict(
                check: demand.check, demand: .tolerance, outcome: demand.tolerance == nil ? .informational : .new,
                unit: metric.unit, direction: metric.direction, baseline: nil, observed: observed, change: nil,
                tolerance: demand.tolerance, budget: nil, explanation: "", remedy: "")
        }
    }

    /// Where the session is, as given to the user; nil where that is not known.
    var folder: String? {
        summaryFile.flatMap { file in file.lastIndex(of: "/").map { String(file[..<$0]) } }
    }
}

extension Session {
    /// What answered, or what measured in its stead: `model`, `m`, then `imported from`, `hyperfine 1.20`; of what is not known
    /// nothing.
    var subjects: [(what: String, name: String)] {
        let tool: [(String, String)] = origin.server == nil ? [(origin.words.what, origin.words.value)] : []
        return (model.name.isEmpty ? [] : [("model", model.name)]) + tool
    }

    /// The wall times of all runs, warm-up included: each run's own, or that of its stages where it did not finish.
    fileprivate var wallSeconds: Double {
        runs.reduce(0) { sum, run in
            sum
                + (run.load?.wallSeconds ?? run.measurements["workflow"] ?? run.stages.reduce(0) { $0 + $1.wallSeconds })
        }
    }
}
