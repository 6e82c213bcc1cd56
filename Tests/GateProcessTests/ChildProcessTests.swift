import Foundation
import GateClock
import TestSupport
import Testing

@testable import GateProcess

struct ChildProcessTests {
    @Test("a child's status is known after its end, also when it is asked for twice")
    func status() throws {
        let child = try ChildProcess.spawn(command: ["sh", "-c", "exit 7"], output: .discard)
        try waitUntil { !child.isRunning }
        #expect(child.exitStatus == .exited(7))
        #expect(child.exitStatus == .exited(7))
        #expect(child.end(graceSeconds: 1) == .exited(7))
        #expect(child.exitStatus == .exited(7))
    }

    @Test("a running child ends by SIGTERM, and it is gone afterwards")
    func end() throws {
        let child = try ChildProcess.spawn(command: ["sleep", "600"], output: .discard)
        #expect(child.isRunning)
        #expect(child.exitStatus == nil)
        #expect(child.earlyEnd == nil)
        #expect(child.end(graceSeconds: 60) == .signalled(SIGTERM))
        #expect(kill(child.processID, 0) == -1)
    }

    @Test("a child that ignores SIGTERM is killed after the grace period")
    func ignoresTerm() throws {
        let folder = try TemporaryFolder()
        let child = try ChildProcess.spawn(
            command: ["sh", "-c", "trap '' TERM; touch \(folder.url.path)/ready; while :; do sleep 1; done"],
            output: .discard)
        try waitUntil { FileManager.default.fileExists(atPath: folder.url.path + "/ready") }
        let before = MonotonicClock.now()
        #expect(child.end(graceSeconds: 0.2) == .signalled(SIGKILL))
        #expect(MonotonicClock.now() - before >= 200_000_000)
        #expect(!ProcessGroup(id: child.processID).hasLivingMembers)
    }

