import GateCore

/// Tells when bytes that wait in a socket were received.
protocol ReceiveTimes: AnyObject {
    /// Called for each new socket before it is connected.
    func prepare(_ socket: Int32)
    /// When the newest of the next bytes of a socket was received, in nanoseconds of the monotonic clock.
    ///
    /// - Parameters:
    ///   - most: so many bytes the next read takes at most.
    ///   - now: the monotonic clock.
    /// - Returns: nil where it is not known; the moment of the read stands for it then.
    func receiveTime(on socket: Int32, most: Int, now: Int64) -> Int64?
    /// How exact a time is, in nanoseconds; without meaning where there never is one.
    var uncertaintyNs: Int64 { get }
}

/// For systems whose kernel does not say when it received what.
final class NoReceiveTimes: ReceiveTimes {
    func prepare(_ socket: Int32) {}
    func receiveTime(on socket: Int32, most: Int, now: Int64) -> Int64? { nil }
    let uncertaintyNs: Int64 = 0
}
