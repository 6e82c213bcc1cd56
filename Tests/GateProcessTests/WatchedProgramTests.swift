import Foundation
import TestSupport
import Testing

@testable import GateProcess

@Suite("A program that is watched to its end") struct WatchedProgramTests {
    private func run(
        _ script: String, in folder: String = "/", _ variables: [String: String] = [:], timeoutSeconds: Double = 60,
        keptBytes: Int = 1 << 16
    ) throws -> WatchedProgram {
        try WatchedProgram.run(
            command: ["sh", "-c", script], directory: folder, environment: InheritedEnvironment.with(variables),
            timeoutSeconds: timeoutSeconds, keptBytes: keptBytes)
    }

    private func text(_ output: CappedOutput) -> String { String(decoding: output.bytes, as: UTF8.self) }

    @Test("tells how it ended, what it wrote, how long it took and what it used")
    func whole() throws {
        let program = try run("echo out; echo err >&2; exit 3")
        #expect(program.end == .ended(.exited(3)))
        #expect(text(program.output) == "out\n" && text(program.errors) == "err\n")
        #expect(program.endedAtNs > program.spawnedAtNs)
        #expect(program.leftBehind == 0)
        let usage = try #require(program.usage)
        #expect(usage.cpuSeconds > 0 && usage.peakBytes > 100_000)
    }

    @Test("what is kept of its outputs can be changed, cut or not")
    func rewritten() throws {
        let short = try run("echo abc; echo abd >&2").outputs(rewrittenBy: {
            $0.map { $0 == UInt8(ascii: "a") ? UInt8(ascii: "x") : $0 }
        })
        #expect(text(short.output) == "xbc\n" && text(short.errors) == "xbd\n")
        #expect(short.output.lastLines == ["xbc"])
        let long = try run("echo abcdefgh", keptBytes: 4).outputs(rewrittenBy: { bytes in
            bytes.filter { $0 != UInt8(ascii: "b") }
        })
        #expect(text(long.output) == "a\n[5 ytes left out]\nh\n")
    }

    @Test("counts the CPU time of the processes that it waited for")
    func children() throws {
        let busy = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"
        let alone = try #require(run("true").usage)
        let child = try #require(run("sh -c '\(busy)'; true").usage)
        #expect(child.cpuSeconds > alone.cpuSeconds)
    }

    @Test("starts in the folder, with the environment, and finds a program there by its relative path")
    func surroundings() throws {
        let folder = try TemporaryFolder()
        let path = try #require(folder.url.path.realPath)
        #expect(text(try run("pwd; echo $NAME", in: path, ["NAME": "a b"]).output) == "\(path)\na b\n")
        try FileManager.default.createDirectory(atPath: "\(path)/bin", withIntermediateDirectories: true)
        try folder.writeProgram("#!/bin/sh\necho found\n", to: "bin/agent")
        let program = try WatchedProgram.run(
            command: ["bin/agent"], directory: path, environment: InheritedEnvironment.with([:]), timeoutSeconds: 60,
            keptBytes: 1000)
        #expect(text(program.output) == "found\n")
    }

    @Test("ends what runs longer than its time, with what it started")
    func timeLimit() throws {
        let program = try run("echo begun; (trap '' TERM; sleep 600) & sleep 600", timeoutSeconds: 0.3)
        #expect(program.end == .timedOut)
        #expect(text(program.output) == "begun\n")
        #expect(program.endedAtNs - program.spawnedAtNs >= 300_000_000)
    }

    @Test("says a signal, and ends and counts what is left behind")
    func left() throws {
        #expect(try run("kill -9 $$").end == .ended(.signalled(9)))
        let folder = try TemporaryFolder()
        let program = try run("sleep 600 & echo $!", in: folder.url.path)
        #expect(program.end == .ended(.exited(0)) && program.leftBehind == 1)
        let child = try #require(pid_t(text(program.output).trimmingCharacters(in: .newlines)))
        #expect(!isAlive(child))
    }

    @Test("ends and counts also what has a session of its own, and what its parent has left")
    func strays() throws {
        let program = try run("setsid sleep 601 & echo $!; (setsid sh -c 'sleep 602 & echo $!' &); sleep 0.5")
        #expect(program.end == .ended(.exited(0)) && program.leftBehind == 2, "\(program.leftBehind)")
        let children = text(program.output).split(separator: "\n").compactMap { pid_t($0) }
        #expect(children.count == 2)
        for child in children { #expect(!isAlive(child)) }
    }

    @Test("does not block on much output, of which the beginning and the end are kept")
    func muchOutput() throws {
        let program = try run("echo first; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo last", keptBytes: 1000)
        let kept = text(program.output)
        #expect(program.output.count == 3_000_012)
        #expect(kept.hasPrefix("first\nxxx") && kept.hasSuffix("xxx\nlast\n"))
        #expect(kept.contains("[2999012 bytes left out]") && kept.utf8.count < 1100)
        #expect(program.output.lastLines.last == "last")
    }

    @Test("refuses what cannot be started")
    func notStarted() throws {
        #expect(throws: ProcessError.programNotFound("no-such-program-here")) {
            try WatchedProgram.run(
                command: ["no-such-program-here"], directory: "/", environment: InheritedEnvironment.with([:]),
                timeoutSeconds: 1, keptBytes: 1)
        }
    }
}

extension String {
    /// Without symbolic links.
    fileprivate var realPath: String? {
        guard let path = realpath(self, nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}
