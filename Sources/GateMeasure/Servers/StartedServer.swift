import GateClock
import GateCore
import GateProcess
import GateStream
import GateVerdict
import Glibc

/// A model server that chimera-gate started itself: waited for, measured from spawn to ready, and ended.
final class StartedServer {
    /// A server that is busy inside a computation needs a while to see the signal.
    private static let graceSeconds = 5.0

    private let command: [String]
    private let configuration: ServerConfiguration
    private let client: ModelClient
    private let logPath: String
    private let progress: ProgressNotes
    private var child: ChildProcess
    /// From the latest spawn to the first ready answer.
    private(set) var loadSeconds: Double

    /// Starts the command of a configuration and waits until the server is ready; nil where it names none.
    ///
    /// - Parameter logPath: where the server's output goes.
    init?(
        _ configuration: ServerConfiguration, client: ModelClient, logPath: @autoclosure () throws -> String,
        progress: ProgressNotes
    ) throws {
        guard let command = configuration.start else { return nil }
        let logPath = try logPath()
        self.command = command
        self.configuration = configuration
        self.client = client
        self.logPath = logPath
        self.progress = progress
        (child, loadSeconds) = try StartedServer.start(command, configuration, client, logPath, progress)
    }

    /// Ends the server and starts it again; its output begins anew in the same file.
    func restart() throws {
        end()
        (child, loadSeconds) = try StartedServer.start(command, configuration, client, logPath, progress)
    }

    func end() { child.end(graceSeconds: StartedServer.graceSeconds) }

    deinit { end() }

    private static func start(
        _ command: [String], _ configuration: ServerConfiguration, _ client: ModelClient, _ logPath: String,
        _ progress: ProgressNotes
    ) throws -> (ChildProcess, loadSeconds: Double) {
        // Whoever answers already would be measured in place of the server that is being started.
        if client.reasonNotReady()?.meansNoServer != true {
            throw MeasuringError.answersAlready(url: configuration.url)
        }
        progress.note("starting the server: \(command.joined(separator: " "))")
        let child = try spawn(command, logPath: logPath)
        let deadline = child.spawnedAtNs + Int64(clamping: configuration.timeouts.readySeconds * 1e9)
        while let reason = client.reasonNotReady() {
            if let early = child.earlyEnd { throw MeasuringError.endedEarly(early) }
            guard MonotonicClock.now() < deadline else {
                child.end(graceSeconds: graceSeconds)
                throw MeasuringError.notReady(
                    seconds: configuration.timeouts.readySeconds, reason, log: logPath)
            }
            usleep(10_000)
        }
        let seconds = Double(MonotonicClock.now() - child.spawnedAtNs) / 1e9
        progress.note("the server is ready after \(DisplayFormat.seconds(seconds, decimals: 2))")
        return (child, seconds)
    }

    private static func spawn(_ command: [String], logPath: String) throws(MeasuringError) -> ChildProcess {
        do throws(ProcessError) {
            return try ChildProcess.spawn(command: command, output: .file(logPath))
        } catch {
            throw .cannotStart(error)
        }
    }
}
