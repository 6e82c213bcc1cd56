import Foundation
import GateProcess
import TestSupport
import Testing

@testable import GateMeasure

/// With a real repository.
@Suite struct `Source revision` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func git(_ arguments: String...) throws -> String { try git(arguments) }

    private func git(_ arguments: [String]) throws -> String {
        let identity = ["-c", "user.name=tester", "-c", "user.email=tester@example.org"]
        let result = try ChildProcess.capture(
            command: ["git", "-C", folder.url.path] + identity + arguments, limit: 1 << 20, timeoutSeconds: 20)
        try #require(result.status.isSuccess, "\(arguments)")
        return String(decoding: result.output, as: UTF8.self)
    }

    private func revision() throws -> SourceRevision {
        SourceRevision(
            status: try git(SourceRevision.question))
    }

    @Test("commit, branch and changes come out of one call of git")
    func repository() throws {
        _ = try git("init", "--quiet", "--initial-branch", "feature/a-b")
        #expect(try revision() == SourceRevision())

        try folder.write("one\n", to: "file.txt")
        _ = try git("add", ".")
        _ = try git("commit", "--quiet", "--message", "A commit")
        let commit = try git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
        #expect(try revision() == SourceRevision(commit: commit, isDirty: false, ref: "feature/a-b"))

        try folder.write("not tracked\n", to: "other.txt")
        #expect(try revision().isDirty == false)
        try folder.write("two\n", to: "file.txt")
        #expect(try revision() == SourceRevision(commit: commit, isDirty: true, ref: "feature/a-b"))

        _ = try git("checkout", "--quiet", "--force", "feature/a-b")
        try folder.write("{}\n", to: "deep/Baselines/analysis/ci.json")
        _ = try git("add", ".")
        _ = try git("commit", "--quiet", "--message", "Approve")
        let approved = try git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
        try folder.write("{ }\n", to: "deep/Baselines/analysis/ci.json")
        #expect(try revision() == SourceRevision(commit: approved, isDirty: false, ref: "feature/a-b"))

        _ = try git("checkout", "--quiet", "--force", "--detach")
        #expect(try revision() == SourceRevision(commit: approved, isDirty: false, ref: nil))
    }
}
