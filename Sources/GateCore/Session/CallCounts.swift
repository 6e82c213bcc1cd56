/// How many calls decide a session's verdicts, and how many of them ended badly.
public struct CallCounts: Codable, Sendable, Equatable {
    /// Calls.
    public let all: Int
    /// Those that failed.
    public let invalid: Int

    public init(all: Int, invalid: Int) {
        self.all = all
        self.invalid = invalid
    }

    /// nil where no call was made.
    public var invalidShare: Double? { all == 0 ? nil : Double(invalid) / Double(all) }
}

extension Exchange {
    /// True for a call that was not answered as it should be. One that the command itself did not wait for is none: what it
    /// did not want, nobody failed to give.
    package var isFailed: Bool {
        if case .invalid(let reason) = outcome { reason.kind != .cancelled } else { false }
    }
}

extension Session {
    /// The windows that count, in order.
    public var measuredWindows: [LoadWindow] { measuredRuns.compactMap(\.load) }

    /// The decisive calls of a stage, or of all stages for the scope of the run.
    public func callCounts(of stage: StageName = .run) -> CallCounts {
        let calls = decisiveExchanges.filter { stage == .run || $0.exchange.stage == stage }
        let windows = stage == .run || stage == .load ? measuredWindows : []
        return CallCounts(
            all: calls.count + windows.reduce(0) { $0 + $1.requests },
            invalid: calls.count { $0.exchange.isFailed } + windows.reduce(0) { $0 + $1.invalid })
    }

    /// True where there are figures: a valid call, and of a command also a run that did its work; or those of another tool.
    public var hasMeasured: Bool {
        if workload == .imported { return measuredRuns.contains(where: \.isComplete) }
        return hasValidCall && (configuration.command == nil || measuredRuns.contains(where: \.isComplete))
    }

    /// True where at least one valid call was measured.
    public var hasValidCall: Bool {
        let counts = callCounts()
        return counts.all > counts.invalid
    }
}
