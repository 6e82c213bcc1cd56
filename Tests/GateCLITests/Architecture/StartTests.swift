import Foundation
import GateProcess
import TestSupport
import Testing

@Suite("Start of the program") struct StartTests {
    private static let binary = ProcessInfo.processInfo.environment["CHIMERA_GATE_BINARY"]

    @Test(
        "the release binary is not linked with libcurl, which would take half of its start",
        .enabled(if: binary != nil, "CHIMERA_GATE_BINARY names no binary"))
    func libraries() throws {
        let binary = try #require(StartTests.binary)
        let listed = try ChildProcess.capture(
            command: ["readelf", "--dynamic", binary], limit: 1 << 20, timeoutSeconds: 60)
        let text = String(decoding: listed.output, as: UTF8.self)
        #expect(text.contains("libxml2.so"))
        #expect(!text.contains("libcurl.so"))
    }
}
