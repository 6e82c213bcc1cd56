import Foundation
import GateProcess
import TestSupport
import Testing

/// `replay` as the start command of a configuration, which leaves its process's number in a file.
struct StartCommand {
    let port: Int
    private let folder: TemporaryFolder
    private let command: [String]

    /// - Parameter before: a line of shell that is run in the server's process before it serves.
    init(options: [String] = [], port: Int? = nil, before: String = ":") throws {
        self.port = try port ?? LoopbackPort.free()
        folder = try TemporaryFolder()
        command =
            [
                "sh", "-c", #"echo $$ > "$1"; shift; \#(before); exec "$@""#, "sh",
                folder.url.appending(path: "pid").path,
            ]
            + [try GateBinary.required(), "replay", ReplayProcess.recording, "--port", "\(self.port)"]
            + ReplayProcess.quick + options
    }

    /// The configuration's `server` section.
    var configuration: String { Self.configuration(command, port: port) }

    /// The number of the server's process.
    func processID() throws -> Int32 {
        let text = try String(contentsOf: folder.url.appending(path: "pid"), encoding: .utf8)
        return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// - Parameter command: any command, in place of the replay.
    static func configuration(_ command: [String], port: Int, ready: String = "60s") -> String {
        let words = command.map { "\"\($0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" }
        return """
            server:
              api: openai
              url: http://127.0.0.1:\(port)
              start: [\(words.joined(separator: ", "))]
              timeouts: {ready: \(ready)}

            """
    }
}
