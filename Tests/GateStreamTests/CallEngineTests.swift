import GateCore
import TestSupport
import Testing

@testable import GateStream

/// Starts calls as soon as fewer than `concurrency` are in flight, or at given moments after the first look.
struct TestSchedule: CallSchedule {
    var requests: Int
    var concurrency = 1
    var gapNs: Int64 = 0
    var keepsText = false
    var body = RequestBody(Array("{}".utf8))
    private(set) var started = 0
    private(set) var records: [CallRecord] = []
    private(set) var mostInFlight = 0
    private var firstLook: Int64?

    init(requests: Int, concurrency: Int = 1, gapNs: Int64 = 0, keepsText: Bool = false) {
        self.requests = requests
        self.concurrency = concurrency
        self.gapNs = gapNs
        self.keepsText = keepsText
    }

    mutating func nextStart(nowNs: Int64, inFlight: Int) -> NextStart {
        let first = firstLook ?? nowNs
        firstLook = first
        mostInFlight = max(mostInFlight, inFlight)
        guard started < requests else { return .finished }
        if gapNs > 0 { return .at(first + Int64(started) * gapNs) }
        return inFlight < concurrency ? .at(nowNs) : .wait
    }

    mutating func request() -> CallRequest {
        started += 1
        return CallRequest(body: body, tag: started * 10, keepsText: keepsText)
    }

    mutating func ended(_ record: CallRecord) { records.append(record) }
}

