import CLinux
import GateClock

/// How far CLOCK_REALTIME is ahead of CLOCK_MONOTONIC. Both run at the same rate; only a step of the former changes it.
struct ClockOffset: Equatable {
    /// Nanoseconds.
    var nanoseconds: Int64
    /// The true offset differs by this much at most. Nanoseconds.
    var uncertaintyNs: Int64

    /// Reads one clock between two readings of the other, several times; the closest pair of readings decides.
    static func sample(
        monotonic: () -> Int64 = MonotonicClock.now, realtime: () -> Int64 = { RealtimeClock.now() }
    ) -> ClockOffset {
        var best = ClockOffset(nanoseconds: 0, uncertaintyNs: .max)
        for _ in 0..<9 {
            let before = monotonic()
            let real = realtime()
            let after = monotonic()
            let uncertainty = (after - before + 1) / 2
            if uncertainty < best.uncertaintyNs {
                best = ClockOffset(nanoseconds: real - (before + (after - before) / 2), uncertaintyNs: uncertainty)
            }
        }
        return best
    }

    /// Whether CLOCK_REALTIME was set between two samples.
    func isStep(from earlier: ClockOffset) -> Bool {
        abs(nanoseconds - earlier.nanoseconds) > uncertaintyNs + earlier.uncertaintyNs + 1_000
    }
}

/// CLOCK_REALTIME in whole nanoseconds, as the kernel tells it.
enum RealtimeClock {
    static func now() -> Int64 { gate_kernel_time() }
}
