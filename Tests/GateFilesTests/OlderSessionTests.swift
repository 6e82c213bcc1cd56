import Foundation
import GateCore
import GateFiles
import TestSupport
import Testing

@Suite struct OlderSessionTests {
    @Test("a session of before cold starts on purpose is read as one without any")
    func withoutColdStarts() throws {
        let session = Fixtures.session()
        let text = String(decoding: try CanonicalJSON.encode(session), as: UTF8.self)
        let older = text.replacing(#"    "cold_starts" : 0,"# + "\n", with: "")
        #expect(older.count < text.count && !older.contains("cold_starts"))
        #expect(try CanonicalJSON.decode(Session.self, from: Array(older.utf8), file: "session.json") == session)
    }

    @Test("cold starts are read by the name that they had")
    func coldStartsByFormerName() throws {
        let session = Fixtures.session()
        let text = String(decoding: try CanonicalJSON.encode(session), as: UTF8.self)
        let older = text.replacing(#""cold_starts" : 0"#, with: #""load_runs" : 3"#)
        let read = try CanonicalJSON.decode(Session.self, from: Array(older.utf8), file: "session.json")
        #expect(older != text && read.configuration.coldStarts == 3)
    }

    @Test("an imported session of before it had a tool has its tool where the others have their server")
    func importedByServer() throws {
        let other = Fixtures.session()
        let session = Session(
            id: other.id, toolVersion: "0.1.0", workload: .imported, machineClass: "ci", startedAt: other.startedAt,
            finishedAt: other.finishedAt, environment: other.environment,
            origin: .tool(ToolIdentity(name: "hyperfine", version: "1.20")), model: ModelIdentity(name: ""),
            corpus: nil,
            configuration: Configuration(
                imported: nil, machineClass: "ci", model: "", runs: 1, policy: Policy()), serverStarts: [], runs: [],
            warnings: [])
        let text = String(decoding: try CanonicalJSON.encode(session), as: UTF8.self)
        #expect(!text.contains("server\"") && !text.contains("url") && !text.contains("agent"), "\(text)")
        let older = text.replacing(
            #/"tool" : \{\s*"name" : "hyperfine",\s*"version" : "1.20"\s*\}/#,
            with: #""server": {"api": "ollama", "product": "hyperfine", "url": "http://localhost", "version": "1.20"},"#
                + #""corpus": {"bytes": 0, "facts": 0, "files": 0, "sha256": "e3b0", "unreadable": 0}"#)
        let read = try CanonicalJSON.decode(Session.self, from: Array(older.utf8), file: "session.json")
        #expect(older != text && read.origin == session.origin && read.configuration == session.configuration)
        for bad in ["", #""tool": {"name": "x"}, "server": {"api": "ollama", "product": "x", "url": ""}, "#] {
            let damaged = text.replacing(#/"tool" : \{[^}]*\},/#, with: bad)
            #expect(damaged != text)
            #expect(throws: FormatError.self) {
                try CanonicalJSON.decode(Session.self, from: Array(damaged.utf8), file: "session.json")
            }
        }
    }
}