private func line(_ text: String) -> ScriptedServer.Step {
    .send(#"{"message":{"content":"\#(text)"},"done":false}"# + "\n")
}

private let done: ScriptedServer.Step = .send(#"{"done":true,"done_reason":"stop","eval_count":2}"# + "\n")

@Suite struct `Call engine` {
    private func run(_ schedule: TestSchedule, against script: [ScriptedServer.Step]) throws -> TestSchedule {
        let server = try ScriptedServer(script)
        let engine = try CallEngine(endpoint: Endpoint(url: server.url + "/api/chat", api: .ollama))
        var schedule = schedule
        engine.run(&schedule)
        return schedule
    }

    @Test("each call of a schedule gives one record, and no more are in flight than it wants")
    func concurrency() throws {
        let schedule = try run(
            TestSchedule(requests: 40, concurrency: 7),
            against: .okay + [line("a"), .pause(milliseconds: 5), line("b"), done])
        #expect(schedule.records.map(\.number).sorted() == Array(0..<40))
        #expect(schedule.records.map(\.tag).sorted() == (1...40).map { $0 * 10 })
        #expect(schedule.mostInFlight == 7)
        for record in schedule.records {
            #expect(record.outcome == .completed(.stop))
            #expect(record.status == 200)
            #expect(record.stamps.arrivals.count == 2)
            #expect(record.pieces == nil)
            #expect(record.server.tokens == 2)
        }
        // On a busy machine both lines may wait for one read, but not in every call.
        let gaps = try schedule.records.map {
            try #require($0.stamps.arrivals.last) - #require($0.stamps.arrivals.first)
        }
        #expect(gaps.contains { $0 >= 4_000_000 })
    }

    @Test("a burst connects first, so that its requests leave close together")
    func burst() throws {
        let schedule = try run(
            TestSchedule(requests: 64, concurrency: 64),
            against: .okay + [line("a"), .pause(milliseconds: 5), line("b"), done])
        #expect(schedule.records.count == 64)
        let lastBegun = try #require(schedule.records.map(\.beganNs).max())
        for record in schedule.records {
            #expect(record.outcome == .completed(.stop))
            #expect(try #require(record.sentNs) > lastBegun)
        }
    }

    @Test("what starts while answers are awaited is interleaved with reading them")
    func interleaved() throws {
        let schedule = try run(
            TestSchedule(requests: 300, concurrency: 300),
            against: .okay + [line("a"), .pause(milliseconds: 5), line("b"), done])
        let lastBegun = try #require(schedule.records.map(\.beganNs).max())
        #expect(schedule.records.contains { $0.sentNs.map { $0 < lastBegun } ?? false })
    }

    @Test("calls start at the moments that the schedule names, not before")
    func openLoop() throws {
        let schedule = try run(TestSchedule(requests: 10, gapNs: 3_000_000), against: .okay + [line("a"), done])
        let records = schedule.records.sorted { $0.number < $1.number }
        #expect(records.count == 10)
        for (index, record) in records.enumerated() {
            #expect(record.scheduledNs == records[0].scheduledNs + Int64(index) * 3_000_000)
            #expect(record.beganNs >= record.scheduledNs)
            #expect(try #require(record.sentNs) >= record.beganNs)
            #expect(record.connection.connectNs > 0)
        }
    }

    @Test("text is kept where the request asks for it, a piece for each stamp")
    func text() throws {
        let schedule = try run(
            TestSchedule(requests: 1, keepsText: true), against: .okay + [line("a"), line(#"\u00e4 \"b\""#), done])
        #expect(schedule.records.first?.texts == ["a", #"ä "b""#])
    }

    @Test("a kept connection serves later calls, and says that it took no time to connect")
    func reuse() throws {
        let body = #"{"message":{"content":"a"},"done":false}"# + "\n" + #"{"done":true}"# + "\n"
        let server = try ReusableServer(body: body)
        let engine = try CallEngine(
            endpoint: Endpoint(
                url: server.url, api: .ollama, connection: ConnectionOptions(reusesConnections: true)))
        var schedule = TestSchedule(requests: 5)
        engine.run(&schedule)
        #expect(schedule.records.allSatisfy { $0.outcome.isValid })
        #expect(server.connections == 1)
        #expect(schedule.records[1].connection.totalNs == 0)
    }

    @Test("a schedule that waits with nothing in flight ends the run")
    func waitForNothing() throws {
        let engine = try CallEngine(endpoint: Endpoint(url: "http://127.0.0.1:1", api: .ollama))
        var schedule = TestSchedule(requests: 1, concurrency: 0)
        engine.run(&schedule)
        #expect(schedule.records.isEmpty)
    }

    @Test("a call that nobody answers ends with a record and its reason")
    func refused() throws {
        let engine = try CallEngine(endpoint: Endpoint(url: "http://127.0.0.1:1/api/chat", api: .ollama))
        var schedule = TestSchedule(requests: 3, concurrency: 3)
        engine.run(&schedule)
        #expect(schedule.records.count == 3)
        for record in schedule.records {
            guard case .invalid(let reason) = record.outcome else { Issue.record("valid"); continue }
            #expect(reason.kind == .connectionRefused)
            #expect(record.sentNs == nil)
        }
    }
}

@Suite struct `Token stamps` {
    @Test("stamps come back as they were put in, whatever the gap")
    func roundTrip() {
        let offsets: [Int64] = [5, 5, 6, 4_294_967_300, 4_294_967_301, 9_000_000_000_000, 9_000_000_000_000]
        var stamps = TokenStamps()
        for offset in offsets { stamps.append(offset) }
        #expect(Array(stamps) == offsets)
        #expect(stamps.count == 7)
        #expect(stamps.first == 5)
        #expect(stamps.last == 9_000_000_000_000)
        #expect(stamps.gaps == [0, 1, 4_294_967_294, 1, 8_995_705_032_699, 0])
        #expect(Array(stamps.counted(from: 5)) == offsets.map { $0 - 5 })
    }

    @Test("a gap of exactly 32 bits is kept")
    func edge() {
        var stamps = TokenStamps()
        for offset in [0, 4_294_967_294, 8_589_934_589] as [Int64] { stamps.append(offset) }
        #expect(Array(stamps) == [0, 4_294_967_294, 8_589_934_589])
    }

    @Test("no stamps are no stamps")
    func none() {
        #expect(Array(TokenStamps()).isEmpty)
        #expect(TokenStamps().gaps.isEmpty)
    }
}
