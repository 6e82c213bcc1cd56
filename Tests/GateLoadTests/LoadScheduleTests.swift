import GateCore
import GateStream
import Testing

@testable import GateLoad

@Suite struct `Load schedule` {
    private func schedule(
        concurrency: Int? = nil, openLoop: OpenLoop? = nil, extent: LoadExtent
    ) -> LoadSchedule {
        LoadSchedule(
            concurrency: concurrency, openLoop: openLoop, extent: extent, limits: [],
            bodies: RequestBodies(
                prompts: [ChatPrompt(system: "", user: "a")], agent: AgentConfiguration(model: "m"), api: .ollama),
            observe: { _, _ in })
    }

    @Test("a closed loop fills its places at once and then waits for one to become free")
    func closedLoop() {
        var schedule = schedule(concurrency: 2, extent: .requests(3))
        #expect(schedule.nextStart(nowNs: 10, inFlight: 0) == .at(10))
        _ = schedule.request()
        #expect(schedule.nextStart(nowNs: 11, inFlight: 1) == .at(11))
        _ = schedule.request()
        #expect(schedule.nextStart(nowNs: 12, inFlight: 2) == .wait)
        #expect(schedule.nextStart(nowNs: 90, inFlight: 1) == .at(90))
        #expect(schedule.request().tag == 2)
        #expect(schedule.nextStart(nowNs: 91, inFlight: 1) == .finished)
        #expect(schedule.peakConcurrency == 2)
    }

    @Test("an open loop names its moments whatever is in flight, also when they have passed")
    func openLoop() {
        var schedule = schedule(
            openLoop: OpenLoop(rate: 1_000, arrivals: .constant, seed: 1), extent: .requests(3))
        for expected in [Int64(500), 1_000_500, 2_000_500] {
            #expect(schedule.nextStart(nowNs: expected == 500 ? 500 : 5_000_000, inFlight: 100) == .at(expected))
            _ = schedule.request()
        }
        #expect(schedule.nextStart(nowNs: 5_000_000, inFlight: 100) == .finished)
    }

    @Test("an open loop with a limit of concurrency waits, and keeps its moments")
    func limitedOpenLoop() {
        var schedule = schedule(
            concurrency: 1, openLoop: OpenLoop(rate: 1_000, arrivals: .constant, seed: 1), extent: .requests(3))
        #expect(schedule.nextStart(nowNs: 0, inFlight: 0) == .at(0))
        _ = schedule.request()
        #expect(schedule.nextStart(nowNs: 9_000_000, inFlight: 1) == .wait)
        #expect(schedule.nextStart(nowNs: 9_000_001, inFlight: 0) == .at(1_000_000))
    }

    @Test("nothing starts after the duration")
    func duration() {
        var closed = schedule(concurrency: 4, extent: .seconds(1))
        #expect(closed.nextStart(nowNs: 0, inFlight: 0) == .at(0))
        #expect(closed.nextStart(nowNs: 999_999_999, inFlight: 1) == .at(999_999_999))
        #expect(closed.nextStart(nowNs: 1_000_000_000, inFlight: 1) == .finished)
        var open = schedule(openLoop: OpenLoop(rate: 0.5, arrivals: .constant, seed: 1), extent: .seconds(1))
        #expect(open.nextStart(nowNs: 0, inFlight: 0) == .at(0))
        _ = open.request()
        #expect(open.nextStart(nowNs: 1, inFlight: 1) == .finished, "the next would come after two seconds")
    }

    @Test("a step of a ramp has at least twice as many requests as are in flight")
    func reaching() {
        #expect(LoadExtent.requests(16).reaching(32) == .requests(64))
        #expect(LoadExtent.requests(100).reaching(32) == .requests(100))
        #expect(LoadExtent.seconds(5).reaching(32) == .seconds(5))
    }
}
