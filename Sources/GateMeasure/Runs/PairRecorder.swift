import GateCore
import GateFiles
import GateStream
import GateWorkload

/// Makes the runs of a session with two arms, in their order, and writes the session after each.
struct PairRecorder {
    private(set) var session: Session
    private let directory: SessionDirectory
    private let head: MeasuredArm
    private let base: MeasuredArm
    private let plan: PairPlan
    private let progress: ProgressNotes
    /// Those of before the first run.
    private let warnings: [Warning]

    init(
        session: Session, directory: SessionDirectory, head: MeasuredArm, base: MeasuredArm, plan: PairPlan,
        progress: ProgressNotes
    ) {
        self.session = session
        self.directory = directory
        self.head = head
        self.base = base
        self.plan = plan
        self.progress = progress
        warnings = session.warnings
    }

    mutating func record() throws {
        do {
            try finish(try recordRuns())
        } catch let stop as Stop {
            session.warnings.append(.stopped(after: stop.place, because: stop.reason))
            try finish(.stopped)
        }
    }

    private mutating func finish(_ end: BaseArm.End) throws {
        session.base?.end = end
        session.warnings += session.closingWarnings
        try directory.write(session)
    }

    private mutating func recordRuns() throws -> BaseArm.End {
        try warmUp(head)
        if plan.screenRuns > 0 {
            for number in 1...plan.screenRuns { try run(head, named: "head \(number)/\(plan.screenRuns)") }
            let flags = plan.screen(session)
            session.base?.screenFlags = flags
            try directory.write(session)
            guard !flags.isEmpty else { return .screened }
            progress.note("suspicious, so that pairs are made: \(flags.joined(separator: "; "))")
        }
        try warmUp(base)
        return try recordPairs()
    }

    /// The first run of an arm is never judged: it fills caches and wakes what sleeps.
    private mutating func warmUp(_ arm: MeasuredArm) throws {
        let count = max(1, arm.configuration.warmupRuns)
        for number in 1...count { try run(arm, named: "\(arm.name) warm-up \(number)", isWarmup: true) }
    }

    private mutating func recordPairs() throws -> BaseArm.End {
        guard let order = session.base.flatMap({ PairOrder(seed: $0.seed) }) else { return .stopped }
        for pair in 1...plan.attempts {
            let arms = order.first(ofPair: pair) == .base ? [base, head] : [head, base]
            for arm in arms {
                try run(arm, named: "pair \(pair)/\(max(pair, plan.pairs)), \(arm.name)", pair: pair)
            }
            if plan.isDecided(session) { return .decided }
            if session.measuredPairs.count(where: { !$0.isCold }) >= plan.pairs { break }
        }
        return .exhausted
    }

    private mutating func run(
        _ arm: MeasuredArm, named name: String, isWarmup: Bool = false, pair: Int? = nil
    ) throws {
        let progress = progress
        let run = try arm.run(session.runs.count + 1, isWarmup: isWarmup, pair: pair, in: directory) {
            progress.run(name, $0)
        }
        session.append(run, warnings: warnings)
        if let model = arm.modelOfCalls(in: session) {
            if arm.arm == .base { session.base?.model = model } else { session.model = model }
        }
        try directory.write(session)
        if let reason = run.hopelessReason { throw Stop(place: name, reason: reason) }
    }

    private struct Stop: Error {
        let place: String
        let reason: HopelessReason
    }
}

extension MeasuredArm {
    fileprivate var name: String { arm?.rawValue ?? "" }
}
