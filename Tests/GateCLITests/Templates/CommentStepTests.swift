import Foundation
import GateProcess
import GateYAML
import TestSupport
import Testing

private enum JQ {
    static let isPresent = ["/usr/bin/jq", "/usr/local/bin/jq"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}

/// The script of the workflow that comments, with a program in the place of GitHub's.
@Suite("The comment on a pull request", .enabled(if: JQ.isPresent, "needs jq, as GitHub's runners have it"))
struct CommentStepTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeProgram(
            #"""
            #!/usr/bin/env bash
            echo "$*" >>calls
            case "$*" in
                *"/pulls "*) echo '[{"number": 16, "head": {"sha": "old"}}, {"number": 17, "head": {"sha": "abc"}}]' ;;
                *POST* | *PATCH*) ;;
                *) cat comments ;;
            esac

            """#, to: "bin/gh")
        try folder.write("[]", to: "comments")
    }

    /// - Returns: the changes that were asked of GitHub, and the comment; nil where none was made.
    private func run(from repository: String, commit: String = "abc") throws -> (changes: [String], comment: String?) {
        let steps = try PipelineTemplateTests.template("templates/github-comment.yml")["jobs"]?["comment"]?["steps"]?
            .items
        let script = try #require(steps?.compactMap { $0["run"]?.text }.first)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let ended = try ChildProcess.capture(
            command: ["bash", "-c", "cd \"$0\" && eval \"$1\"", folder.url.path, script],
            environment: [
                "PATH": "\(folder.url.path)/bin:\(path)", "GH_REPO": "team/agent", "HEAD_REPOSITORY": repository,
                "HEAD_OWNER": "guest", "HEAD_BRANCH": "a\"$(touch owned)", "HEAD_COMMIT": commit,
                "RUN_URL": "https://run.test",
            ], limit: 1 << 20, timeoutSeconds: 60)
        #expect(ended.status.isSuccess, "\(ended.errorLines)")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "owned").path))
        let calls = try String(contentsOf: folder.url.appending(path: "calls"), encoding: .utf8)
        let changes = calls.split(separator: "\n").filter { $0.contains("POST") || $0.contains("PATCH") }.map(
            String.init)
        return (changes, try? String(contentsOf: folder.url.appending(path: "comment.md"), encoding: .utf8))
    }

    private static func comment(_ words: String) -> String {
        "<!-- chimera-gate -->\n\(words)\n\n[All of it is in the check](https://run.test).\n"
    }

    @Test("of a fork has a word and a number of what the check left, and nothing else of it")
    func fork() throws {
        try folder.write("# @team, all is well\n", to: "checked/summary.md")
        for (verdict, words) in [
            (#"{"overall": "regression", "exit_code": 1}"#, "**chimera-gate: regression** (status 1)"),
            (#"{"overall": "Passed! @team", "exit_code": "0"}"#, "**chimera-gate: none** (status none)"),
            (#"{"overall": ["pass"], "exit_code": 1e9}"#, "**chimera-gate: none** (status none)"),
            ("{", "**chimera-gate: none** (status none)"),
        ] {
            try folder.write(verdict, to: "checked/verdict.json")
            let made = try run(from: "guest/agent")
            #expect(made.comment == Self.comment(words))
            #expect(made.changes.last == "api -X POST repos/team/agent/issues/17/comments -F body=@comment.md")
        }
    }

    @Test("of a branch of the repository is the summary, and takes the place of the one before it, which is ours")
    func branch() throws {
        try folder.write("# summary\n", to: "checked/summary.md")
        try folder.write(
            #"""
            [{"id": 9, "user": {"login": "guest"}, "body": "<!-- chimera-gate --> mine"},
             {"id": 10, "user": {"login": "github-actions[bot]"}, "body": "<!-- chimera-gate -->\nold"}]
            """#, to: "comments")
        let made = try run(from: "team/agent")
        #expect(made.comment == Self.comment("# summary"))
        #expect(made.changes == ["api -X PATCH repos/team/agent/issues/comments/10 -F body=@comment.md"])
    }

    @Test(
        "is not made where no open pull request ends with the commit that was checked; where nothing was left, it says so"
    )
    func absent() throws {
        let other = try run(from: "guest/agent", commit: "def")
        #expect(other.comment == nil && other.changes == [])
        #expect(try run(from: "guest/agent").comment == Self.comment("**chimera-gate: none** (status none)"))
    }
}
