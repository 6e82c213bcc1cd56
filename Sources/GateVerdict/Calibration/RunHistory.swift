import GateCore

/// Runs of software that did not change, job by job: the noise that a calibration draws from.
///
/// A run keeps all its metrics together, because they rise and fall together, and runs keep their order, because runs
/// that follow each other resemble each other.
public struct RunHistory: Sendable, Equatable {
    /// A metric that cannot be drawn, and why.
    public struct Unusable: Sendable, Equatable {
        public let name: String
        public let reason: String
    }

    /// Names of the metrics that are drawn, sorted; columns of ``jobs``.
    public let metrics: [String]
    /// Logarithms of the values: job, run in the order of measuring, metric. At least two runs in some job.
    public let jobs: [[[Double]]]
    public let unusable: [Unusable]

    /// True where there are enough jobs to tell how much they differ.
    public var tellsEffectOfSession: Bool { jobs.count >= SessionEffect.fewestSessions }

    public var runs: Int { jobs.reduce(0) { $0 + $1.count } }

    /// - Parameters:
    ///   - sessions: one for each job, oldest first.
    ///   - demands: only what gates by them is drawn.
    public init(_ sessions: [SessionValues], demands: Demands) {
        let names = demands.gates(in: sessions)
        var usable: [String] = []
        var unusable: [Unusable] = []
        for name in names {
            if let reason = RunHistory.obstacle(to: name, sessions) {
                unusable.append(Unusable(name: name, reason: reason))
            } else {
                usable.append(name)
            }
        }
        metrics = usable
        self.unusable = unusable
        jobs = sessions.map { session in
            (0..<RunHistory.runs(of: session)).map { run in
                usable.map { log(session.metrics[$0]?[run] ?? .nan) }
            }
        }
    }

    /// How often the workload ran: most metrics have a value for every run.
    private static func runs(of session: SessionValues) -> Int {
        let counts = session.metrics.values.map(\.count)
        return Dictionary(grouping: counts, by: \.self).max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key
            ?? 0
    }

    private static func obstacle(to name: String, _ sessions: [SessionValues]) -> String? {
        for session in sessions {
            guard let values = session.metrics[name] else { return "a session lacks it" }
            guard values.count == runs(of: session) else { return "not every run has a value of it" }
            guard values.allSatisfy({ $0 > 0 && $0.isFinite }) else { return "not all of its values are above zero" }
        }
        return nil
    }
}

extension Demands {
    /// Names of the metrics of these sessions that gate and whose better direction is known, sorted.
    func gates(in sessions: [SessionValues]) -> [String] {
        Set(sessions.flatMap(\.metrics.keys)).sorted().filter { name in
            let rule = self[name]
            return rule.isGate && rule.direction != nil && rule.direction != .neutral
        }
    }
}
