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
    ///   - sink: is shown those bytes first of all; nil where nobody wants them before they are read.
    /// - Returns: nil where it is not known; the moment of the read stands for it then.
    func receiveTime(on socket: Int32, most: Int, now: Int64, shownTo sink: (any PassedAnswerSink)?) -> Int64?
    /// Takes from a socket what was shown latest, where the sink has said that libcurl need not see it; nil otherwise. Valid
    /// until bytes are shown again.
    func takePast(_ socket: Int32) -> UnsafeRawBufferPointer?
    /// How exact a time is, in nanoseconds; without meaning where there never is one.
    var uncertaintyNs: Int64 { get }
}

/// For systems whose kernel does not say when it received what.
final class NoReceiveTimes: ReceiveTimes {
    func prepare(_ socket: Int32) {}
    func receiveTime(on socket: Int32, most: Int, now: Int64, shownTo sink: (any PassedAnswerSink)?) -> Int64? { nil }
    func takePast(_ socket: Int32) -> UnsafeRawBufferPointer? { nil }
    let uncertaintyNs: Int64 = 0
}
