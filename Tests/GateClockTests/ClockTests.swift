import GateClock
import Glibc
import Testing

@Suite struct Clocks {
    private func reading(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    @Test("the monotonic clock lies between two readings of the kernel's") func monotonic() {
        let before = reading(CLOCK_MONOTONIC)
        let now = MonotonicClock.now()
        #expect((before...reading(CLOCK_MONOTONIC)).contains(now))
    }

    @Test("a sleep until a moment does not end before it, and one until a moment that has passed ends at once")
    func sleep() {
        let deadline = MonotonicClock.now() + 30_000_000
        MonotonicClock.sleep(until: deadline)
        let woken = MonotonicClock.now()
        #expect(woken >= deadline)
        MonotonicClock.sleep(until: deadline)
        MonotonicClock.sleep(until: .min / 2)
        #expect(MonotonicClock.now() - woken < 5_000_000_000)
    }

    @Test("a rest lasts about as long as it was asked to") func rest() {
        let before = MonotonicClock.now()
        MonotonicClock.rest(milliseconds: 20)
        #expect(MonotonicClock.now() - before >= 15_000_000)
    }

    @Test("the wall clock counts from 1970") func wall() {
        let before = reading(CLOCK_REALTIME)
        let now = WallClock.now()
        // It may be set meanwhile.
        #expect(abs(now - before) < 60_000_000_000)
    }
}
