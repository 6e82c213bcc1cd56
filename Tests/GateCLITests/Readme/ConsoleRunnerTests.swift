import Foundation
import TestSupport
import Testing

@Suite("Console blocks") struct ConsoleRunnerTests {
    let folder: TemporaryFolder
    let programs: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        programs = try TemporaryFolder()
    }

    func failures(_ markdown: String) throws -> [ConsoleRunner.Failure] {
        try ConsoleRunner(folder: folder.url, programs: programs.url)
            .failures(of: ConsoleDocument(markdown: markdown))
    }

    @Test("commands run in the folder, in order, in one shell") func order() throws {
        let failures = try failures(
            """
            Text.

            ```console
            $ mkdir made
            $ cd made
            $ kept=yes
            ```

            ```sh
            this is not run
            ```

            ```console
            $ echo "$(basename "$PWD") $kept"
            made yes
            ```
            """)
        #expect(failures.isEmpty, "\(failures)")
        #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: "made").path))
    }

    @Test("programs of the given folder come first") func path() throws {
        try programs.writeProgram("#!/bin/sh\necho ours\n", to: "ls")
        #expect(try failures("```console\n$ ls\nours\n```").isEmpty)
    }

    @Test("other output is a failure that names line and output") func otherOutput() throws {
        let failures = try failures("```console\n$ echo one\ntwo\n```")
        #expect(failures.map(\.command.line) == [2])
        #expect(failures.first?.reason.contains("one") == true)
    }

    @Test("output that the document leaves out is a failure") func unexpectedOutput() throws {
        #expect(try failures("```console\n$ echo one\n```").count == 1)
    }

    @Test("a status other than 0 is a failure, unless the next command shows it") func status() throws {
        #expect(try failures("```console\n$ false\n$ true\n```").map(\.command.text) == ["false"])
        #expect(try failures("```console\n$ (exit 3)\n$ echo $?\n3\n```").isEmpty)
    }

    @Test("errors are output") func standardError() throws {
        #expect(try failures("```console\n$ echo lost >&2\nlost\n```").isEmpty)
    }

    @Test("what a command in the background prints is not compared") func backgroundOutput() throws {
        #expect(try failures("```console\n$ echo one &\n$ wait\n```").isEmpty)
    }

    @Test("a server in the background ends with the document") func background() throws {
        let failures = try failures("```console\n$ sleep 600 &\n$ echo $! > pid\n```")
        #expect(failures.isEmpty, "\(failures)")
        let text = try String(contentsOf: folder.url.appending(path: "pid"), encoding: .utf8)
        let pid = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(pid, 0) == -1)
    }

    @Test("a block with a reason is parsed and not run") func notRun() throws {
        #expect(try failures("<!-- not run: takes minutes -->\n\n```console\n$ touch made\nany\n```").isEmpty)
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "made").path))
        let broken = try failures("<!-- not run: takes minutes -->\n```console\n$ for x in\n```")
        #expect(broken.map(\.command.text) == ["for x in"])
    }

    @Test("a command that ends the shell takes the rest along, and that is said") func exit() throws {
        let failures = try failures("```console\n$ exit 0\n$ echo later\nlater\n```")
        #expect(failures.map(\.command.text) == ["exit 0", "echo later"])
    }

    @Test("a command that never ends is the failure that is named first") func endless() throws {
        let document = try ConsoleDocument(markdown: "```console\n$ true\n$ while true; do sleep 1; done\n$ true\n```")
        let runner = ConsoleRunner(folder: folder.url, programs: programs.url, timeoutSeconds: 0.5)
        #expect(try runner.failures(of: document).first?.command.line == 3)
    }

    @Test("a command goes on in lines with '> '") func continuation() throws {
        #expect(try failures("```console\n$ cat <<TEXT\n> one\n> TEXT\none\n```").isEmpty)
    }
}

@Suite("Files of a document") struct FileBlockTests {
    @Test("a block that is named as a file is one, with its text as it stands, for the commands after it")
    func written() throws {
        let folder = try TemporaryFolder()
        let programs = try TemporaryFolder()
        let markdown = """
            <!-- file: some.yml -->
            ```yaml
            a: "$HOME"
              b: 1
            ```

            ```yaml
            not: a file
            ```

            ```console
            $ cat some.yml
            a: "$HOME"
              b: 1
            $ ls
            some.yml
            ```
            """
        let failures = try ConsoleRunner(folder: folder.url, programs: programs.url)
            .failures(of: ConsoleDocument(markdown: markdown))
        #expect(failures.isEmpty, "\(failures)")
    }
}

@Suite("Console documents") struct ConsoleDocumentTests {
    @Test("a document without console blocks has no commands") func none() throws {
        #expect(try ConsoleDocument(markdown: "# Title\n\n```yaml\n$ no: command\n```\n").blocks.isEmpty)
    }

    @Test("a console block inside a longer fence is text") func nested() throws {
        #expect(try ConsoleDocument(markdown: "````md\n```console\n$ ls\n```\n````").blocks.isEmpty)
    }

    @Test("a reason holds for the next block only") func reason() throws {
        let block = "```console\n$ ls\n```\n"
        let document = try ConsoleDocument(markdown: "<!-- not run: slow -->\n\(block)\(block)")
        #expect(document.blocks.map(\.notRun) == ["slow", nil])
        #expect(try ConsoleDocument(markdown: "<!-- not run: slow -->\nText.\n\(block)").blocks[0].notRun == nil)
    }

    @Test(
        "faults are errors with their line",
        arguments: [
            ("```console\nls\n```", ConsoleDocument.Fault.outputBeforeCommand(line: 2)),
            ("\n```console\n$ ls\n", .unclosedBlock(line: 2)),
            ("<!-- not run: -->\n", .noReason(line: 1)),
        ])
    func faults(_ markdown: String, _ fault: ConsoleDocument.Fault) {
        #expect(throws: fault) { try ConsoleDocument(markdown: markdown) }
    }
}

@Suite("Expected output") struct OutputPatternTests {
    @Test(
        "wildcards match",
        arguments: [
            (["a", "...", "d"], ["a", "b", "c", "d"]),
            (["..."], []),
            (["...", "d", "..."], ["d", "c", "d"]),
            (["took … s, …"], ["took 1.5 s, fine"]),
            (["…b…b"], ["abcbb"]),
            ([], []),
        ])
    func matches(_ pattern: [String], _ output: [String]) {
        #expect(OutputPattern(lines: pattern).matches(output))
    }

    @Test(
        "and nothing else does",
        arguments: [
            (["a"], ["a", "b"]), (["a", "b"], ["a"]), ([], ["a"]), (["a", "...", "d"], ["a", "b"]),
            (["took … s"], ["took 1.5 ms"]), (["…x"], ["xy"]),
        ])
    func differs(_ pattern: [String], _ output: [String]) {
        #expect(!OutputPattern(lines: pattern).matches(output))
    }
}
