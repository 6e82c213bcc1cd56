import GateClock
import GateCore

/// How long the rest of several runs will take, by those that are done.
struct TimeLeft {
    private let beganNs = MonotonicClock.now()
    private var done = 0
    private let planned: Int

    /// - Parameter planned: runs that are to be made, at most.
    init(planned: Int) { self.planned = planned }

    /// One more is done; what to say of it: `finished after 12.6 s; about 40 s left`.
    mutating func ended(after seconds: Double, hasFailed: Bool = false) -> String {
        done += 1
        let took = "\(hasFailed ? "failed" : "finished") after \(DisplayFormat.seconds(seconds))"
        guard done < planned else { return took }
        let average = Double(MonotonicClock.now() - beganNs) / 1e9 / Double(done)
        return "\(took); about \(TimeLeft.words(average * Double(planned - done))) left"
    }

    /// Rounded as people say it: `40 s`, `12 min`, `2.5 h`.
    static func words(_ seconds: Double) -> String {
        if seconds < 90 { return DisplayFormat.seconds(max(1, seconds), decimals: 0) }
        if seconds < 5400 { return "\(DisplayFormat.fixed(seconds / 60, decimals: 0)) min" }
        return "\(DisplayFormat.fixed(seconds / 3600, decimals: 1)) h"
    }
}
