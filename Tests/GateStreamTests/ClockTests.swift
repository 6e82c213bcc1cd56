import GateClock
import GateCore
import Glibc
import TestSupport
import Testing

@testable import GateStream

@Suite struct `Clock offset` {
    @Test("of several readings the closest pair decides")
    func closest() {
        var monotonic: [Int64] = [0, 1_000]
        for start in stride(from: Int64(10_000), through: 80_000, by: 10_000) {
            monotonic += [start, start + (start == 50_000 ? 40 : 400)]
        }
        var index = 0
        let offset = ClockOffset.sample(
            monotonic: {
                defer { index += 1 }
                return monotonic[index]
            }, realtime: { monotonic[index - 1] + 20 + 7_000_000 })
        #expect(offset == ClockOffset(nanoseconds: 7_000_000, uncertaintyNs: 20))
    }

    @Test("the machine's two clocks are compared to within a millisecond")
    func machine() {
        let offset = ClockOffset.sample()
        #expect(offset.uncertaintyNs < 1_000_000)
        #expect(abs(RealtimeClock.now() - MonotonicClock.now() - offset.nanoseconds) < 1_000_000_000)
    }

    @Test("only what is more than both samples can be wrong is a step")
    func step() {
        let earlier = ClockOffset(nanoseconds: 1_000_000, uncertaintyNs: 200)
        #expect(!ClockOffset(nanoseconds: 1_001_300, uncertaintyNs: 100).isStep(from: earlier))
        #expect(ClockOffset(nanoseconds: 1_001_301, uncertaintyNs: 100).isStep(from: earlier))
        #expect(ClockOffset(nanoseconds: -3_599_000_000_000, uncertaintyNs: 100).isStep(from: earlier))
    }
}

@Suite struct `Kernel receive times` {
    /// Two connected TCP sockets, the second one prepared.
    private func pair(_ times: KernelReceiveTimes) throws -> (Int32, Int32) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        times.prepare(client)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) == 0 && listen(listener, 1) == 0
                    && getsockname(listener, raw, &length) == 0 && connect(client, raw, length) == 0
            }
        }
        try #require(result)
        return (accept(listener, nil, nil), client)
    }

    @Test("bytes that lay unread have the time at which they came, and stay to be read")
    func laterRead() throws {
        let times = KernelReceiveTimes()
        let (server, client) = try pair(times)
        defer {
            close(server)
            close(client)
        }
        #expect(awaitReceiveTimes(times, from: server, to: client))
        let before = MonotonicClock.now()
        #expect(send(server, "hello", 5, 0) == 5)
        usleep(30_000)
        let now = MonotonicClock.now()
        let time = try #require(times.receiveTime(on: client, most: 16_384, now: now, shownTo: nil))
        #expect(time >= before - times.uncertaintyNs)
        #expect(time <= now)
        #expect(now - time >= 25_000_000)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(recv(client, &buffer, 16, Int32(clamping: MSG_DONTWAIT)) == 5)
        #expect(times.receiveTime(on: client, most: 16_384, now: now, shownTo: nil) == nil)
    }

    /// The kernel begins to note times with a delay, which a busy machine makes longer.
    private func awaitReceiveTimes(_ times: KernelReceiveTimes, from server: Int32, to client: Int32) -> Bool {
        for _ in 0..<500 {
            var byte: UInt8 = 0
            guard send(server, "-", 1, 0) == 1 else { return false }
            usleep(10_000)
            let time = times.receiveTime(on: client, most: 16_384, now: MonotonicClock.now(), shownTo: nil)
            guard recv(client, &byte, 1, 0) == 1 else { return false }
            if time != nil { return true }
        }
        return false
    }

    @Test("a socket that was not prepared has no receive time")
    func unprepared() throws {
        let times = KernelReceiveTimes()
        let (server, client) = try pair(KernelReceiveTimes())
        defer {
            close(server)
            close(client)
        }
        #expect(send(server, "hello", 5, 0) == 5)
        #expect(times.receiveTime(on: client, most: 16_384, now: MonotonicClock.now(), shownTo: nil) == nil)
    }

    @Test("when the clock was set, times before that are unknown and later ones are right")
    func steps() {
        var offset = ClockOffset(nanoseconds: 1_000, uncertaintyNs: 10)
        let times = KernelReceiveTimes(sample: { offset })
        let start = MonotonicClock.now()
        #expect(times.monotonic(start + 1_000, now: start + 50) == start)
        // An hour forward: the time lies in the future by the offset that is known.
        offset.nanoseconds += 3_600_000_000_000
        #expect(times.monotonic(start + 100 + offset.nanoseconds, now: start + 200) == start + 100)
        #expect(times.steps == 1)
        // A second back, found by the sample that is due.
        offset.nanoseconds -= 1_000_000_000
        let later = start + 200_000_000
        #expect(times.monotonic(later + offset.nanoseconds, now: later) == nil)
        #expect(times.monotonic(later + offset.nanoseconds, now: later + 10) == later)
        #expect(times.steps == 2)
    }

    @Test("a time that is later than the read by no more than the uncertainty is the read's")
    func uncertain() {
        let times = KernelReceiveTimes(sample: { ClockOffset(nanoseconds: 0, uncertaintyNs: 100) })
        let now = MonotonicClock.now()
        #expect(times.monotonic(now + 60, now: now) == now)
    }
}

