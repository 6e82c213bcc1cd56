import GateCore
import GateCorpus
import GateFiles
import GateReplay
import TestSupport
import Testing

@testable import GateMeasure

/// Two arms, each with a replay server of its own.
@Suite struct `Paired run` {
    private let folder: MeasuredFolder
    private let head: ReplayServer
    private let base: ReplayServer

    init() throws {
        folder = try MeasuredFolder()
        head = try ReplayServer.started()
        base = try ReplayServer.started()
    }

    private func side(_ server: ServerConfiguration, _ name: String) throws -> PairedRun.Side {
        let configuration = MeasuredFolder.configuration(server)
        return PairedRun.Side(
            configuration: configuration, corpusFolder: folder.corpus, revision: ArmRevision(id: "sha256:\(name)"),
            corpus: try Ingest.read(folder.corpus, configuration.corpus))
    }

    private func perform(
        _ plan: PairPlan, base other: ReplayServer? = nil, revision: String = "base", resumes: Bool = false
    ) throws -> Session {
        try PairedRun(
            head: try side(try head.configuration(), "head"),
            base: try side(try (other ?? base).configuration(), revision),
            outputPath: folder.output, isServerNamed: true, warnings: [], plan: plan, progress: folder.progress,
            resumes: resumes
        ).perform().session
    }

    /// Leaves the session as a call does that is killed behind so many of its runs.
    private func interrupt(_ session: Session, after runs: Int) throws -> Session {
        var session = session
        session.runs.removeLast(session.runs.count - runs)
        session.base?.end = nil
        try SessionDirectory.open(at: folder.output).write(session)
        return session
    }

    private func kept() throws -> Session { try SessionDirectory.open(at: folder.output).session() }

    @Test("so many pairs are made behind a warm-up of each arm, in the order that the seed gives")
    func pairs() throws {
        let session = try perform(.fixed(3))
        #expect(session.runs.prefix(2).map(\.isWarmup) == [true, true])
        #expect(session.runs.prefix(2).map(\.arm) == [.head, .base])
        let order = try #require(session.base.flatMap { PairOrder(seed: $0.seed) })
        let expected = (1...3).flatMap { pair in [order.first(ofPair: pair), order.first(ofPair: pair).other] }
        #expect(session.runs.dropFirst(2).map(\.arm) == expected)
        #expect(session.runs.dropFirst(2).map(\.pair) == [1, 1, 2, 2, 3, 3])
        #expect(session.base?.end == .exhausted)
        #expect(session.measuredPairs.count == 3)
        // Two stages in each of four runs.
        #expect(head.calls.count == 8 && base.calls.count == 8)
        #expect(try kept() == session)
    }

    @Test("where the screen finds nothing, the base is asked nothing and there are no pairs")
    func screened() throws {
        var seen: [Int] = []
        let plan = PairPlan(
            screenRuns: 2, pairs: 3,
            screen: { session in
                seen.append(session.screenRuns.count)
                return []
            }, isDecided: { _ in false })
        let session = try perform(plan)
        #expect(session.base?.end == .screened)
        #expect(session.base?.screenFlags == [])
        #expect(seen == [2])
        #expect(session.measuredPairs.isEmpty)
        #expect(head.calls.count == 6 && base.calls.isEmpty)
    }

    @Test("where it finds something, pairs are made until they decide, and the flags are kept")
    func decided() throws {
        let plan = PairPlan(
            screenRuns: 1, pairs: 5, screen: { _ in ["ttft: 30% slower"] },
            isDecided: { $0.measuredPairs.count == 2 })
        let session = try perform(plan)
        #expect(session.base?.end == .decided)
        #expect(session.base?.screenFlags == ["ttft: 30% slower"])
        #expect(session.measuredPairs.count == 2)
        #expect(folder.notes.contains("suspicious, so that pairs are made: ttft: 30% slower"))
    }

    @Test("an arm that every further call would fail on ends the session, and what was measured is kept")
    func stopped() throws {
        // The warm-up, and the first run of a pair.
        let gone = Dictionary(uniqueKeysWithValues: (5...40).map { ($0, [ReplayFault.modelNotFound]) })
        let failing = try ReplayServer.started(ReplayOptions(faultsOfRequest: gone))
        let session = try perform(.fixed(4), base: failing)
        #expect(session.base?.end == .stopped)
        #expect(session.measuredPairs.filter { $0.base.isComplete }.count == 1)
        #expect(session.warnings.contains { $0.message.hasPrefix("stopped after pair 2/4, base: ") })
        #expect(try kept() == session)
    }

