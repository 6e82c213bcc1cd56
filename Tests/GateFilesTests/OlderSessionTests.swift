import Foundation
import GateCore
import GateFiles
import TestSupport
import Testing

@Suite struct OlderSessionTests {
    @Test("a session of before cold starts on purpose is read as one without any")
    func withoutLoadRuns() throws {
        let session = Fixtures.session()
        let text = String(decoding: try CanonicalJSON.encode(session), as: UTF8.self)
        let older = text.replacing(#"    "load_runs" : 0,"# + "\n", with: "")
        #expect(older.count < text.count && !older.contains("load_runs"))
        #expect(try CanonicalJSON.decode(Session.self, from: Array(older.utf8), file: "session.json") == session)
    }
}
