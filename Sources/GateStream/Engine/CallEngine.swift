import GateClock
import GateCore

/// Makes many streaming calls at the same time on one thread and measures each. For the thread that made it only.
public final class CallEngine {
    /// Between two looks at the sockets so many calls start at most, so that a burst of starts does not leave content
    /// unread for long.
    private static let startsPerTurn = 8
    /// As long as nothing was asked nothing can arrive: connections are made at once, and the requests of a burst leave
    /// close together.
    private static let startsBeforeRequests = 128

    public let endpoint: Endpoint
    let loop: TransferLoop
    private var calls: [ObjectIdentifier: Call] = [:]
    private var nextNumber = 0

    /// Throws where libcurl or the kernel gives nothing to work with.
    public init(endpoint: Endpoint) throws(StreamSetupError) {
        self.endpoint = endpoint
        loop = try TransferLoop()
    }

    /// Makes the calls of a schedule and returns when the last one has ended.
    public func run(_ schedule: inout some CallSchedule) {
        nextNumber = 0
        while true {
            let next = startCalls(of: &schedule)
            if loop.inFlight == 0 {
                guard case .at(let moment) = next else { return }
                loop.turn(until: moment)
            } else if case .at(let moment) = next {
                loop.turn(until: moment)
            } else {
                loop.turn(until: nil)
            }
            for transfer in loop.takeEnded() {
                if let call = calls.removeValue(forKey: ObjectIdentifier(transfer)) { schedule.ended(call.record) }
            }
        }
    }

    /// Starts what is due and returns what the schedule wants next.
    private func startCalls(of schedule: inout some CallSchedule) -> NextStart {
        for _ in 0..<(loop.awaited == 0 ? CallEngine.startsBeforeRequests : CallEngine.startsPerTurn) {
            let now = MonotonicClock.now()
            let next = schedule.nextStart(nowNs: now, inFlight: loop.inFlight)
            guard case .at(let moment) = next, moment <= now else { return next }
            start(schedule.request(), scheduledAt: moment, in: &schedule)
        }
        return .at(MonotonicClock.now())
    }

    private func start(_ request: CallRequest, scheduledAt moment: Int64, in schedule: inout some CallSchedule) {
        let number = nextNumber
        nextNumber += 1
        do throws(StreamSetupError) {
            let call = try Call(number: number, request: request, scheduledAt: moment, endpoint: endpoint, loop: loop)
            calls[ObjectIdentifier(call.transfer)] = call
            loop.start(call.transfer)
        } catch {
            schedule.ended(
                CallRecord.neverBegun(number: number, tag: request.tag, scheduledAt: moment, because: "\(error)"))
        }
    }

    /// Makes one exchange that is no streamed call; returns why it failed.
    func transfer(_ request: HTTPRequest, timeouts: TimeoutConfiguration, sink: any ResponseSink) -> InvalidCall? {
        do throws(StreamSetupError) {
            let transfer = try Transfer(
                request, timeouts: timeouts, connection: endpoint.connection, sink: sink, loop: loop)
            loop.start(transfer)
            loop.runUntilAllEnd()
            return transfer.failure
        } catch {
            return InvalidCall(.connectionFailed, "\(error)")
        }
    }
}
