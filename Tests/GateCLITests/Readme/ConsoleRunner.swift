import Foundation
import GateProcess
import TestSupport

/// Runs the console blocks of a document as a reader would: one after the other, in one shell.
struct ConsoleRunner {
    /// Where the shell starts.
    let folder: URL
    /// Put before PATH.
    let programs: URL
    /// For all commands together.
    var timeoutSeconds = 240.0

    /// A command that did not do what the document says.
    struct Failure: CustomStringConvertible {
        let command: ConsoleCommand
        let reason: String

        var description: String { "line \(command.line): $ \(command.text)\n\(reason)" }
    }

    /// The shell sources each command from a file of its own, so that a syntax error stays where it is, and hands the
    /// status of one on to the next as `$?`.
    private static let driver = #"""
        cd "$2" || exit
        trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
        console_folder=$1 console_status=0
        for console_command in "$console_folder"/*.sh; do
            (exit "$console_status")
            source "$console_command" >"${console_command%.sh}.output" 2>&1 </dev/null
            console_status=$?
            echo "$console_status" >"${console_command%.sh}.status"
        done
        """#

    func failures(of document: ConsoleDocument) throws -> [Failure] {
        let all = document.blocks.flatMap(\.commands)
        let broken = try all.compactMap(syntaxFailure)
        guard broken.isEmpty else { return broken }

        let run = document.blocks.filter { $0.notRun == nil }.flatMap(\.commands)
        let scratch = try TemporaryFolder()
        for (number, command) in run.enumerated() {
            try scratch.write(command.text + "\n", to: "\(Self.name(number)).sh")
        }
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = programs.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
        do {
            _ = try ChildProcess.capture(
                command: ["bash", "--norc", "-c", Self.driver, "console", scratch.url.path, folder.path],
                environment: environment, limit: 1 << 20, timeoutSeconds: timeoutSeconds)
        } catch {
            // The command that took so long has no status, and those after it neither.
            guard case .timedOut = error else { throw error }
        }
        return run.enumerated().compactMap { number, command in
            let next = number + 1 < run.count ? run[number + 1].text : ""
            return failure(
                of: command, in: scratch.url.appending(path: Self.name(number)), statusIsShown: next.contains("$?"))
        }
    }

    private static func name(_ number: Int) -> String { String(1000 + number) }

    private func syntaxFailure(of command: ConsoleCommand) throws -> Failure? {
        let parsed = try ChildProcess.capture(
            command: ["bash", "-n", "-c", command.text], limit: 1 << 20, timeoutSeconds: 60)
        guard !parsed.status.isSuccess else { return nil }
        return Failure(command: command, reason: parsed.errorLines.joined(separator: "\n"))
    }

    /// A status other than 0 is a failure unless the next command shows it.
    private func failure(of command: ConsoleCommand, in files: URL, statusIsShown: Bool) -> Failure? {
        let output = (try? String(contentsOf: files.appendingPathExtension("output"), encoding: .utf8)) ?? ""
        guard let status = try? String(contentsOf: files.appendingPathExtension("status"), encoding: .utf8) else {
            return Failure(
                command: command, reason: "took too long, ended the shell, or was never reached; it printed:\n\(output)"
            )
        }
        guard statusIsShown || status == "0\n" else {
            return Failure(command: command, reason: "ended with status \(status)and printed:\n\(output)")
        }
        let printed = Self.lines(of: output)
        let expected = Self.lines(of: command.expected.joined(separator: "\n"))
        guard !command.isInBackground, !OutputPattern(lines: expected).matches(printed) else { return nil }
        return Failure(command: command, reason: "prints something else:\n\(printed.joined(separator: "\n"))")
    }

    /// The lines without the space at their ends and without empty lines at the end.
    private static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0.isWhitespace }.reversed())
        }
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}
