import GateCore

/// Where the calls of a command are seen while it runs.
struct CallSource {
    /// `http://127.0.0.1:PORT`, where it sends them to.
    let address: String
    /// How far those under way are; nil while none is.
    let underWay: ProgressNotes.UnderWay
    /// Ends it, with whatever is still under way, and gives the calls in the order in which they began.
    let finish: () -> [SeenCall]
}

/// One call of a command.
struct SeenCall {
    /// The value of the header that names stages; nil where the call has none.
    let stageHeader: String?
    let model: String?
    /// The texts of the prompt: of each message one, or several.
    let texts: [String]
    /// By CLOCK_MONOTONIC.
    let beganNs: Int64
    let endedNs: Int64
    /// From its request to the end of its answer.
    var seconds: Double { Double(max(0, endedNs - beganNs)) / 1e9 }

    /// As a session keeps it.
    let exchange: (_ id: String, _ stage: StageName) -> Exchange
    /// What was said in it; nil where that was not kept.
    let recording: (_ id: String, _ stage: StageName) -> ExchangeRecording?
}

extension [SeenCall] {
    /// Each call as a stage of its own, by its name.
    func stages(_ names: [StageName], run: Int) -> [StageResult] {
        zip(self, names).enumerated().map { index, pair in
            let (call, name) = pair
            return StageResult(
                name: name, agent: "command", wallSeconds: call.seconds,
                exchanges: [call.exchange("run-\(run)/call-\(index + 1)", name)])
        }
    }

    /// What was said in those that have an answer.
    func recordings(_ names: [StageName], run: Int) -> [ExchangeRecording] {
        zip(self, names).enumerated().compactMap { index, pair in
            pair.0.recording("run-\(run)/call-\(index + 1)", pair.1)
        }
    }
}
