import Foundation
import GateProcess
import TestSupport
import Testing

/// `chimera-gate replay` on the sample's recording, as a program of its own.
enum ReplayProcess {
    static let recording = SharedData.packageRoot.appending(path: "ci/sample/recording").path
    /// TTFT of 300 ms and more, so that a busy machine's delays stay small beside it.
    static let measurable = ["--speed", "20"]
    /// For tests in which no figure counts.
    static let quick = ["--speed", "100"]

    /// Serves while the body runs.
    ///
    /// - Parameter body: gets the server's address.
    static func serving<Result>(
        _ options: [String] = measurable, recording: String = recording,
        _ body: (_ url: String) async throws -> Result
    ) async throws -> Result {
        let folder = try TemporaryFolder()
        let log = folder.url.appending(path: "log")
        let server = try ChildProcess.spawn(
            command: [GateBinary.required(), "replay", recording, "--port", "0"] + options,
            environment: GateBinary.environment(home: folder.url), output: .file(log.path))
        defer { server.end(graceSeconds: 1) }
        return try await body(try await address(of: server, log: log))
    }

    private static func address(of server: ChildProcess, log: URL) async throws -> String {
        let isListening = try await waiting {
            !server.isRunning || ((try? String(contentsOf: log, encoding: .utf8))?.contains("listening on ") == true)
        }
        let text = try String(contentsOf: log, encoding: .utf8)
        try #require(isListening && server.isRunning, "\(text)")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("listening on http://") })
        return String(line.dropFirst("listening on ".count))
    }
}

/// Asks again and again until it is true; false after the time.
func waiting(seconds: Double = 30, _ condition: () throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while try !condition() {
        if ContinuousClock.now > deadline { return false }
        await rest(milliseconds: 10)
    }
    return true
}
