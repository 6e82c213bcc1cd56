public import GateVerdict

/// Several workloads that were judged together, as every report tells of them.
public struct JointInput: Sendable {
    /// One of the workloads.
    public struct Report: Sendable {
        public enum Content: Sendable {
            case judged(ReportInput)
            /// What came before there was anything to judge.
            case notMeasured(FailedAttempt)
        }

        public let part: JointJudgement.Part
        public let content: Content

        public init(part: JointJudgement.Part, content: Content) {
            self.part = part
            self.content = content
        }
    }

    public let judgement: JointJudgement
    /// In the order of the judgement's workloads.
    public let reports: [Report]

    public init(judgement: JointJudgement, reports: [Report]) {
        self.judgement = judgement
        self.reports = reports
    }
}

extension JUnitSuite {
    /// Under the workload's name, whatever the session calls it.
    init(joint report: JointInput.Report) {
        switch report.content {
        case .judged(let input): self.init(input)
        case .notMeasured(let attempt): self.init(attempt)
        }
        workload = report.part.name
    }
}
