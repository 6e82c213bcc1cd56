/// What a socket is ready for.
package struct Readiness {
    package let socket: Int32
    package let readable: Bool
    package let writable: Bool
    package let failed: Bool
}

/// Tells which of many sockets are ready.
protocol Poller: AnyObject {
    /// Watches a socket, or changes what it is watched for.
    func watch(_ socket: Int32, readable: Bool, writable: Bool, isNew: Bool)
    /// Stops watching; a socket that is closed already is no error.
    func forget(_ socket: Int32)
    /// Waits until something is ready, at most that many nanoseconds (negative: for ever).
    /// - Returns: how many sockets are ready: 0 after a signal or when the time has passed.
    func wait(nanoseconds: Int64) -> Int
    /// One of those that the last wait found.
    func readiness(at index: Int) -> Readiness
}
