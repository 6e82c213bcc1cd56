import GateClock
import GateCore
import GateStream
import GateVerdict
import Glibc

/// A server that runs already and still loads its model.
enum LoadingServer {
    private static let pauseMicroseconds: UInt32 = 200_000

    /// Waits as long as the server says that it is loading, `server.timeouts.ready` at most.
    static func wait(
        for client: ModelClient, of configuration: ServerConfiguration, progress: ProgressNotes
    ) throws(MeasuringError) {
        let seconds = configuration.timeouts.readySeconds
        let deadline = MonotonicClock.now() + Int64(clamping: seconds * 1e9)
        var isTold = false
        while let reason = client.reasonNotReady(), reason.kind == .serverLoading {
            guard MonotonicClock.now() < deadline else {
                throw .stillLoading(url: configuration.url, seconds: seconds, reason)
            }
            if !isTold { progress.note("the server at \(configuration.url) is loading; waiting for it") }
            isTold = true
            usleep(pauseMicroseconds)
        }
    }
}
