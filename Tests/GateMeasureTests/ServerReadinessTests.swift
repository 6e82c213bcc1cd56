import Foundation
import GateCore
import GateProcess
import GateReplay
import TestSupport
import Testing

@testable import GateMeasure

/// Servers that load, that are started, and that do not get ready.
@Suite struct `Servers before a session` {
    private let folder: MeasuredFolder

    init() throws { folder = try MeasuredFolder() }

    private func error(_ server: ServerConfiguration) -> MeasuringError? {
        #expect(throws: MeasuringError.self) { try folder.run(server).perform() }
    }

    @Test("a server that says that it is loading is waited for, and that is told once")
    func loading() throws {
        let server = try ReplayServer.started(ReplayOptions(faults: [.loading(requests: 3)]))
        let session = try folder.run(try server.configuration(), runs: 1).perform().session
        #expect(session.runs.map(\.isComplete) == [true])
        #expect(folder.notes.count { $0.hasSuffix("is loading; waiting for it") } == 1)
    }

    @Test("a server that loads for too long ends the session")
    func loadingForEver() throws {
        let server = try ReplayServer.started(ReplayOptions(faults: [.loading(requests: 100_000)]))
        let url = try #require(server.url)
        guard case .stillLoading(url, seconds: 0.3, let reason)? = error(try server.configuration(readySeconds: 0.3))
        else {
            Issue.record("it was not said to be loading")
            return
        }
        #expect(reason.kind == .serverLoading)
        #expect(server.calls.isEmpty)
    }

    private func starting(_ command: [String], at url: String, readySeconds: Double = 30) -> ServerConfiguration {
        ServerConfiguration(
            api: .openai, url: url, start: command, timeouts: TimeoutConfiguration(readySeconds: readySeconds))
    }

    /// Nobody listens there.
    private let free = "http://127.0.0.1:9"

    @Test("a server is not started where another one answers, which would be measured in its place")
    func taken() throws {
        let server = try ReplayServer.started()
        let url = try #require(server.url)
        let mark = folder.path("started")
        #expect(error(starting(["touch", mark], at: url)) == .answersAlready(url: url))
        #expect(folder.notes.isEmpty)
    }

    @Test("a server that ends before it is ready is told with its last words")
    func endsEarly() {
        let error = error(starting(["sh", "-c", "echo the model is broken >&2; exit 3"], at: free))
        guard case .endedEarly? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.hasPrefix("the server did not start: ") == true)
        #expect(error?.description.contains("the model is broken") == true)
    }

    @Test("a server that does not get ready is ended, and the log is named")
    func notReady() throws {
        let file = folder.path("pid")
        let command = ["sh", "-c", #"echo $$ > "$1"; exec sleep 600"#, "sh", file]
        guard case .notReady(seconds: 0.5, _, let log)? = error(starting(command, at: free, readySeconds: 0.5)) else {
            Issue.record("it was not said to be not ready")
            return
        }
        #expect(log == "\(folder.output)/server.log")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let id = try #require(Int32(text.filter(\.isNumber)))
        #expect(kill(id, 0) == -1 && errno == ESRCH)
    }

    @Test("a command that cannot be started is told as that of the configuration")
    func notStarted() {
        let error = error(starting(["./no-such-server"], at: free))
        #expect(error == .cannotStart(.programNotFound("./no-such-server")))
        #expect(error?.description.hasPrefix("the server cannot be started (server.start): ") == true)
    }

    @Test("a token that is none, and a file of certificates that is none, end it before anything is asked")
    func transport() throws {
        let server = try ReplayServer.started()
        let blank = try folder.write("two words\n", to: "token")
        let page = try folder.write("<html>", to: "ca.pem")
        for (transport, expected) in [
            (
                TransportConfiguration(token: .variable("CHIMERA_GATE_NO_SUCH_TOKEN")),
                MeasuringError.variableNotSet("CHIMERA_GATE_NO_SUCH_TOKEN")
            ),
            (
                TransportConfiguration(token: .file(blank)),
                .noToken(in: "the file '\(blank)' (server.token_file)")
            ),
            (TransportConfiguration(caFile: page), .noCertificate(file: page)),
        ] {
            var configuration = try server.configuration()
            configuration.transport = transport
            #expect(error(configuration) == expected)
        }
        #expect(server.requests.isEmpty)
    }
}
