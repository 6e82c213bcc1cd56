public import GateCore

/// Everything that `index.html` shows.
public struct PageInput: Sendable {
    /// One call, as it was recorded.
    public struct Call: Sendable {
        /// The run's number.
        public let run: Int
        public let recording: ExchangeRecording

        public init(run: Int, recording: ExchangeRecording) {
            self.run = run
            self.recording = recording
        }
    }

    /// One report with what was found in it.
    public struct Report: Sendable {
        /// The run's number.
        public let run: Int
        /// Relative to the session directory.
        public let file: String
        public let text: String
        public let findings: [Finding]

        public init(run: Int, file: String, text: String, findings: [Finding]) {
            self.run = run
            self.file = file
            self.text = text
            self.findings = findings
        }
    }

    public let judged: ReportInput
    /// Of measured runs, in their order.
    public let calls: [Call]
    /// Of measured runs, in their order.
    public let reports: [Report]

    public init(judged: ReportInput, calls: [Call] = [], reports: [Report] = []) {
        self.judged = judged
        self.calls = calls
        self.reports = reports
    }
}
