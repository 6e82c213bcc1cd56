import GateCore

@testable import GateStream

/// A call of which everything is known. Milliseconds; moments count from a second.
func record(
    number: Int = 0, sentMs: Int64 = 0, stamps given: AnswerStamps? = nil, offsetsMs: [Int64] = [100, 120, 140],
    endMs: Int64 = 150, tokens: Int? = 3,
    outcome: ExchangeOutcome = .completed(.stop), lateMs: Int64 = 0, loadSeconds: Double? = nil,
    clock: ArrivalClock = .kernelReceive, uncertaintyNs: Int64 = 80
) -> CallRecord {
    var stamps = AnswerStamps()
    for offset in offsetsMs { stamps.add(.content, at: offset * 1_000_000, bytes: 5) }
    if let given { stamps = given }
    let sent = 1_000_000_000 + sentMs * 1_000_000
    return CallRecord(
        number: number, tag: number, outcome: outcome, status: 200, scheduledNs: sent - lateMs * 1_000_000 - 500,
        beganNs: sent - 500, sentNs: sent, connection: ConnectionTimes(nameLookupNs: 0, connectNs: 400, tlsNs: 0),
        stamps: stamps, endNs: endMs * 1_000_000, lag: ReadLag(),
        clock: clock, clockUncertaintyNs: uncertaintyNs, bodyBytes: 512, retryAfterSeconds: nil,
        server: ServerFigures(loadSeconds: loadSeconds, promptTokens: 9, tokens: tokens), pieces: nil)
}
