import Foundation
import GateCore
import Glibc
import TestSupport
import Testing

@testable import GateCorpus

@Suite("hostile folders and files", .timeLimit(.minutes(20))) struct HostileFolderTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("tokens_s\n1.5\n", to: "reports/good.csv")
    }

    func path(_ path: String) -> String { folder.url.appending(path: path).path }
    func read() throws -> Corpus { try Ingest.read(folder.url.path) }
    func reason(_ path: String) throws -> String? { try read().unreadable.first { $0.path == path }?.reason }

    @Test("no symbolic link is followed, neither out of the root nor into it") func links() throws {
        try folder.write("secret", to: ".outside/secret.md")
        let files = FileManager.default
        try files.createSymbolicLink(atPath: path("reports/out.md"), withDestinationPath: path(".outside/secret.md"))
        try files.createSymbolicLink(atPath: path("reports/in.csv"), withDestinationPath: "good.csv")
        try files.createSymbolicLink(atPath: path("reports/folder"), withDestinationPath: path(".outside"))
        try files.createSymbolicLink(atPath: path("reports/loop"), withDestinationPath: ".")
        try files.createSymbolicLink(atPath: path("reports/self.md"), withDestinationPath: "self.md")
        try files.createSymbolicLink(atPath: path("csv_data"), withDestinationPath: path(".outside"))
        let corpus = try read()
        #expect(corpus.files.map(\.path) == ["reports/good.csv"])
        #expect(corpus.unreadable.map(\.path) == ["reports/in.csv", "reports/out.md", "reports/self.md", "csv_data"])
        #expect(corpus.unreadable.first?.reason == "a symbolic link, which is not followed")
        #expect(
            corpus.warnings.map(\.message) == [
                "symbolic links to folders are not followed: reports/folder and 1 more"
            ])
    }

    @Test("the corpus folder itself may be a link") func linkedCorpus() throws {
        try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: folder.url.path)
        #expect(try Ingest.read(path("link")).files.count == 1)
    }

    @Test("FIFOs and folders with a file's name do not stop it") func special() throws {
        #expect(mkfifo(path("reports/pipe.csv"), 0o600) == 0)
        try folder.write("x", to: "reports/folder.md/inner.md")
        #expect(try reason("reports/pipe.csv") == "not a regular file")
        #expect(try read().files.map(\.path) == ["reports/folder.md/inner.md", "reports/good.csv"])
    }

    @Test("a file that becomes a FIFO after it was listed does not stop it") func swapped() throws {
        #expect(mkfifo(path("reports/late.csv"), 0o600) == 0)
        let corpus = open(folder.url.path, O_RDONLY | O_DIRECTORY)
        defer { close(corpus) }
        let reader = FileReader(corpus: corpus, maximumBytes: 1000)
        #expect(throws: FileRefusal.self) { _ = try reader.read(Array("reports/late.csv".utf8)) }
    }

    @Test("what may not be read is listed", .enabled(if: geteuid() != 0, "root may read everything"))
    func permissions() throws {
        try folder.write("x", to: "reports/no.md")
        try folder.write("x", to: "reports/closed/x.md")
        #expect(chmod(path("reports/no.md"), 0) == 0)
        #expect(chmod(path("reports/closed"), 0) == 0)
        defer { chmod(path("reports/closed"), 0o700) }
        #expect(try reason("reports/no.md") == "it cannot be opened (Permission denied)")
        #expect(try reason("reports/closed") == "the folder cannot be opened (Permission denied)")
    }

    @Test("names that are no text are listed and harm nothing") func names() throws {
        let name = Array(path("reports/bad-").utf8) + [0xFF, 0x0A] + Array(".csv".utf8) + [0]
        let descriptor = name.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { creat($0.baseAddress!, 0o600) }
        }
        try #require(descriptor >= 0)
        close(descriptor)
        try folder.write("x", to: "reports/two\nlines.md")
        #expect(try read().unreadable.map(\.reason) == Array(repeating: "its name is not printable UTF-8", count: 2))
    }

    @Test("folders of tools are passed over, but for those with results") func dotFolders() throws {
        try folder.write("x", to: "reports/.git/a.md")
        try folder.write("x", to: "reports/.hidden.md")
        try folder.write("{}", to: "reports/.benchmarks/Linux-CPython-3.12-64bit/0001_base.json")
        #expect(
            try read().files.map(\.path) == [
                "reports/.benchmarks/Linux-CPython-3.12-64bit/0001_base.json", "reports/.hidden.md", "reports/good.csv",
            ])
    }

    @Test("folders nested without end are listed at the limit") func deep() throws {
        let names = Array(repeating: "d", count: 120).joined(separator: "/")
        try folder.write("x", to: "reports/\(names)/x.md")
        let corpus = try read()
        #expect(corpus.files.count == 1)
        #expect(corpus.unreadable.map(\.reason) == ["folders nested more than 100 deep are not read"])
    }

    @Test("binary, NUL, invalid UTF-8, deep JSON and endless lines end in a reason or a fact") func contents() throws {
        let random = Data((0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
        for name in ["x.csv", "x.json", "x.md"] {
            try random.write(to: URL(filePath: path("reports/binary-\(name)")))
        }
        try Data(Array("a,tokens\n1,2\n\"\u{e9}".utf8) + [0xC3] + Array("\",3\n".utf8))
            .write(to: URL(filePath: path("reports/latin.csv")))
        try folder.write("a,tokens\n\0,2\n", to: "reports/null.csv")
        try folder.write("{\"a\0\": 1}", to: "reports/null.json")
        try folder.write(String(repeating: "[", count: 100_000), to: "reports/deep.json")
        try folder.write(String(repeating: "x", count: 10_000_000), to: "reports/line.csv")
        try folder.write(String(repeating: "|", count: 1_000_000) + "\n|-|\n", to: "reports/line.md")
        let corpus = try read()
        #expect(
            corpus.files.map(\.path) == [
                "reports/good.csv", "reports/line.csv", "reports/line.md", "reports/null.csv",
            ])
        #expect(
            Dictionary(uniqueKeysWithValues: corpus.unreadable.map { ($0.path, $0.reason) }) == [
                "reports/binary-x.csv": "line 1: not valid UTF-8; convert the file to UTF-8",
                "reports/binary-x.json": "line 1: not valid UTF-8; convert the file to UTF-8",
                "reports/binary-x.md": "line 1: not valid UTF-8; convert the file to UTF-8",
                "reports/deep.json": "line 1, column 257: more than 256 objects and arrays inside each other",
                "reports/latin.csv": "line 3: not valid UTF-8; convert the file to UTF-8",
                "reports/null.json": "line 1, column 4: a control character in a string must be escaped",
            ])
        #expect(corpus.warnings.count == 1)
        #expect(corpus.facts.map(\.metric) == ["tokens_s", "tokens"])
    }

    @Test("UTF-16 with a byte order mark is read, its damage said") func utf16() throws {
        let text = "model,tokens_s\ngemma,1.5\n"
        for (name, encoding, mark) in [
            ("little", String.Encoding.utf16LittleEndian, [0xFF, 0xFE] as [UInt8]),
            ("big", .utf16BigEndian, [0xFE, 0xFF]),
        ] {
            let data = try #require(text.data(using: encoding))
            try (Data(mark) + data).write(to: URL(filePath: path("reports/\(name).csv")))
            try (Data(mark) + data + Data([0x20])).write(to: URL(filePath: path("reports/odd-\(name).csv")))
        }
        let corpus = try read()
        #expect(corpus.facts.filter { $0.owner == ["gemma"] && $0.number == 1.5 }.count == 4)
        #expect(corpus.warnings.count == 2)
        #expect(corpus.warnings.allSatisfy { $0.message.contains("odd-") && $0.message.contains("damaged UTF-16") })
    }

    @Test("the result does not depend on how the work is shared") func sharing() throws {
        for index in 0..<300 {
            try folder.write("m,tokens_s\na\(index),\(index)\n", to: "reports/\(index % 7)/\(index).csv")
            if index % 50 == 0 { try folder.write("{", to: "reports/\(index).json") }
        }
        let corpus = open(folder.url.path, O_RDONLY | O_DIRECTORY)
        defer { close(corpus) }
        let listed = try #require(FolderWalk.list(CorpusRoot.defaults[0], in: corpus)).files
        func reading(_ size: Int, facts: Int = 1000) -> ParallelReading {
            ParallelReading.read(
                listed, corpus: corpus, maximumBytes: 1000, maximumFacts: facts, filesPerShare: size)
        }
        let first = reading(1)
        #expect(first.files.count == 301 && first.unreadable.count == 6)
        for size in [2, 7, 64, 1000] {
            let other = reading(size)
            #expect(other.files == first.files)
            #expect(other.unreadable == first.unreadable)
            #expect(other.findings.facts == first.findings.facts)
            #expect(other.findings.harvested == first.findings.harvested)
            let capped = reading(size, facts: 10)
            #expect(Array(capped.findings.facts) == Array(first.findings.facts.prefix(10)))
            #expect(capped.findings.droppedFacts == 291)
        }
    }
}
