import Foundation
import TestSupport
import Testing

@testable import GateProcess

struct CaptureTests {
    @Test("output of any size and content comes back byte for byte, with the status")
    func bytes() throws {
        let captured = try ChildProcess.capture(
            command: ["sh", "-c", "head -c 300000 /dev/zero; printf '\\377\\n'; exit 4"], limit: 300_002,
            timeoutSeconds: 60)
        #expect(captured.status == .exited(4))
        #expect(captured.output.count == 300_002)
        #expect(captured.output.suffix(3) == [0, 0xff, 0x0a])
    }

    @Test("standard error is kept apart, its end as lines")
    func errors() throws {
        let captured = try ChildProcess.capture(
            command: ["sh", "-c", "echo out; seq 1 5000 >&2; printf 'fatal: \\033[1mno such\\377 object\\r\\n' >&2"],
            limit: 100, timeoutSeconds: 60)
        #expect(captured.output == Array("out\n".utf8))
        #expect(captured.errorLines == (4992...5000).map(String.init) + ["fatal: [1mno such\u{fffd} object"])
    }

    @Test("more output than the limit is an error, and the program is ended")
    func tooMuch() {
        #expect(throws: ProcessError.outputTooLarge(program: "yes", limit: 1000)) {
            try ChildProcess.capture(command: ["yes"], limit: 1000, timeoutSeconds: 60)
        }
    }

    @Test("a program that does not end in time is killed with what it started")
    func timeout() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.path + "/pid"
        #expect(throws: ProcessError.timedOut(program: "sh", seconds: 0.5)) {
            try ChildProcess.capture(
                command: ["sh", "-c", "sleep 600 & echo $! > \(file); wait"], limit: 10, timeoutSeconds: 0.5)
        }
        // On a very busy machine the shell may not have come that far.
        if let process = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap({ pid_t($0.dropLast()) }) {
            try waitUntil { !isAlive(process) }
        }
    }

    @Test("a program that closes its output and goes on is waited for")
    func closedOutput() throws {
        let captured = try ChildProcess.capture(
            command: ["sh", "-c", "echo out; exec >&- 2>&-; sleep 0.2; exit 9"], limit: 10, timeoutSeconds: 60)
        #expect(captured.status == .exited(9))
        #expect(captured.output == Array("out\n".utf8))
    }

    @Test("git's output is captured")
    func git() throws {
        let folder = try TemporaryFolder()
        let initialized = try ChildProcess.capture(
            command: ["git", "init", "-q", folder.url.path], limit: 1000, timeoutSeconds: 60)
        #expect(initialized.status.isSuccess)
        let captured = try ChildProcess.capture(
            // Its words are those of the locale.
            command: ["env", "LC_ALL=C", "git", "-C", folder.url.path, "show", "HEAD:none"], limit: 1000,
            timeoutSeconds: 60)
        #expect(captured.status == .exited(128))
        #expect(captured.errorLines.first?.hasPrefix("fatal: ") == true)
    }
}
