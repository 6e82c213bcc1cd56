import Foundation
import GateClock
import Glibc
import TestSupport
import Testing

@testable import GateProcess

/// Each in a process of its own, which is really interrupted. What outlives it is found by the mark in its arguments.
@Suite(.serialized) struct InterruptionTests {
    @Test("a signal ends the server and what it started, and the exit status names the signal")
    func terminated() async throws {
        let mark = "600.0\(getpid())1"
        await #expect(processExitsWith: .exitCode(128 + SIGTERM)) { [mark = mark as String] in
            try Interruption.install()
            let child = try ChildProcess.spawn(
                command: ["sh", "-c", "sleep \(mark) & sleep \(mark) & wait"], output: .discard)
            try waitUntil { sleepers(mark) == 2 }
            kill(getpid(), SIGTERM)
            withExtendedLifetime(child) { pauseForever() }
        }
        #expect(sleepers(mark) == 0)
    }

    @Test("a server that ignores SIGTERM is killed", arguments: [SIGINT, SIGHUP, SIGQUIT])
    func stubborn(signal: Int32) async throws {
        let mark = "600.0\(getpid())2\(signal)"
        await #expect(processExitsWith: .exitCode(128 + signal)) { [mark = mark as String, signal = signal as Int32] in
            try Interruption.install(graceSeconds: 0.1)
            let child = try ChildProcess.spawn(
                command: ["sh", "-c", "trap '' TERM; sleep \(mark)"], output: .discard)
            try waitUntil { sleepers(mark) == 1 }
            kill(getpid(), signal)
            withExtendedLifetime(child) { pauseForever() }
        }
        #expect(sleepers(mark) == 0)
    }

    @Test("a second signal does not wait for the grace period")
    func impatient() async throws {
        let mark = "600.0\(getpid())3"
        await #expect(processExitsWith: .exitCode(128 + SIGINT)) { [mark = mark as String] in
            try Interruption.install(graceSeconds: 3000) { _ in kill(getpid(), SIGINT) }
            let child = try ChildProcess.spawn(
                command: ["sh", "-c", "trap '' TERM; sleep \(mark)"], output: .discard)
            try waitUntil { sleepers(mark) == 1 }
            kill(getpid(), SIGINT)
            withExtendedLifetime(child) { pauseForever() }
        }
        #expect(sleepers(mark) == 0)
    }

    @Test("a normal exit leaves no server behind")
    func normalExit() async throws {
        let mark = "600.0\(getpid())4"
        await #expect(processExitsWith: .exitCode(3)) { [mark = mark as String] in
            try Interruption.install()
            let child = try ChildProcess.spawn(command: ["sh", "-c", "sleep \(mark)& wait"], output: .discard)
            try waitUntil { sleepers(mark) == 1 }
            withExtendedLifetime(child) { exit(3) }
        }
        #expect(sleepers(mark) == 0)
    }

    @Test("the program's own end leaves no server behind and loses no output")
    func programEnd() async throws {
        let mark = "600.0\(getpid())5"
        let written = NSTemporaryDirectory() + "chimera-gate-end-\(getpid())"
        defer { unlink(written) }
        await #expect(processExitsWith: .exitCode(4)) { [mark = mark as String, written = written as String] in
            let child = try ChildProcess.spawn(command: ["sh", "-c", "sleep \(mark)& wait"], output: .discard)
            try waitUntil { sleepers(mark) == 1 }
            // Kept in C's buffer until it is flushed.
            let stream = try #require(fopen(written, "w"))
            fputs("held back", stream)
            withExtendedLifetime(child) { ProgramEnd.exit(4) }
        }
        #expect(sleepers(mark) == 0)
        #expect(try String(contentsOfFile: written, encoding: .utf8) == "held back")
    }

    @Test("a signal that was ignored at the start stays ignored")
    func ignored() async throws {
        await #expect(processExitsWith: .exitCode(0)) {
            Glibc.signal(SIGHUP, SIG_IGN)
            try Interruption.install { _ in exit(9) }
            kill(getpid(), SIGHUP)
            MonotonicClock.rest(milliseconds: 100)
            exit(0)
        }
    }

    @Test("nothing is started any more after an interruption")
    func nothingStarts() async throws {
        await #expect(processExitsWith: .exitCode(0)) {
            ChildRegistry.shared.endAll(graceSeconds: 0)
            do {
                _ = try ChildProcess.spawn(command: ["true"])
                exit(1)
            } catch ProcessError.interrupted {
                exit(0)
            }
        }
    }
}

private func pauseForever() { while true { pause() } }

/// How many processes `sleep <mark>` run.
private func sleepers(_ mark: String) -> Int {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.filter { process in
        guard let line = try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline")) else { return false }
        return line == Data("sleep\0\(mark)\0".utf8)
    }.count
}
