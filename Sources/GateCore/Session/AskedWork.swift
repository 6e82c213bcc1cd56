/// What a command asked of the model server: evidence of what its figures are figures of.
public struct AskedWork: Codable, Sendable, Equatable {
    /// Calls of each run that counts, in order.
    public let calls: [Int]
    /// The same of each stage; sorted by name.
    public let stages: [AskedStage]
}

/// The same of one stage.
public struct AskedStage: Codable, Sendable, Equatable {
    public let name: StageName
    /// Calls of each run that counts, in order; 0 for a run without any.
    public let calls: [Int]
    /// As the calls name them, sorted.
    public let models: [String]
    /// Every set of options that was asked for, in words, sorted.
    public let options: [String]
    /// The prompt of each call by its place in the stage, as the first 16 digits of its digest; empty where the runs do not
    /// agree on it. Of the first calls only.
    public let prompts: [String]
}

extension AskedWork {
    /// Places of a stage whose prompts are kept.
    static let keptPrompts = 64

    /// Nil for runs that are none of a command.
    init?(of runs: [Run]) {
        let complete = runs.filter { !$0.isWarmup && $0.isComplete && $0.command != nil }
        guard !complete.isEmpty else { return nil }
        let calls = complete.map { $0.stages.flatMap(\.exchanges) }
        let names = Set(calls.joined().map(\.stage)).sorted()
        self.init(
            calls: calls.map(\.count),
            stages: names.map { name in AskedStage(name, calls.map { run in run.filter { $0.stage == name } }) })
    }
}

extension AskedStage {
    fileprivate init(_ name: StageName, _ runs: [[Exchange]]) {
        let requests = runs.joined().compactMap(\.request)
        let places = min(AskedWork.keptPrompts, runs.map(\.count).max() ?? 0)
        self.init(
            name: name, calls: runs.map(\.count), models: Set(requests.compactMap(\.model)).sorted(),
            options: Set(requests.map(\.optionWords)).sorted(),
            prompts: (0..<places).map { place in
                let digests = Set(runs.map { place < $0.count ? String($0[place].prompt.sha256.prefix(16)) : "" })
                return digests.count == 1 ? digests.first ?? "" : ""
            })
    }
}

extension AskedRequest {
    /// `max_tokens 64, temperature 0`; `none` where there are none.
    fileprivate var optionWords: String {
        options.isEmpty ? "none" : options.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }
}

extension Session {
    /// What the command of an arm asked for in the runs that count; nil for any other workload.
    public func asked(by arm: Arm) -> AskedWork? { AskedWork(of: measuredRuns(of: arm)) }
}