    @Test("what a child started ends with it, also when the child itself is gone already")
    func grandchildren() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.path + "/pids"
        let child = try ChildProcess.spawn(
            command: [
                "sh", "-c", "sleep 600 & echo $! > \(file); (trap '' TERM; sleep 600) & echo $! >> \(file); exit 3",
            ], output: .discard)
        try waitUntil { child.exitStatus == .exited(3) }
        let grandchildren = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap {
            pid_t($0)
        }
        #expect(grandchildren.count == 2)
        #expect(grandchildren.allSatisfy(isAlive))
        #expect(child.end(graceSeconds: 0.1) == .exited(3))
        #expect(!grandchildren.contains(where: isAlive))
    }

    @Test("a server that ends by itself within the grace period is not killed")
    func grace() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.path + "/log"
        let child = try ChildProcess.spawn(
            command: [
                "sh", "-c", "trap 'sleep 0.2; echo done; exit 0' TERM; echo ready; while :; do sleep 0.05; done",
            ], output: .file(file))
        try waitUntil { (try? String(contentsOfFile: file, encoding: .utf8)) == "ready\n" }
        #expect(child.end(graceSeconds: 60) == .exited(0))
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasSuffix("done\n"))
    }

    @Test("a child that is forgotten is ended")
    func forgotten() throws {
        var child: ChildProcess? = try ChildProcess.spawn(command: ["sleep", "600"], output: .discard)
        let process = try #require(child?.processID)
        #expect(isAlive(process))
        child = nil
        #expect(!isAlive(process))
    }

    @Test("a child is in a group apart from ours, reads nothing, ignores nothing, and has no descriptor of ours")
    func surroundings() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.path + "/log"
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        let child = try ChildProcess.spawn(
            command: [
                "sh", "-c",
                "cut -d' ' -f1,5 /proc/$$/stat; cat | wc -c; grep -E 'Sig(Ign|Blk)' /proc/self/status | tr -d '\\t';"
                    + " for fd in 3 4 5 6 7 8 9 \(leaked); do test -e /proc/$$/fd/$fd && echo leaked $fd; done; exit 0",
            ],
            environment: ["PATH": "/usr/bin:/bin"], output: .file(file))
        try waitUntil { !child.isRunning }
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let ids = try #require(lines.first).split(separator: " ")
        #expect(ids.first == "\(child.processID)" && ids.last != "\(getpgrp())", "a group apart from ours")
        #expect(lines.dropFirst().prefix(2) == ["0", "SigBlk:0000000000000000"])
        let ignored = try #require(lines.last.flatMap { UInt64($0.dropFirst("SigIgn:".count), radix: 16) })
        // Signals 32 and 33 belong to the C library and cannot be reset through it.
        #expect(ignored & ~(3 << 31) == 0)
        #expect(lines.count == 4)
    }

    @Test("the environment is exactly what is given")
    func environment() throws {
        let captured = try ChildProcess.capture(
            command: ["/usr/bin/env"], environment: ["B": "2=3", "A": "ü"], limit: 1000, timeoutSeconds: 60)
        #expect(String(decoding: captured.output, as: UTF8.self) == "A=ü\nB=2=3\n")
    }

    @Test("the spawn's time lies between before and after")
    func time() throws {
        let before = MonotonicClock.now()
        let child = try ChildProcess.spawn(command: ["true"])
        #expect((before...MonotonicClock.now()).contains(child.spawnedAtNs))
    }

    @Test("a server that ends early is an error with its status and its last lines")
    func endedEarly() throws {
        let folder = try TemporaryFolder()
        let child = try ChildProcess.spawn(
            command: ["sh", "-c", "seq 1 20; printf 'bad\\033[31m model\\n' >&2; exit 2"],
            output: .file(folder.url.path + "/server.log"))
        try waitUntil { !child.isRunning }
        let lines = (12...20).map(String.init) + ["bad[31m model"]
        #expect(child.earlyEnd == .endedEarly(program: "sh", status: .exited(2), lastLines: lines))
        let sentence = "\(try #require(child.earlyEnd))"
        #expect(sentence.hasPrefix("'sh' ended early with exit status 2. Its last lines:\n    12\n"))
    }

    @Test("commands that cannot be started are errors that say why")
    func cannotStart() throws {
        let folder = try TemporaryFolder()
        let empty = try folder.writeProgram("", to: "empty").path
        let lost = try folder.writeProgram("#!/no/such/interpreter\n", to: "lost").path
        #expect(throws: ProcessError.emptyCommand) { try ChildProcess.spawn(command: []) }
        #expect(throws: ProcessError.emptyCommand) { try ChildProcess.spawn(command: [""]) }
        #expect(throws: ProcessError.programNotFound("no-such-tool")) {
            try ChildProcess.spawn(command: ["no-such-tool", "--key", "secret"])
        }
        #expect(throws: ProcessError.nulByte(program: "sh")) { try ChildProcess.spawn(command: ["sh", "a\0b"]) }
        let neither = ProcessError.notExecutable(empty, reason: "it is neither a program nor a script with a #! line")
        #expect(throws: neither) { try ChildProcess.spawn(command: [empty]) }
        #expect(throws: ProcessError.notExecutable(lost, reason: "the interpreter that it asks for does not exist")) {
            try ChildProcess.spawn(command: [lost])
        }
        let error = #expect(throws: ProcessError.self) {
            try ChildProcess.spawn(command: ["true"], output: .file(folder.url.path + "/none/log"))
        }
        #expect("\(try #require(error))".contains("/none/log': No such file or directory"))
    }
}

/// Waits for something that needs no certain time but must happen.
func waitUntil(_ condition: () throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let deadline = MonotonicClock.now() + 60_000_000_000
    while try !condition() {
        guard MonotonicClock.now() < deadline else {
            Issue.record("it did not happen within a minute", sourceLocation: sourceLocation)
            return
        }
        MonotonicClock.rest(milliseconds: 5)
    }
}

/// Whether a process runs; one that has ended and was not waited for does not.
func isAlive(_ process: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let nameEnd = text.lastIndex(of: ")")
    else { return false }
    return text[nameEnd...].dropFirst(2).first != "Z"
}
