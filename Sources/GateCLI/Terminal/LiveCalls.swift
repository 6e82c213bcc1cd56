import GateClock
import GateCore
import GateMeasure
import GateProcess
import GateProxy
import Glibc
import Synchronization

/// The calls that pass a proxy, on standard error: a line for each that has ended, and how far those under way are.
final class LiveCalls: Sendable {
    private let progress = LiveProgress.onStandardError
    /// Whether a command writes to the same terminal, and may leave a line without an end.
    private let sharesTerminal: Bool
    private let endedCalls = Atomic<Int>(0)

    init(besideCommand: Bool) { sharesTerminal = besideCommand && Terminal.standardError.canRedraw }

    func ended(_ call: ProxiedCall) {
        endedCalls.wrappingAdd(1, ordering: .relaxed)
        if Verbosity.current != .quiet { progress.line(ProxiedCallLine.text(of: call), anew: sharesTerminal) }
    }

    /// Shows from now on what is under way, where no command draws on the same terminal.
    ///
    /// - Parameter idle: what is said while no call is, by how many have ended and for how many seconds it has been followed;
    ///   nil for nothing.
    func follow(_ run: ProxyRun, idle: @escaping @Sendable (_ calls: Int, _ seconds: Double) -> String?) {
        guard Verbosity.current != .quiet, !sharesTerminal else { return }
        let beganNs = MonotonicClock.now()
        progress.follow(
            { [self] in
                let now = MonotonicClock.now()
                return run.callsUnderWay.words(at: now)
                    ?? idle(endedCalls.load(ordering: .relaxed), Double(now - beganNs) / 1e9)
            }, alone: true)
    }

    /// Says what came of it when all has ended.
    func finish(_ made: PassedCallsDocument) {
        progress.end(anew: sharesTerminal)
        Terminal.standardError.note(made.words)
    }
}
