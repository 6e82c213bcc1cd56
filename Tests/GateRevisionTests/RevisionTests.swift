import Foundation
import GateDigest
import GateProcess
import TestSupport
import Testing

@testable import GateRevision

/// A git repository in a temporary folder.
struct TestRepository {
    let folder: TemporaryFolder
    var path: String { folder.url.path }

    init() throws {
        folder = try TemporaryFolder()
        try git("init", "--quiet", "--initial-branch", "main")
    }

    @discardableResult
    func git(_ arguments: String..., in path: String? = nil) throws -> String {
        let identity = ["-c", "user.name=tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]
        let result = try ChildProcess.capture(
            command: ["git", "-C", path ?? self.path] + identity + arguments, limit: 1 << 20, timeoutSeconds: 60)
        try #require(result.status.isSuccess, "\(arguments): \(result.errorLines)")
        return String(decoding: result.output, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    func write(_ text: String, to file: String) throws { try folder.write(text, to: file) }

    /// Commits everything that is there.
    @discardableResult
    func commit(_ message: String = "A commit") throws -> String {
        try git("add", "--all")
        try git("commit", "--quiet", "--message", message)
        return try git("rev-parse", "HEAD")
    }

    func text(_ file: String, in folder: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }
}

@Suite("A revision as the base") struct RevisionTests {
    let repository: TestRepository
    let base: String

    /// `main` with a file, and a branch that changed it.
    init() throws {
        repository = try TestRepository()
        try repository.write("model,tok_s\nsmall,41.5\n", to: "app/reports/a.csv")
        try repository.write("{\"x\": 1}", to: "app/csv_data/deep/b.json")
        try repository.write("agent: {model: m}\n", to: "app/chimera-gate.yml")
        base = try repository.commit()
        try repository.git("checkout", "--quiet", "-b", "change")
        try repository.write("model,tok_s\nsmall,99\n", to: "app/reports/a.csv")
        try repository.commit()
    }

    @Test("knows which files the working tree has as it has them") func unchanged() throws {
        try repository.write("x\n", to: "app/reports/[a]*.csv")
        try repository.write("x\n", to: "app/reports/edited.csv")
        try repository.git("-C", "app", "rm", "--quiet", "csv_data/deep/b.json")
        _ = try FileManager.default.createSymbolicLink(
            atPath: "\(repository.path)/app/link.csv", withDestinationPath: "reports/a.csv")
        let head = try repository.commit()
        try repository.write("y\n", to: "app/reports/edited.csv")
        try repository.write("new\n", to: "app/reports/new.csv")
        let revision = try Repository(holding: "\(repository.path)/app").revision(head)
        let paths = [
            "reports/a.csv", "reports/[a]*.csv", "reports/edited.csv", "reports/new.csv", "csv_data/deep/b.json",
        ]
        let found = try revision.unchanged(Set((paths + ["link.csv", "reports", ""]).map { "app/\($0)" }))
        #expect(found == ["app/reports/a.csv", "app/reports/[a]*.csv"])
        #expect(try revision.unchanged([]) == [])
    }

    private func opened(_ name: String = "main") throws -> Revision {
        try Repository(holding: "\(repository.path)/app").base(name)
    }

    @Test("gives the files of the base, and leaves the working tree alone") func files() throws {
        let revision = try opened()
        #expect(revision.commit == base && revision.isAncestor)
        #expect(try revision.file("app/chimera-gate.yml", limit: 1000) == Array("agent: {model: m}\n".utf8))
        #expect(try revision.file("app/other.yml", limit: 1000) == nil)
        var files: RevisionFiles? = try RevisionFiles(
            of: revision, paths: ["app/reports", "app/csv_data", "app/artifacts"], below: "app", maxFileBytes: 1000)
        let folder = try #require(files?.folder)
        #expect(try repository.text("reports/a.csv", in: folder) == "model,tok_s\nsmall,41.5\n")
        #expect(try repository.text("csv_data/deep/b.json", in: folder) == "{\"x\": 1}")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/chimera-gate.yml"))
        #expect(files?.leftOut == [])
        #expect(try repository.text("app/reports/a.csv", in: repository.path) == "model,tok_s\nsmall,99\n")
        #expect(try repository.git("status", "--porcelain") == "")
        files = nil
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("is where the branches parted, not what others merged since") func ancestor() throws {
        try repository.git("checkout", "--quiet", "main")
        try repository.write("later", to: "app/reports/later.md")
        let later = try repository.commit()
        try repository.git("checkout", "--quiet", "change")
        #expect(try opened().commit == base)
        #expect(try opened(later).commit == base)
    }

    @Test("has the times of its commit, not of the extraction") func times() throws {
        let files = try RevisionFiles(of: opened(), paths: ["app/reports"], below: "app", maxFileBytes: 1000)
        let seconds = try #require(Int(try repository.git("log", "-1", "--format=%ct", base)))
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(files.folder)/reports/a.csv")
        #expect((attributes[.modificationDate] as? Date)?.timeIntervalSince1970 == Double(seconds))
    }

    @Test("of a file that is too large keeps the size alone") func large() throws {
        let files = try RevisionFiles(of: opened(), paths: ["app/reports"], below: "app", maxFileBytes: 3)
        let bytes = try Data(contentsOf: URL(filePath: "\(files.folder)/reports/a.csv"))
        #expect(bytes.count == 23 && bytes.allSatisfy { $0 == 0 })
    }

    @Test("never makes a symbolic link, and says what it left out") func links() throws {
        try repository.git("checkout", "--quiet", "main")
        let place = URL(filePath: "\(repository.path)/app/reports/passwords.md")
        try FileManager.default.createSymbolicLink(at: place, withDestinationURL: URL(filePath: "/etc/passwd"))
        try FileManager.default.createSymbolicLink(
            at: URL(filePath: "\(repository.path)/app/artifacts"), withDestinationURL: URL(filePath: "/etc"))
        try repository.commit()
        let files = try RevisionFiles(
            of: opened(), paths: ["app/reports", "app/artifacts"], below: "app", maxFileBytes: 1000)
        #expect(files.leftOut == ["app/reports/passwords.md", "app/artifacts"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(files.folder)/reports") == ["a.csv"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder) == ["reports"])
    }

    @Test("refuses a tree whose names lead out of the folder") func traversal() throws {
        let object = try repository.git("rev-parse", "\(base):app/reports/a.csv")
        let empty = try repository.folder.write("", to: "empty")
        _ = empty
        let script = """
            printf '100644 ..\\0' > tree && printf '\(object)' | xxd -r -p >> tree
            sub=$(git hash-object -t tree -w --literally tree)
            printf '40000 reports\\0' > tree && printf "$sub" | xxd -r -p >> tree
            top=$(git hash-object -t tree -w --literally tree)
            git -c user.name=t -c user.email=t@example.org commit-tree -m evil -p HEAD "$top"
            """
        let result = try ChildProcess.capture(
            command: ["sh", "-c", "cd '\(repository.path)' && \(script)"], limit: 1000, timeoutSeconds: 30)
        guard result.status.isSuccess else { return }
        let commit = String(decoding: result.output, as: UTF8.self).trimmingCharacters(in: .newlines)
        try repository.git("reset", "--quiet", "--soft", commit)
        #expect(throws: RevisionError.self) {
            _ = try RevisionFiles(of: opened(commit), paths: ["reports"], below: "", maxFileBytes: 1000)
        }
    }

    @Test("says that a submodule and an LFS pointer are not the files themselves") func pointers() throws {
        try repository.git("checkout", "--quiet", "main")
        try repository.write(
            "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n", to: "app/reports/big.csv")
        try repository.commit()
        let pointer = #expect(throws: RevisionError.self) {
            _ = try RevisionFiles(of: opened("HEAD"), paths: ["app/reports"], below: "app", maxFileBytes: 1000)
        }
        #expect("\(try #require(pointer))".contains("'reports/big.csv' at 'HEAD' is a Git LFS pointer"))
        try repository.git(
            "update-index", "--add", "--cacheinfo", "160000,\(base),app/csv_data/module")
        try repository.git("commit", "--quiet", "--message", "A submodule")
        let submodule = #expect(throws: RevisionError.self) {
            _ = try RevisionFiles(of: opened("HEAD"), paths: ["app/csv_data"], below: "app", maxFileBytes: 1000)
        }
        #expect("\(try #require(submodule))".contains("'app/csv_data/module' at 'HEAD' is a submodule"))
        for path in ["app/csv_data/module/inner", "app/csv_data/module/inner/a.csv"] {
            let above = #expect(throws: RevisionError.self) { try opened("HEAD").refuseSubmodule(above: path) }
            #expect(above == submodule)
        }
        for path in ["app/csv_data", "app/reports/a.csv", "app/none/b", "."] {
            try opened("HEAD").refuseSubmodule(above: path)
        }
    }

    @Test("takes the file of an LFS pointer from where it is checked out or kept, where it is the very one")
    func largeFiles() throws {
        try repository.git("checkout", "--quiet", "main")
        let (content, path) = ("model,ms\n" + String(repeating: "a,1\n", count: 50), "app/reports/big.csv")
        let digest = SHA256.hash(content)
        try repository.write(
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(digest)\nsize \(content.utf8.count)\n", to: path)
        try repository.commit()
        func files(trees: [String] = [], maxFileBytes: Int = 1000) throws -> RevisionFiles {
            try RevisionFiles(
                of: opened("HEAD"), paths: ["app/reports"], below: "app", maxFileBytes: maxFileBytes, trees: trees)
        }
        func text(trees: [String] = []) throws -> String {
            let files = try files(trees: trees)
            return try withExtendedLifetime(files) { try repository.text("reports/big.csv", in: files.folder) }
        }
        let tree = try TemporaryFolder()
        try tree.write(content.replacing("1", with: "2"), to: path)
        #expect(throws: RevisionError.self) { try files(trees: [tree.url.path]) }
        try tree.write(content, to: path)
        #expect(try text(trees: [tree.url.path]) == content)

        let object = "lfs/objects/\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest)"
        try repository.write(content, to: ".git/\(object)")
        #expect(try text() == content)
        let hollow = try files(maxFileBytes: 150)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(hollow.folder)/reports/big.csv")
        #expect(attributes[.size] as? Int == content.utf8.count)
        withExtendedLifetime(hollow) {}
        try FileManager.default.removeItem(atPath: "\(repository.path)/.git/\(object)")
        #expect(throws: RevisionError.self) { try files() }
        try repository.write(content, to: path)
        #expect(try text() == content)
    }

    @Test("a name with blanks, quotes, and other writing is a name like any other") func names() throws {
        try repository.git("checkout", "--quiet", "main")
        let names = ["a b.csv", "quote\"s'.csv", "Δelta.csv", "-n.csv", "tab\there.csv", "new\nline.csv"]
        for name in names { try repository.write(name, to: "app/reports/\(name)") }
        try repository.commit()
        let files = try RevisionFiles(of: opened("HEAD"), paths: ["app/reports"], below: "app", maxFileBytes: 1000)
        for name in names { #expect(try repository.text("reports/\(name)", in: files.folder) == name) }
    }

    @Test("that is not known is an error with a way out", arguments: ["nowhere", "--upload-pack=x", "HEAD~99"])
    func unknown(name: String) throws {
        let error = #expect(throws: RevisionError.self) { _ = try opened(name) }
        #expect(error == .unknown(name: name))
    }

    @Test("that a shallow clone lacks is told from one that does not exist") func shallow() throws {
        let clone = try TemporaryFolder()
        try repository.git(
            "clone", "--quiet", "--depth", "1", "--branch", "change", "file://\(repository.path)", clone.url.path + "/c"
        )
        let error = #expect(throws: RevisionError.self) {
            _ = try Repository(holding: clone.url.path + "/c").base("origin/main")
        }
        #expect(error == .notFetched(name: "origin/main"))
        #expect(error?.remedy.contains("fetch-depth: 0") == true)
        try repository.git(
            "fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main", in: clone.url.path + "/c")
        let alone = try Repository(holding: clone.url.path + "/c").base("origin/main")
        #expect(alone.commit == base && !alone.isAncestor)
    }

    @Test("needs a repository") func noRepository() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: RevisionError.self) { _ = try Repository(holding: folder.url.path) }
        guard case .noRepository(let path, let said) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == folder.url.path && said.contains("not a git repository"))
    }

    @Test("paths are found from the folder where the program runs") func paths() throws {
        let opened = try Repository(holding: "\(repository.path)/app")
        #expect(try opened.path(of: "chimera-gate.yml") == "app/chimera-gate.yml")
        #expect(try opened.path(of: ".") == "app")
        #expect(try opened.path(of: "../reports/./x") == "reports/x")
        #expect(try opened.path(of: "\(opened.root)/app/a") == "app/a")
        #expect(try opened.path(of: opened.root) == "")
        #expect(throws: RevisionError.self) { _ = try opened.path(of: "../../x") }
        #expect(throws: RevisionError.self) { _ = try opened.path(of: "/etc/hosts") }
        #expect(try opened.tracks("app/reports") && !opened.tracks("app/nothing"))
    }
}
