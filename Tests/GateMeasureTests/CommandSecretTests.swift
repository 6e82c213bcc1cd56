import Foundation
import GateCore
import GateReplay
import TestSupport
import Testing

@testable import GateMeasure

@Suite("The token of a server and what a command writes") struct CommandSecretTests {
    @Test("stands in none of its outputs, last lines or reports, whatever the command does with it")
    func hidden() throws {
        let folder = try MeasuredFolder()
        let server = try ReplayServer.started(ReplayOptions(speed: 100))
        let secret = "tok-supersecret-998877"
        var configuration = Configuration(
            workload: .command, agent: AgentConfiguration(model: "", promptCache: .allow),
            server: try server.configuration(), runs: 1)
        var transport = TransportConfiguration()
        transport.token = .file(try folder.write("\(secret)\n", to: "agent/token"))
        configuration.server.transport = transport
        var command = CommandConfiguration(run: [
            "sh", "-c", "echo key $(cat token); echo bad $(cat token) and $(cat token) >&2; cp token report.md; exit 3",
        ])
        command.directory = folder.path("agent")
        command.report = "report.md"
        configuration.command = command
        let session = try SessionRun(
            configuration: configuration, corpusFolder: folder.corpus, outputPath: folder.output, isServerNamed: true,
            progress: folder.progress
        ).perform().session
        let failure = try #require(session.runs.first?.command?.failure)
        #expect(failure.lastLines == ["bad [token] and [token]"])
        #expect(!folder.notes.contains { $0.contains(secret) })
        var files = 0
        for case let file as URL in try #require(
            FileManager.default.enumerator(at: URL(filePath: folder.output), includingPropertiesForKeys: nil))
        {
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            files += 1
            #expect(!text.contains(secret), "\(file.lastPathComponent)")
        }
        #expect(files >= 3)
        let written = try String(contentsOfFile: "\(folder.output)/runs/0001/stdout.txt", encoding: .utf8)
        #expect(written == "key [token]\n")
    }
}
