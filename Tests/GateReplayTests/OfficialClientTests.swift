import Foundation
import TestSupport
import Testing

@testable import GateReplay

/// The variable that names a Python in which the packages of ci/clients/requirements.txt are installed.
private let variable = "CHIMERA_GATE_PYTHON"
private let interpreter = ProcessInfo.processInfo.environment[variable]

@Suite("Official clients")
struct OfficialClientTests {
    @Test(
        "the Python clients of Ollama and OpenAI understand the replay server",
        .enabled(if: interpreter != nil, "set \(variable) to a python with the packages of ci/clients/requirements.txt")
    )
    func officialClients() throws {
        let server = try RunningServer([recording()], ReplayOptions(loadSeconds: 0.01))
        let url = "http://127.0.0.1:\(server.port)"
        let process = Process()
        process.executableURL = URL(filePath: try #require(interpreter))
        process.arguments = [
            SharedData.packageRoot.appending(path: "ci/clients/test_clients.py").path, "--ollama-url", url,
            "--openai-url", url,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("ok    test_chat_streamed"))
    }
}
