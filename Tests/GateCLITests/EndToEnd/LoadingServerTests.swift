import Foundation
import TestSupport
import Testing

@Suite("A server that is still loading", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct LoadingServerTests {
    /// llama-server's answer until its model is in memory.
    private static let loading: String = {
        let body = #"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#
        return
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }()

    @Test("is waited for as long as server.timeouts.ready says, and then named") func waitedFor() async throws {
        let server = try ScriptedServer([.send(Self.loading)])
        let workspace = try GateWorkspace(GateWorkspace.sample + "server: {timeouts: {ready: 1s}}\n")
        for command in ["run", "check"] {
            let outcome = try await workspace.measure(command, server.url)
            #expect(outcome.status == 69, "\(outcome)")
            #expect(outcome.errors.contains("was still loading after 1.0 s (HTTP 503: Loading model)"), "\(outcome)")
            #expect(outcome.errors.contains("server.timeouts.ready"), "\(outcome)")
        }
    }
}
