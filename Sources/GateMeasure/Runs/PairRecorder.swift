import GateClock
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

    /// - Parameters:
    ///   - session: one that has not begun, or one that was interrupted.
    ///   - warnings: those of before the first run.
    init(
        session: Session, warnings: [Warning], directory: SessionDirectory, head: MeasuredArm, base: MeasuredArm,
        plan: PairPlan, progress: ProgressNotes
    ) {
        self.session = session
        self.directory = directory
        self.head = head
        self.base = base
        self.plan = plan
        self.progress = progress
        self.warnings = warnings
    }

    mutating func record() throws {
        // What an earlier call has ended is whole; what only its servers had stopped goes on.
        if let end = session.base?.end, end != .stopped { return }
        session.base?.end = nil
        do {
            try finish(try recordRuns())
        } catch let stop as Stop {
            session.warnings.append(.stopped(after: stop.place, because: stop.reason))
            try finish(.stopped)
        }
    }

    private mutating func finish(_ end: BaseArm.End) throws {
        session.base?.end = end
        let lone = end == .stopped ? nil : session.loneRunsWarning
        session.warnings += session.closingWarnings + [lone].compactMap(\.self)
        try directory.write(session)
    }

    private mutating func recordRuns() throws -> BaseArm.End {
        // Of an interrupted session nothing but that may be missing.
        if let end = session.base?.screenFlags?.isEmpty == true ? .screened : end { return end }
        try warmUp(head)
        if isToBeScreened {
            for number in 1...plan.screenRuns where number > session.screenRuns.count {
                try run(head, named: "head \(number)/\(plan.screenRuns)")
            }
            let flags = plan.screen(session)
            session.base?.screenFlags = flags
            try directory.write(session)
            guard !flags.isEmpty else { return .screened }
            progress.note("suspicious, so that pairs are made: \(flags.joined(separator: "; "))")
        }
        try warmUp(base)
        return try recordPairs()
    }

    /// Once the base was measured, pairs decide.
    private var isToBeScreened: Bool {
        plan.screenRuns > 0 && session.base?.screenFlags == nil && !session.runs.contains { $0.arm == .base }
    }

    /// What the pairs that were made so far come to; nil where another one is needed.
    private var end: BaseArm.End? {
        let pairs = session.measuredPairs
        guard !pairs.isEmpty else { return nil }
        if plan.isDecided(session) { return .decided }
        let isEnough = pairs.count(where: { !$0.isCold }) >= plan.pairs || pairs.count >= plan.attempts
        return isEnough ? .exhausted : nil
    }

    /// The first run of an arm is never judged: it fills caches and wakes what sleeps. After an interruption, too.
    private mutating func warmUp(_ arm: MeasuredArm) throws {
        let count = max(1, arm.configuration.warmupRuns)
        for number in 1...count { try run(arm, named: "\(arm.name) warm-up \(number)", isWarmup: true) }
    }

    private mutating func recordPairs() throws -> BaseArm.End {
        guard let order = session.base.flatMap({ PairOrder(seed: $0.seed) }) else { return .stopped }
        var left = TimeLeft(planned: plan.pairs - session.measuredPairs.count)
        while true {
            // A pair whose second run is missing stays as it is: the two would not be of one time.
            let pair = (session.runs.compactMap(\.pair).max() ?? 0) + 1
            let began = MonotonicClock.now()
            let arms = order.first(ofPair: pair) == .base ? [base, head] : [head, base]
            for arm in arms {
                try run(arm, named: "pair \(pair)/\(max(pair, plan.pairs)), \(arm.name)", pair: pair)
            }
            let end = end
            if end == .decided { return .decided }
            progress.note(
                "pair \(pair) of at most \(max(pair, plan.pairs)):"
                    + " \(left.ended(after: Double(MonotonicClock.now() - began) / 1e9)) at most")
            if let end { return end }
        }
    }

    private mutating func run(
        _ arm: MeasuredArm, named name: String, isWarmup: Bool = false, pair: Int? = nil
    ) throws {
        let began = MonotonicClock.now()
        let run = try arm.run(
            session.runs.count + 1, named: name, isWarmup: isWarmup, pair: pair, in: directory, progress: progress)
        session.append(run, warnings: warnings)
        if let model = arm.modelOfCalls(in: session) {
            if arm.arm == .base { session.base?.model = model } else { session.model = model }
        }
        try directory.write(session)
        progress.note(
            "\(name): \(run.command?.failure == nil ? "finished" : "failed") after \(DisplayFormat.seconds(Double(MonotonicClock.now() - began) / 1e9))"
        )
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
