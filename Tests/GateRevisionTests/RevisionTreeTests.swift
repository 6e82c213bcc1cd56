import Foundation
import GateProcess
import TestSupport
import Testing

@testable import GateRevision

@Suite("The tree of a revision") struct RevisionTreeTests {
    private let repository: TestRepository

    /// `main` with a program, and a branch that changed it.
    init() throws {
        repository = try TestRepository()
        try repository.write("#!/bin/sh\necho base\n", to: "app/agent.sh")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(repository.path)/app/agent.sh")
        try repository.write("shared\n", to: "common.txt")
        try repository.commit()
        try repository.git("checkout", "--quiet", "-b", "change")
        try repository.write("#!/bin/sh\necho head\n", to: "app/agent.sh")
        try repository.commit()
    }

    private func tree() throws -> RevisionTree {
        try RevisionTree(of: Repository(holding: "\(repository.path)/app").base("main"))
    }

    @Test("is the whole of it, with what can be run, at the folder where we are; nothing of it stays")
    func whole() throws {
        var tree: RevisionTree? = try tree()
        let folder = try #require(tree?.folder)
        #expect(folder.hasSuffix("/app"))
        #expect(try repository.text("agent.sh", in: folder) == "#!/bin/sh\necho base\n")
        #expect(try repository.text("../common.txt", in: folder) == "shared\n")
        #expect(FileManager.default.isExecutableFile(atPath: "\(folder)/agent.sh"))
        #expect(tree?.submodules == [] && tree?.usesLFS == false)
        #expect(try repository.git("status", "--porcelain") == "")
        #expect(try repository.git("rev-parse", "--abbrev-ref", "HEAD") == "change")
        tree = nil
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(try repository.git("worktree", "list").split(separator: "\n").count == 1)
    }

    @Test("leaves nothing of it in git where a signal ends the program")
    func interrupted() async throws {
        let path = repository.path
        await #expect(processExitsWith: .exitCode(128 + SIGTERM)) { [path = path as String] in
            try Interruption.install()
            let tree = try RevisionTree(of: Repository(holding: path).base("main"))
            let isKnown = FileManager.default.fileExists(atPath: "\(path)/.git/worktrees/tree/gitdir")
            kill(getpid(), isKnown ? SIGTERM : SIGINT)
            withExtendedLifetime(tree) { while true { pause() } }
        }
        #expect(try repository.git("worktree", "list").split(separator: "\n").count == 1)
        #expect(try repository.git("status", "--porcelain") == "")
    }

    @Test("runs no hook of the repository")
    func hooks() throws {
        let hook = "\(repository.path)/.git/hooks/post-checkout"
        try "#!/bin/sh\ntouch \(repository.path)/hooked\n".write(toFile: hook, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
        _ = try tree()
        #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/hooked"))
    }

    @Test("says what it does not have: files of submodules and of Git LFS")
    func leftOut() throws {
        try repository.git("checkout", "--quiet", "main")
        try repository.write("*.bin filter=lfs diff=lfs merge=lfs -text\n", to: "app/.gitattributes")
        let commit = try repository.git("rev-parse", "HEAD")
        try repository.git("update-index", "--add", "--cacheinfo", "160000,\(commit),vendor/tools")
        try repository.git("add", "app/.gitattributes")
        try repository.git("commit", "--quiet", "--message", "A submodule and LFS")
        try repository.git("checkout", "--quiet", "--force", "-B", "change")
        let tree = try tree()
        #expect(tree.submodules == ["vendor/tools"] && tree.usesLFS)
        try tree.prepare(by: ["sh", "-c", "echo x > ../vendor/tools/file"], timeoutSeconds: 60)
        #expect(tree.submodules == [])
    }

    @Test("is prepared by a command that runs in it; one that fails says how")
    func prepared() throws {
        let tree = try tree()
        try tree.prepare(by: ["sh", "-c", "cat agent.sh > copy"], timeoutSeconds: 60)
        #expect(try repository.text("copy", in: tree.folder) == "#!/bin/sh\necho base\n")
        let error = #expect(throws: RevisionError.self) {
            try tree.prepare(by: ["sh", "-c", "echo broken >&2; exit 4"], timeoutSeconds: 60)
        }
        #expect(error == .notPrepared(command: "sh", reason: "exit status 4; its last lines: broken"))
    }
}
