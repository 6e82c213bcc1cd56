import GateCore

/// Deadlines of one transfer in nanoseconds.
struct Deadlines {
    let connect: Int64
    let firstToken: Int64
    let idle: Int64
    let total: Int64

    init(_ timeouts: TimeoutConfiguration) {
        func nanoseconds(_ seconds: Double) -> Int64 { Int64(clamping: min(seconds, 1e8) * 1e9) }
        connect = nanoseconds(timeouts.connectSeconds)
        firstToken = nanoseconds(timeouts.firstTokenSeconds)
        idle = nanoseconds(timeouts.idleSeconds)
        total = nanoseconds(timeouts.totalSeconds)
    }
}
