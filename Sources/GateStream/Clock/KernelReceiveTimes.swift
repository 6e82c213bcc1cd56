import CLinux
import GateClock
import Glibc

/// Linux's own note of when it received each packet (SO_TIMESTAMPING), so that a stamp does not depend on when the
/// loop, or the scheduler, found time to read.
///
/// The kernel notes CLOCK_REALTIME; its offset to the monotonic clock is sampled again and again, and a step of
/// the clock in between makes the times before it unknown rather than wrong.
final class KernelReceiveTimes {
    private static let sampleEvery: Int64 = 100_000_000
    /// Content that lay unread for longer is taken as a sign that the clock was set.
    private static let longestLag: Int64 = 60_000_000_000

    private let sample: () -> ClockOffset
    private var offset: ClockOffset
    private var sampledAt: Int64
    private var prepared: [Bool] = []
    /// The kernel notes receive times while at least one socket asks for them, and begins to with a delay.
    private let keeper: Int32
    private(set) var steps = 0
    /// How much of what was shown latest is to go past libcurl. Bytes.
    private var past = 0
    private let shown = UnsafeMutableRawBufferPointer.allocate(byteCount: Transfer.readSize, alignment: 1)

    /// - Parameter sample: only tests need another than the machine's clocks.
    init(sample: @escaping () -> ClockOffset = { ClockOffset.sample() }) {
        self.sample = sample
        offset = sample()
        sampledAt = MonotonicClock.now()
        keeper = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if keeper >= 0 { _ = gate_note_receive_times(keeper) }
    }

    deinit {
        if keeper >= 0 { close(keeper) }
        shown.deallocate()
    }

    /// How exact a time is, in nanoseconds; without meaning where there never is one.
    var uncertaintyNs: Int64 { offset.uncertaintyNs }

    /// Called for each new socket before it is connected.
    func prepare(_ socket: Int32) {
        guard socket >= 0, gate_note_receive_times(socket) == 0 else { return }
        while prepared.count <= Int(socket) { prepared.append(false) }
        prepared[Int(socket)] = true
    }

    /// When the newest of the next bytes of a socket was received, in nanoseconds of the monotonic clock.
    ///
    /// - Parameters:
    ///   - most: so many bytes the next read takes at most.
    ///   - now: the monotonic clock.
    ///   - sink: is shown those bytes first of all; nil where nobody wants them before they are read.
    /// - Returns: nil where it is not known; the moment of the read stands for it then.
    func receiveTime(on socket: Int32, most: Int, now: Int64, shownTo sink: (any PassedAnswerSink)?) -> Int64? {
        past = 0
        guard socket >= 0, socket < prepared.count, prepared[Int(socket)] else { return nil }
        var count = 0
        let realtime: Int64
        if let sink {
            realtime = gate_receive_time(socket, shown.baseAddress, min(most, shown.count), &count)
            // Before the clocks are compared, which takes longer than all else.
            if count > 0, sink.willReceive(UnsafeRawBufferPointer(rebasing: shown[..<count])) { past = count }
        } else {
            realtime = gate_receive_time(socket, nil, most, &count)
        }
        return realtime == 0 ? nil : monotonic(realtime, now: now)
    }

    /// Takes from a socket what was shown latest, where the sink has said that libcurl need not see it; nil otherwise. Valid
    /// until bytes are shown again.
    func takePast(_ socket: Int32) -> UnsafeRawBufferPointer? {
        guard past > 0 else { return nil }
        // Those bytes are here already: the socket only has to let them go.
        let count = recv(socket, nil, past, Int32(clamping: MSG_TRUNC) | Int32(clamping: MSG_DONTWAIT))
        return count > 0 ? UnsafeRawBufferPointer(rebasing: shown[..<count]) : nil
    }

    /// The moment of the monotonic clock; nil where the clock was set in between.
    func monotonic(_ realtime: Int64, now: Int64) -> Int64? {
        if now - sampledAt > KernelReceiveTimes.sampleEvery, renewOffset(now) { return nil }
        let time = realtime - offset.nanoseconds
        if isPlausible(time, now) { return min(time, now) }
        _ = renewOffset(now)
        let corrected = realtime - offset.nanoseconds
        return isPlausible(corrected, now) ? min(corrected, now) : nil
    }

    private func isPlausible(_ time: Int64, _ now: Int64) -> Bool {
        time <= now + offset.uncertaintyNs && time > now - KernelReceiveTimes.longestLag
    }

    /// Samples the offset again; true where the clock was set since the last sample.
    private func renewOffset(_ now: Int64) -> Bool {
        let renewed = sample()
        sampledAt = now
        let isStep = renewed.isStep(from: offset)
        if isStep { steps += 1 }
        // Of two samples of the same offset the more exact one is kept.
        if isStep || renewed.uncertaintyNs <= offset.uncertaintyNs { offset = renewed }
        return isStep
    }
}