@Suite struct `Read lag` {
    @Test("the 99th percentile is bounded from above by less than twice itself")
    func percentile() {
        var lag = ReadLag()
        for nanoseconds in 1...1000 { lag.add(Int64(nanoseconds)) }
        #expect(lag.percentile99Ns == 1000)
        #expect(lag.longestNs == 1000)
        for _ in 0..<99_000 { lag.add(100) }
        #expect(lag.percentile99Ns == 127)
        #expect(ReadLag().percentile99Ns == 0)
    }
}

@Suite struct `Clocks of calls` {
    private let tokens: [ScriptedServer.Step] = (0..<5).flatMap { number in
        [
            .send(#"{"message":{"content":"\#(number)"},"done":false}"# + "\n"),
            ScriptedServer.Step.pause(milliseconds: 10),
        ]
    }

    @Test("a call is read with the kernel's times and without, and says by which clock", arguments: [true, false])
    func both(areTold: Bool) throws {
        let server = try ScriptedServer(.okay + tokens + [.send(#"{"done":true,"eval_count":5}"# + "\n")])
        let engine = try CallEngine(endpoint: Endpoint(url: server.url + "/api/chat", api: .ollama))
        if !areTold {
            // Times of the kernel that lie half a century ahead are none.
            let offset = ClockOffset(nanoseconds: 0, uncertaintyNs: 0)
            engine.loop.receiveTimes = KernelReceiveTimes(sample: { offset })
        }
        let expected: ArrivalClock = areTold ? .kernelReceive : .monotonicRead
        var schedule = TestSchedule(requests: 6, concurrency: 3, keepsText: true)
        // The kernel begins to note receive times with a delay, and where a busy machine lets us wait right behind the
        // request, its answer is read without a look at the time; the record says so.
        for _ in 0..<50 {
            schedule = TestSchedule(requests: 6, concurrency: 3, keepsText: true)
            engine.run(&schedule)
            if schedule.records.allSatisfy({ $0.clock == expected }) { break }
            usleep(20_000)
        }
        #expect(schedule.records.count == 6)
        for record in schedule.records {
            #expect(record.outcome == .completed(.stop))
            #expect(record.texts == ["0", "1", "2", "3", "4"])
            #expect(record.clock == expected)
            #expect(record.lag.reads == 5 - record.stamps.coalesced)
            #expect(record.timing.clock == record.clock)
            #expect(record.timing.degraded == record.isDegraded)
            #expect(Array(record.stamps.arrivals) == record.stamps.arrivals.sorted())
        }
    }

    @Test("the poller forgets sockets and keeps the others")
    func poller() throws {
        let poller = try EpollPoller()
        var pipes = [[Int32]](repeating: [0, 0], count: 3)
        for index in 0..<3 {
            #expect(pipe(&pipes[index]) == 0)
            poller.watch(pipes[index][0], readable: true, writable: false, isNew: true)
            #expect(write(pipes[index][1], "x", 1) == 1)
        }
        defer { for ends in pipes { ends.forEach { _ = close($0) } } }
        func ready() -> Set<Int32> {
            let count = poller.wait(nanoseconds: 0)
            return Set((0..<count).map { poller.readiness(at: $0).socket })
        }
        #expect(ready() == Set(pipes.map { $0[0] }))
        poller.forget(pipes[0][0])
        poller.forget(pipes[0][0])
        #expect(ready() == [pipes[1][0], pipes[2][0]])
        poller.watch(pipes[2][0], readable: false, writable: true, isNew: false)
        #expect(ready() == [pipes[1][0]])
        poller.forget(pipes[2][0])
        poller.forget(pipes[1][0])
        #expect(ready().isEmpty)
    }
}
