import Foundation
import GateCore
import Glibc
import TestSupport
import Testing

@testable import GateFiles

@Suite struct AtomicFileTests {
    let folder: TemporaryFolder
    var path: String { folder.url.appending(path: "file.json").path }

    init() throws { folder = try TemporaryFolder() }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path) }
    }

    @Test("what a killed write left is removed by the next; a file that its writer holds stays")
    func abandonedTemporaries() throws {
        try folder.write("half", to: ".chimera-gate-1-dead.tmp")
        let held = try folder.write("half", to: ".chimera-gate-1-held.tmp")
        try folder.write("mine", to: ".chimera-gate-notes")
        // A lock belongs to the opening of a file, not to the process.
        let descriptor = open(held.path, O_RDONLY)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        try AtomicFile.write("new", to: path)
        #expect(try names.sorted() == [".chimera-gate-1-held.tmp", ".chimera-gate-notes", "file.json"])
    }

    @Test("a file is written, replaced, and nothing else is left")
    func replaces() throws {
        try AtomicFile.write("old and longer", to: path)
        try AtomicFile.write("new", to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        #expect(try names == ["file.json"])
        try AtomicFile.write("", to: path)
        #expect(try RegularFile.read(path, limit: 10).isEmpty)
    }

    @Test("a write that fails half-way leaves the old file, and no other")
    func keepsOld() throws {
        try AtomicFile.write("old", to: path)
        let failure = FileError(errno: ENOSPC, "write", path: path)
        let error = #expect(throws: FileError.self) {
            try AtomicFile.replace(path) { descriptor throws(FileError) in
                _ = "half".withCString { Glibc.write(descriptor, $0, 4) }
                throw failure
            }
        }
        #expect(error == failure)
        #expect(error?.kind == .inputOutput && error?.remedy.contains("unchanged") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(try names == ["file.json"])
    }

    @Test("a missing folder, a file for a folder and a name too long cannot be created")
    func cannotCreate() throws {
        try folder.write("x", to: "plain")
        for name in ["none/file", "plain/file", String(repeating: "n", count: 300)] {
            let target = folder.url.appending(path: name).path
            let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: target) }
            #expect(error?.kind == .cannotCreate, "\(name.prefix(10))")
            #expect(error?.path == target)
        }
        #expect(try names == ["plain"])
    }

    @Test("folders, symbolic links and FIFOs are never replaced")
    func onlyRegular() throws {
        try folder.write("precious", to: "precious")
        #expect(symlink("precious", folder.url.appending(path: "link").path) == 0)
        #expect(symlink("nowhere", folder.url.appending(path: "dangling").path) == 0)
        #expect(mkfifo(folder.url.appending(path: "fifo").path, 0o600) == 0)
        #expect(mkdir(folder.url.appending(path: "folder").path, 0o700) == 0)
        for name in ["link", "dangling", "fifo", "folder"] {
            let target = folder.url.appending(path: name).path
            let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: target) }
            #expect(error?.kind == .cannotCreate, "\(name)")
        }
        #expect(try names.sorted() == ["dangling", "fifo", "folder", "link", "precious"])
        #expect(try String(contentsOf: folder.url.appending(path: "precious"), encoding: .utf8) == "precious")
    }

    @Test(
        "a folder that this user may not write is a matter of permission", .enabled(if: geteuid() != 0, "runs as root"))
    func permission() throws {
        let closed = folder.url.appending(path: "closed").path
        #expect(mkdir(closed, 0o500) == 0)
        let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: closed + "/file") }
        #expect(error?.kind == .permission)
    }

    @Test("errors of the system fall into the classes that exit codes are made of")
    func classes() {
        let classes: [(CInt, FileError.Kind)] = [
            (EACCES, .permission), (EPERM, .permission), (EROFS, .permission), (ENOSPC, .inputOutput),
            (EIO, .inputOutput), (EDQUOT, .inputOutput), (ENOTDIR, .cannotCreate), (ENOENT, .cannotCreate),
        ]
        for (number, kind) in classes {
            #expect(FileError(errno: number, "write", path: "p").kind == kind)
        }
        #expect(FileError(errno: ENOENT, "read", path: "p").kind == .missing)
        #expect(
            FileError(errno: ENOSPC, "write", path: "a/b").description
                == "cannot write 'a/b': No space left on device."
                + " Free some space and try again; what was there before is unchanged.")
    }
}

@Suite struct RegularFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func kind(of name: String, limit: Int = 100) -> FileError.Kind? {
        do {
            _ = try RegularFile.read(folder.url.appending(path: name).path, limit: limit)
            return nil
        } catch { return error.kind }
    }

    @Test("bytes come as they are, up to the limit and not beyond")
    func limit() throws {
        try folder.write(String(repeating: "x", count: 100), to: "full")
        #expect(kind(of: "full", limit: 100) == nil)
        #expect(kind(of: "full", limit: 99) == .unsuitable)
        let url = folder.url.appending(path: "bytes")
        try Data([0, 255, 10]).write(to: url)
        #expect(try RegularFile.read(url.path, limit: 3) == [0, 255, 10])
    }

    @Test("a file without a known size is cut off at the limit")
    func endless() {
        #expect(throws: FileError.self) { try RegularFile.read("/proc/self/maps", limit: 16) }
        #expect(throws: FileError.self) { try RegularFile.read("/dev/zero", limit: 16) }
    }

    @Test("nothing, folders, symbolic links and FIFOs are told apart from files")
    func unsuitable() throws {
        try folder.write("x", to: "real")
        #expect(symlink("real", folder.url.appending(path: "link").path) == 0)
        #expect(mkfifo(folder.url.appending(path: "fifo").path, 0o600) == 0)
        #expect(kind(of: "none") == .missing)
        #expect(kind(of: ".") == .unsuitable)
        #expect(kind(of: "link") == .unsuitable)
        #expect(kind(of: "fifo") == .unsuitable)
    }
}

@Suite struct FolderTests {
    @Test("folders are made with those above them, and again without complaint")
    func make() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "a/b/c").path
        try Folder.make(path)
        try Folder.make(path + "/")
        try folder.write("x", to: "a/file")
        #expect(try Folder.names(in: folder.url.appending(path: "a").path) == ["b", "file"])
        let error = #expect(throws: FileError.self) { try Folder.make(folder.url.appending(path: "a/file/d").path) }
        #expect(error?.kind == .cannotCreate)
    }

    @Test("the folder above a path")
    func parent() {
        #expect(Folder.parent(of: "a") == ".")
        #expect(Folder.parent(of: "a/b") == "a")
        #expect(Folder.parent(of: "a/b/") == "a")
        #expect(Folder.parent(of: "/a") == "/")
        #expect(Folder.parent(of: "/") == "/")
    }

    @Test("a folder has one writer at a time")
    func lock() throws {
        let folder = try TemporaryFolder()
        var first: FolderLock? = try FolderLock(folder.url.path)
        let error = #expect(throws: FileError.self) { try FolderLock(folder.url.path) }
        #expect(error?.reason == "another chimera-gate is writing into it")
        withExtendedLifetime(first) {}
        first = nil
        #expect(throws: Never.self) { try FolderLock(folder.url.path) }
    }

    @Test("names that become paths have no way out")
    func safeNames() {
        for good in ["ci-small", "a", "0.5b_x", "gpu.l4"] { #expect(SafeName.isValid(good)) }
        for bad in [
            "", ".", "..", ".hidden", "-x", "a/b", "../a", "A", "ä", "a b", "a\u{0}",
            String(repeating: "a", count: 101),
        ] { #expect(!SafeName.isValid(bad)) }
    }
}
