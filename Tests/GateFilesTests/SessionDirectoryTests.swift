import Foundation
import GateCore
import GateFiles
import TestSupport
import Testing

@Suite struct SessionDirectoryTests {
    let folder: TemporaryFolder
    var path: String { folder.url.appending(path: "out").path }

    init() throws { folder = try TemporaryFolder() }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.url.appending(path: "out/\(name)").path)
    }

    /// A session directory with everything that one can hold.
    private func fill() throws {
        let directory = try SessionDirectory.create(at: path)
        try directory.write("# Report\n", as: .report, run: 1)
        try directory.write("# Inventory\n", as: .inventory, run: 1)
        try directory.writeFacts(["a": 1], run: 1)
        try directory.write([Fixtures.recording(.analysis), Fixtures.recording(.report)], run: 1)
        try directory.write([Fixtures.recording(texts: ["two"])], run: 12)
        try directory.write(Fixtures.session())
        for name in ["junit.xml", "summary.md", "verdict.json"] { try folder.write("x", to: "out/\(name)") }
    }

    @Test("a session and its recordings come back, run by run")
    func roundTrip() throws {
        try fill()
        let directory = try SessionDirectory.open(at: path + "/")
        #expect(directory.path == path)
        #expect(try directory.session() == Fixtures.session())
        #expect(try directory.recordings().map(\.text) == ["Hello world", "Hello world", "two"])
        #expect(try directory.recordings().map(\.stage) == [.analysis, .report, .analysis])
        #expect(exists("runs/0001/report.md") && exists("runs/0001/inventory.md") && exists("runs/0012"))
    }

    @Test("what was said and what passed is written as any value is")
    func lines() throws {
        let texts = ["a\nb", "/", "\u{0}\u{1F}\u{7F}\u{2028}\u{1F600}\"\\\t\r\u{8}\u{C}", "é", ""]
        let recording = Fixtures.recording(texts: texts)
        var thinking = recording
        thinking.arrivals = texts.map { ContentArrival(offsetNs: Nanoseconds(7), text: $0, thinking: true) }
        let passed = PassedExchange(
            id: "call-1", method: "POST", target: "/api/chat?a", request: texts[2], status: 200, contentType: "a/b",
            isStreamed: true, pieces: texts.map { PassedExchange.Piece(offsetNs: Nanoseconds(9), text: $0) },
            endNs: Nanoseconds(10))
        let directory = try SessionDirectory.create(at: path)
        try directory.write([recording, thinking], run: 1)
        try directory.write([passed, passed], run: 1)
        func written(_ name: String) throws -> [UInt8] {
            try RegularFile.read(directory.path(of: "runs/0001/\(name)"), limit: 1 << 20)
        }
        #expect(
            try written("recording.jsonl")
                == CanonicalJSON.encodeLine(recording) + CanonicalJSON.encodeLine(thinking))
        #expect(try written("passed.jsonl") == CanonicalJSON.encodeLine(passed) + CanonicalJSON.encodeLine(passed))
    }

    @Test("paths of a run's files are relative and as the run keeps them")
    func relative() throws {
        let directory = try SessionDirectory.create(at: path)
        #expect(try directory.write("x", as: .report, run: 3) == "runs/0003/report.md")
        #expect(try directory.writeFacts([1], run: 12_345) == "runs/12345/facts.json")
    }

    @Test("a new session replaces the old one and leaves what is not ours")
    func replacesOld() throws {
        try fill()
        try folder.write("mine", to: "out/notes.txt")
        try folder.write("mine", to: "out/runs/0001/mine.txt")
        try folder.write("mine", to: "out/runs/other/report.md")
        try folder.write("half", to: "out/.chimera-gate-12-ab.tmp")
        _ = try SessionDirectory.create(at: path)
        for name in ["session.json", "junit.xml", "summary.md", "verdict.json", ".chimera-gate-12-ab.tmp"] {
            #expect(!exists(name), "\(name)")
        }
        for name in ["report.md", "inventory.md", "facts.json", "recording.jsonl"] {
            #expect(!exists("runs/0001/\(name)"), "\(name)")
        }
        #expect(!exists("runs/0012"))
        #expect(exists("notes.txt") && exists("runs/0001/mine.txt") && exists("runs/other/report.md"))
    }

    @Test("a directory with other content and no session is refused and left alone")
    func refusesForeign() throws {
        try folder.write("precious", to: "out/precious.txt")
        try folder.write("x", to: "out/junit.xml")
        #expect(throws: SessionError.occupied(path, by: "precious.txt")) { try SessionDirectory.create(at: path) }
        #expect(exists("precious.txt") && exists("junit.xml"))
    }

    @Test("a session.json of another program is refused and left alone")
    func refusesForeignSession() throws {
        for text in ["", "{}", #"{"format_version": 1, "cookies": []}"#] {
            try folder.write(text, to: "out/session.json")
            #expect(throws: SessionError.occupied(path, by: "session.json")) { try SessionDirectory.create(at: path) }
            #expect(exists("session.json"))
        }
    }

    @Test("links out of the directory are not followed when the old session is removed")
    func doesNotFollowLinks() throws {
        try folder.write("precious", to: "elsewhere/0001/report.md")
        try Folder.make(path)
        #expect(symlink("../elsewhere", path + "/runs") == 0)
        #expect(throws: SessionError.occupied(path, by: "runs")) { try SessionDirectory.create(at: path) }
        #expect(unlink(path + "/runs") == 0)
        try Folder.make(path + "/runs")
        #expect(symlink("../../elsewhere/0001", path + "/runs/0001") == 0)
        _ = try SessionDirectory.create(at: path)
        #expect(try RegularFile.read(folder.url.appending(path: "elsewhere/0001/report.md").path, limit: 9).count == 8)
    }

    @Test("what a check without a server left behind is no obstacle")
    func afterFailure() throws {
        try folder.write("<testsuites/>", to: "out/junit.xml")
        _ = try SessionDirectory.create(at: path)
        #expect(!exists("junit.xml"))
    }

    @Test("two sessions cannot be written into one directory at once")
    func locked() throws {
        let first = try SessionDirectory.create(at: path)
        let error = #expect(throws: FileError.self) { try SessionDirectory.create(at: path) }
        #expect(error?.reason == "another chimera-gate is writing into it")
        withExtendedLifetime(first) {}
    }

    @Test("a missing directory and a directory without a session are told apart")
    func missing() throws {
        #expect(throws: SessionError.noFolder(path)) { try SessionDirectory.open(at: path) }
        try folder.write("x", to: "file")
        let file = folder.url.appending(path: "file").path
        #expect(throws: SessionError.noFolder(file)) { try SessionDirectory.open(at: file) }
        try Folder.make(path)
        #expect(throws: SessionError.noSession(path)) { try SessionDirectory.open(at: path) }
    }

    @Test("a malformed, newer or impossible session says what is wrong with it")
    func malformed() throws {
        let directory = try SessionDirectory.create(at: path)
        let file = path + "/session.json"
        try folder.write("{", to: "out/session.json")
        var error: (any Error)? = #expect(throws: FormatError.self) { try directory.session() }
        #expect("\(try #require(error))".hasPrefix("'\(file)' is not JSON: line 1, column 2: "))
        try folder.write(#"{"format_version": 9}"#, to: "out/session.json")
        error = #expect(throws: FormatError.self) { try directory.session() }
        #expect("\(try #require(error))".contains("was written by a newer version"))

        try directory.write(Fixtures.session(machineClass: "../../etc"))
        error = #expect(throws: SessionError.self) { try directory.session() }
        #expect("\(try #require(error))".contains("machine_class"))
        try directory.write(Fixtures.session(runs: [Fixtures.run(2), Fixtures.run(2)]))
        error = #expect(throws: SessionError.self) { try directory.session() }
        #expect("\(try #require(error))".contains("'runs[1].index'"))
        let escaping = Run(
            index: 1, isWarmup: false, startedAt: Fixtures.start, stages: [], measurements: [:],
            reportFile: "runs/0001/../../../secret", factsFile: nil)
        try directory.write(Fixtures.session(runs: [escaping]))
        error = #expect(throws: SessionError.self) { try directory.session() }
        #expect("\(try #require(error))".contains("'runs[0].report_file'"))
    }

    @Test("arms and pairs that cannot be are refused")
    func impossibleArms() throws {
        let directory = try SessionDirectory.create(at: path)
        func run(_ index: Int, _ arm: Arm?, _ pair: Int?, isWarmup: Bool = false) -> Run {
            Run(
                index: index, isWarmup: isWarmup, startedAt: Fixtures.start, stages: [], measurements: [:],
                reportFile: nil, factsFile: nil, arm: arm, pair: pair)
        }
        func detail(of runs: [Run], seed: String? = "0123456789abcdef") throws -> String {
            try directory.write(Fixtures.session(runs: runs, base: seed.map { Fixtures.base(seed: $0) }))
            let error = #expect(throws: (any Error).self) { try directory.session() }
            return "\(try #require(error))"
        }
        #expect(try detail(of: [run(1, .head, 1)], seed: nil).contains("the session has no 'base'"))
        #expect(try detail(of: [run(1, nil, nil)]).contains("should have an 'arm'"))
        #expect(try detail(of: [run(1, .base, 1), run(2, .base, 1)]).contains("pair 1 has two runs of the base"))
        #expect(try detail(of: [run(1, .base, 1, isWarmup: true)]).contains("warm up"))
        #expect(try detail(of: [run(1, .base, 0)]).contains("from 1 to"))
        #expect(try detail(of: [], seed: "up").contains("'base.seed'"))
        let good = Fixtures.session(runs: [run(1, .base, 1), run(2, .head, 1)], base: Fixtures.base())
        try directory.write(good)
        #expect(try directory.session() == good)
    }

    @Test("a recording that was cut names its file and line")
    func cutRecording() throws {
        try fill()
        let name = "out/runs/0001/recording.jsonl"
        let text = try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
        try folder.write(String(text.dropLast(20)), to: name)
        let directory = try SessionDirectory.open(at: path)
        let error = #expect(throws: FormatError.self) { try directory.recordings() }
        #expect(error?.message.contains("recording.jsonl (line 2)") == true)
        try folder.write("\n" + text.replacing("\n", with: "\r\n\n"), to: name)
        #expect(try directory.recordings().count == 3)
    }
}
