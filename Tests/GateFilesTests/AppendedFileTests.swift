import Foundation
import Glibc
import TestSupport
import Testing

@testable import GateFiles

@Suite("A file that is added to") struct AppendedFileTests {
    let folder: TemporaryFolder
    private var path: String { folder.url.appending(path: "summary").path }

    init() throws { folder = try TemporaryFolder() }

    @Test("keeps what is there, is made where it is missing, and tells how much it holds")
    func appends() throws {
        for words in ["é\n", "two\n"] {
            try AppendedFile.append(to: path) { "\($0) \(words)" }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "0 é\n5 two\n")
    }

    @Test("that cannot be added to is an error, at once and with its reason")
    func refused() throws {
        let pipe = folder.url.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        for (path, kind) in [
            (folder.url.path, FileError.Kind.cannotCreate), ("\(self.path)/none/x", .cannotCreate), (pipe, .unsuitable),
            ("/dev/full", .inputOutput),
        ] {
            let error = #expect(throws: FileError.self) { try AppendedFile.append(to: path) { _ in "text" } }
            #expect(error?.kind == kind && error?.path == path)
        }
    }
}