    @Test("an interrupted session goes on behind a new warm-up; a pair of which one run is missing is made anew")
    func resumed() throws {
        // Two runs of the warm-up, two of a pair, one of the next.
        let kept = try interrupt(try perform(.fixed(3)), after: 5)
        let session = try perform(.fixed(3), resumes: true)
        #expect(session.id == kept.id && Array(session.runs.prefix(5)) == kept.runs)
        let order = try #require(session.base.flatMap { PairOrder(seed: $0.seed) })
        #expect(session.runs.dropFirst(5).prefix(2).map(\.isWarmup) == [true, true])
        #expect(session.runs.dropFirst(7).map(\.pair) == [3, 3, 4, 4])
        #expect(
            session.runs.dropFirst(7).map(\.arm)
                == [3, 4].flatMap { [order.first(ofPair: $0), order.first(ofPair: $0).other] })
        #expect(session.measuredPairs.map(\.number) == [1, 3, 4])
        #expect(session.base?.end == .exhausted)
        #expect(
            session.warnings.map(\.message)
                .contains("the session was interrupted in pair 2, of which one run is kept and not judged"))
        #expect(try self.kept() == session)
    }

    @Test("a session that lacks nothing but its end asks nobody for it")
    func resumedAtItsEnd() throws {
        let whole = try perform(.fixed(2))
        _ = try interrupt(whole, after: whole.runs.count)
        let calls = head.calls.count
        let session = try perform(.fixed(2), resumes: true)
        #expect(session.base?.end == .exhausted && session.runs == whole.runs)
        #expect(try perform(.fixed(5), resumes: true).runs == whole.runs)
        #expect(head.calls.count == calls)
    }

    @Test("an interrupted screen makes the runs that it lacks")
    func resumedScreen() throws {
        let plan = PairPlan(screenRuns: 3, pairs: 3, screen: { _ in [] }, isDecided: { _ in false })
        var kept = try interrupt(try perform(plan), after: 2)
        kept.base?.screenFlags = nil
        try SessionDirectory.open(at: folder.output).write(kept)
        let session = try perform(plan, resumes: true)
        #expect(session.base?.end == .screened && session.screenRuns.count == 3)
        #expect(session.runs.map(\.isWarmup) == [true, false, true, false, false])
        #expect(base.calls.isEmpty)
    }

    @Test("pairs do not go on beside another base")
    func resumedElsewhere() throws {
        let kept = try interrupt(try perform(.fixed(2)), after: 4)
        let error = #expect(throws: MeasuringError.self) {
            try perform(.fixed(2), revision: "other", resumes: true)
        }
        #expect(
            error
                == .cannotGoOn(directory: folder.output, reason: "its base is sha256:base, and not sha256:other"))
        #expect(try self.kept() == kept)
    }

    @Test("both arms may share a server")
    func shared() throws {
        let session = try perform(.fixed(1), base: head)
        #expect(session.base?.end == .exhausted)
        #expect(head.calls.count == 8 && base.requests.isEmpty)
    }

    @Test("two start commands at one address are refused before anything is started")
    func sameAddress() throws {
        let url = "http://127.0.0.1:9"
        func starting(_ command: String) -> ServerConfiguration {
            ServerConfiguration(api: .openai, url: url, start: [command])
        }
        let error = #expect(throws: MeasuringError.self) {
            try PairedRun(
                head: try side(starting("one"), "head"), base: try side(starting("two"), "base"),
                outputPath: folder.output, isServerNamed: true, warnings: [], plan: .fixed(1),
                progress: folder.progress
            ).perform()
        }
        #expect(error == .sharedAddress(url: url))
        #expect(folder.notes.isEmpty)
    }
}

extension PairPlan {
    /// Exactly so many pairs, whatever they show.
    fileprivate static func fixed(_ pairs: Int) -> PairPlan {
        PairPlan(screenRuns: 0, pairs: pairs, screen: { _ in [] }, isDecided: { _ in false })
    }
}
