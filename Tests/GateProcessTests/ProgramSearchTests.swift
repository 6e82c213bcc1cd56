import Foundation
import TestSupport
import Testing

@testable import GateProcess

struct ProgramSearchTests {
    @Test("a program without a slash is found in the first folder of PATH that has it")
    func firstFolderWins() throws {
        let folder = try TemporaryFolder()
        let (first, second) = (folder.url.appending(path: "a").path, folder.url.appending(path: "b").path)
        for path in ["a", "b"] { try folder.writeProgram("#!/bin/sh\n", to: "\(path)/tool") }
        #expect(try ProgramSearch.locate("tool", path: "\(first):\(second)") == first + "/tool")
        #expect(try ProgramSearch.locate("tool", path: "\(folder.url.path)/none:\(second)") == second + "/tool")
    }

    @Test("a file that is not executable is passed over, and named when there is no other")
    func notExecutable() throws {
        let folder = try TemporaryFolder()
        try folder.write("text", to: "a/tool")
        try folder.writeProgram("#!/bin/sh\n", to: "b/tool")
        let (first, second) = (folder.url.appending(path: "a").path, folder.url.appending(path: "b").path)
        #expect(try ProgramSearch.locate("tool", path: "\(first):\(second)") == second + "/tool")
        let error = #expect(throws: ProcessError.self) { try ProgramSearch.locate("tool", path: first) }
        #expect("\(try #require(error))".contains("chmod +x"))
    }

    @Test("a program that is nowhere is an error that names it")
    func nowhere() {
        #expect(throws: ProcessError.programNotFound("no-such-tool")) {
            try ProgramSearch.locate("no-such-tool", path: "/usr/bin:/bin")
        }
        #expect(throws: ProcessError.programNotFound("./no-such-tool")) {
            try ProgramSearch.locate("./no-such-tool", path: "/usr/bin:/bin")
        }
    }

    @Test("a folder is not a program")
    func folder() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ProcessError.notExecutable(folder.url.path, reason: "it is not a regular file")) {
            try ProgramSearch.locate(folder.url.path, path: "")
        }
    }
}
