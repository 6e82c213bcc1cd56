import Foundation
import GateProcess
import TestSupport

/// A program in the place of chimera-gate that ends as it is told, for scripts that act on the status.
struct StandInGate {
    /// The home of the scripts.
    let folder: TemporaryFolder

    init(at path: String) throws {
        folder = try TemporaryFolder()
        try folder.writeProgram(
            """
            #!/usr/bin/env bash
            printf '%s\\n' "$*" >>"$HOME/calls"
            read -r status rest <"$HOME/statuses"
            echo "$rest" >"$HOME/statuses"
            exit "$status"

            """, to: path)
    }

    /// Runs a script with the arguments of bash.
    ///
    /// - Parameter statuses: of one call after the other.
    func bash(
        _ arguments: [String], statuses: String = "", environment: [String: String]
    ) throws -> (status: Int32?, calls: [String], output: String) {
        try folder.write(statuses + "\n", to: "statuses")
        try folder.write("", to: "calls")
        let ended = try ChildProcess.capture(
            command: ["bash"] + arguments,
            environment: [
                "HOME": folder.url.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
            ].merging(environment) { $1 }, limit: 1 << 20, timeoutSeconds: 60)
        var status: Int32?
        if case .exited(let code) = ended.status { status = code }
        return (
            status, try text("calls").split(separator: "\n").map(String.init),
            String(decoding: ended.output, as: UTF8.self)
        )
    }

    func text(_ file: String) throws -> String {
        try String(contentsOf: folder.url.appending(path: file), encoding: .utf8)
    }
}
